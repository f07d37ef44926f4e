// SPDX-License-Identifier: GPL-2.0-or-later
/* Every branch of the code against the recorded calls. */
#include <string.h>

#include "text/calls.h"
#include "text/names.h"
#include "validate/code.h"

#define REASON_KEY(id, key, text)  [id] = (key),
#define REASON_TEXT(id, key, text) [id] = (text),

const char *branch_reason_key(enum branch_reason reason)
{
	static const char *const keys[] = {BRANCH_REASONS(REASON_KEY)};

	return keys[reason];
}

const char *branch_reason_text(enum branch_reason reason)
{
	static const char *const texts[] = {BRANCH_REASONS(REASON_TEXT)};

	return texts[reason];
}

/* What compilers call of their own accord. */
static bool is_inserted(const char *name)
{
	static const char *const names[] = {
		"__stack_chk_fail*", "__stackleak_*", "stackleak_*",   "__asan_*",  "__hwasan_*",    "__kasan_*",
		"__ubsan_*",	     "__tsan_*",      "__msan_*",      "__kcsan_*", "__sanitizer_*", "__aeabi_*",
		"__gnu_*",	     "_savegpr*",     "_restgpr*",     "_savefpr*", "_restfpr*",     "_savevr*",
		"_restvr*",	     "__ashldi3",     "__ashrdi3",     "__lshrdi3", "__muldi3",	     "__udivdi3",
		"__divdi3",	     "__umoddi3",     "__moddi3",      "__divsi3",  "__udivsi3",     "__modsi3",
		"__umodsi3",	     "__bswapsi2",    "__bswapdi2",    "__clzsi2",  "__clzdi2",	     "__ctzsi2",
		"__ctzdi2",	     "__popcountsi2", "__popcountdi2", "__ucmpdi2", "__cmpdi2",	     "__ashlti3",
		"__ashrti3",	     "__lshrti3",     "__multi3",
	};

	return name_is_one_of(name, names, ARRAY_LEN(names));
}

/* Whether a compiler made the code of `symbol`. */
static bool is_compiled(const struct code_check *check, const struct code_symbol *symbol)
{
	const uint32_t *at;
	size_t count = end_map_at(&check->ends, symbol->address, &at);

	if (!count && symbol->local != symbol->address)
		count = end_map_at(&check->ends, symbol->local, &at);
	for (size_t i = 0; i < count; i++)
		if (!(check->calls->ends[at[i]].flags & (INSTANCE_ASM | INSTANCE_NO_DIE)))
			return true;
	/* Clones and cold parts have no instance of their own, but a compiler's suffix. */
	return strchr(symbol->name, '.') != NULL && symbol->function;
}

/* Compiled code without a symbol, of a weak definition that lost to a strong one; NULL if it is none. */
static const struct call_end *nameless(const struct code_check *check, uint64_t address)
{
	const struct call_end *end = end_map_before(&check->ends, address);
	const struct code_symbol *first;

	if (!end || end->flags & INSTANCE_ASM || text_symbols_at(&check->text, end->address & check->text.mask, &first))
		return NULL;
	return end;
}

static enum branch_reason reason_of(const struct code_check *check, const struct text_call *call)
{
	static const enum branch_reason reasons[] = {
		[CALL_PART] = REASON_PART,
		[CALL_TRACE] = REASON_TRACE,
		[CALL_THUNK] = REASON_THUNK,
		[CALL_STUB] = REASON_STUB,
		[CALL_ALTERNATIVE] = REASON_ALTERNATIVE,
		[CALL_NAMELESS] = REASON_NAMELESS,
	};
	const struct code_symbol *to;

	if (call->sort != CALL_PLAIN)
		return reasons[call->sort];
	if (!text_call_function(&check->text, call, &to) || (to && !to->function))
		return REASON_LABEL;
	if (!is_compiled(check, call->from))
		return REASON_ASSEMBLER;
	if (is_inserted(text_call_name(call)))
		return REASON_INSERTED;
	if (call->to && !is_compiled(check, call->to))
		return REASON_INLINE_ASM;
	return check->speaks[call->from - check->text.symbols.items] ? REASON_UNRECORDED : REASON_SILENT;
}

static void check_branch(struct code_check *check, const struct text_branch *branch)
{
	struct code_report *report = check->report;
	struct text_call call;

	if (!text_call_of(&check->text, branch, &call))
		return;
	report->entries++;
	if (check->recorded[branch - check->text.branches.items]) {
		report->with_edge++;
		return;
	}
	enum branch_reason reason = reason_of(check, &call);
	const struct call_end *owner = call.from ? NULL : nameless(check, branch->address);
	const char *name = call.from ? call.from->name : owner ? owner->name : NULL;

	report->without[reason]++;
	vec_add(&report->branch_findings,
		((struct branch_finding){
			.address = branch->address,
			.target = branch->branch.target & check->text.mask,
			.from = name ? arena_strdup(&report->arena, name) : NULL,
			.to = arena_strdup(&report->arena, text_call_name(&call)),
			.section = arena_strdup(&report->arena, check->text.image->sections[branch->section].name),
			.kind = branch->branch.kind,
			.reason = reason,
		}));
}

static int by_reason(const void *a, const void *b)
{
	const struct branch_finding *x = a, *y = b;

	if (x->reason != y->reason)
		return x->reason < y->reason ? -1 : 1;
	return (x->address > y->address) - (x->address < y->address);
}

void check_branches(struct code_check *check)
{
	struct code_report *report = check->report;

	for (size_t i = 0; i < check->text.branches.count; i++)
		check_branch(check, &check->text.branches.items[i]);
	if (report->branch_findings.count)
		qsort(report->branch_findings.items, report->branch_findings.count,
		      sizeof(*report->branch_findings.items), by_reason);
}
