// SPDX-License-Identifier: GPL-2.0-or-later
/* Every branch of the code against the recorded calls. */
#include <string.h>

#include "atlas/str.h"
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

static bool is_one_of(const char *name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t length = strlen(names[i]);

		/* A name that ends in '*' is a prefix. */
		if (names[i][length - 1] == '*' ? strncmp(name, names[i], length - 1) == 0
						: strcmp(name, names[i]) == 0)
			return true;
	}
	return false;
}

static bool is_tracer(const char *name)
{
	static const char *const names[] = {"__fentry__", "mcount", "_mcount", "__gnu_mcount_nc", "ftrace_caller"};

	return is_one_of(name, names, ARRAY_LEN(names));
}

static bool is_thunk(const char *name)
{
	static const char *const names[] = {
		"__x86_indirect_*", "__x86_return_thunk", "__s390_indirect_jump_*", "retbleed_*", "srso_*", "its_*",
	};

	return is_one_of(name, names, ARRAY_LEN(names));
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

	return is_one_of(name, names, ARRAY_LEN(names));
}

/* Whether a compiler made the code of `symbol`. */
static bool is_compiled(const struct code_check *check, const struct code_symbol *symbol)
{
	const uint32_t *at;
	size_t count = end_map_at(&check->ends, symbol->address, &at);

	if (!count && symbol->local != symbol->address)
		count = end_map_at(&check->ends, symbol->local, &at);
	for (size_t i = 0; i < count; i++)
		if (!(check->calls->ends[at[i]].flags & INSTANCE_ASM))
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

static bool is_own_part(const char *from, const char *to)
{
	const char *dot = strchr(from, '.') ? strchr(from, '.') : strchr(to, '.');
	size_t stem = strcspn(from, ".");

	return dot && strcspn(to, ".") == stem && strncmp(from, to, stem) == 0 &&
	       (strstr(from, ".cold") || strstr(to, ".cold"));
}

static enum branch_reason reason_of(const struct code_check *check, const struct text_branch *branch,
				    const struct code_symbol *from, const struct code_symbol *to)
{
	if (from && is_own_part(from->name, to->name))
		return REASON_PART;
	if (is_tracer(to->name))
		return REASON_TRACE;
	if (is_thunk(to->name) || (from && is_thunk(from->name)))
		return REASON_THUNK;
	if (from && symbol_is_stub(from->name))
		return REASON_STUB;
	if (str_starts(check->text.image->sections[branch->section].name, ".altinstr"))
		return REASON_ALTERNATIVE;
	if (!from)
		return REASON_NAMELESS;
	if (!is_compiled(check, from))
		return REASON_ASSEMBLER;
	if (is_inserted(to->name))
		return REASON_INSERTED;
	if (!is_compiled(check, to))
		return REASON_INLINE_ASM;
	return check->speaks[from - check->text.symbols.items] ? REASON_UNRECORDED : REASON_SILENT;
}

/* Jumps inside of a function, to its own entry too, are loops; calls to itself are calls. */
static bool leaves(const struct text_branch *branch, const struct code_symbol *from, uint64_t target)
{
	if (branch->branch.kind == BRANCH_CALL || !from)
		return true;
	return target < from->address || target >= from->end;
}

static void check_branch(struct code_check *check, const struct text_branch *branch)
{
	struct code_report *report = check->report;
	uint64_t target = branch->branch.target & check->text.mask;
	const struct code_symbol *from, *to = text_entry(&check->text, target);

	if (!to)
		return;
	from = text_symbol_around(&check->text, branch->address);
	if (!leaves(branch, from, target))
		return;
	report->entries++;
	if (check->recorded[branch - check->text.branches.items]) {
		report->with_edge++;
		return;
	}
	enum branch_reason reason = reason_of(check, branch, from, to);
	const struct call_end *owner = from ? NULL : nameless(check, branch->address);
	const char *name = from ? from->name : owner ? owner->name : NULL;

	report->without[reason]++;
	vec_add(&report->branch_findings,
		((struct branch_finding){
			.address = branch->address,
			.target = target,
			.from = name ? arena_strdup(&report->arena, name) : NULL,
			.to = arena_strdup(&report->arena, to->name),
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
		if (branch_is_direct(&check->text.branches.items[i].branch))
			check_branch(check, &check->text.branches.items[i]);
	if (report->branch_findings.count)
		qsort(report->branch_findings.items, report->branch_findings.count,
		      sizeof(*report->branch_findings.items), by_reason);
}
