// SPDX-License-Identifier: GPL-2.0-or-later
/* Where probes attach: by the function's own name, from the verdicts of its symbols. */
#include <string.h>

#include "atlas/attach.h"
#include "diff/internal.h"

#define NO_SYMBOL "no function symbol"
#define NOTHING	  "no symbol has its name"

struct probe {
	enum attach_kind attach;
	const char *kind;
	enum diff_rule lost, gained;
};

static const struct probe probes[] = {
	{ATTACH_KPROBE, "kprobe", RULE_KPROBE_LOST, RULE_KPROBE_GAINED},
	{ATTACH_FENTRY, "fentry", RULE_FENTRY_LOST, RULE_FENTRY_GAINED},
	{ATTACH_KPROBE_MULTI, "kprobe.multi", RULE_KPROBE_MULTI_LOST, RULE_KPROBE_MULTI_GAINED},
};

/* What one side says of a function and a kind of probe. */
struct attachable {
	enum verdict verdict;
	enum attach_reason reason; /* of a no or an unknown */
	const char *other;	   /* a reason the model does not have; NULL: `reason` */
};

static const char *verdict_word(const struct symbol_attach *attach, size_t probe)
{
	return probe == 0 ? attach->kprobe : probe == 1 ? attach->fentry : attach->kprobe_multi;
}

static enum verdict parse_verdict(const char *word)
{
	return str_eq(word, "yes") ? VERDICT_YES : str_eq(word, "no") ? VERDICT_NO : VERDICT_UNKNOWN;
}

static struct attachable of_symbol(const struct symbol *symbol, size_t probe)
{
	if (!symbol->attach)
		return (struct attachable){VERDICT_UNKNOWN, REASON_NOT_READ, NULL};
	return (struct attachable){parse_verdict(verdict_word(symbol->attach, probe)),
				   attach_line_reason(symbol->attach->line, probes[probe].attach), NULL};
}

/* A label of assembler may be no function symbol; of what is only declared nothing is known. */
static bool is_c(const struct function *function)
{
	for (uint32_t i = 0; i < function->instance_count; i++)
		if (function->instances[i].flags & INSTANCE_ASM || !(function->instances[i].flags & INSTANCE_DEFINED))
			return false;
	return function->instance_count > 0;
}

static struct attachable without_symbol(const struct function *function)
{
	if (function->class.inlining == INLINE_FULL)
		return (struct attachable){VERDICT_NO, REASON_NONE, "inlined everywhere: no code of its own"};
	if (function->class.inlining == INLINE_NO_SYMBOL && is_c(function))
		return (struct attachable){VERDICT_NO, REASON_NONE, NOTHING};
	return (struct attachable){VERDICT_UNKNOWN, REASON_NONE, NO_SYMBOL};
}

/*
 * A name is what a probe is put on: a symbol with a suffix is not it.  Of several symbols of the name one
 * is enough; where some are unknown and none is known to do, so is the whole.
 */
static struct attachable attachable(struct arena *arena, const struct function *function, size_t probe)
{
	const struct symbol *other = NULL;
	struct attachable all = {.verdict = VERDICT_NO};
	size_t count = 0;

	for (uint32_t i = 0; i < function->symbol_count; i++) {
		const struct symbol *symbol = &function->symbols[i];

		if (!symbol_counts(function, symbol))
			continue;
		other = symbol;
		if (strcmp(symbol->name, function->name) != 0)
			continue;
		struct attachable one = of_symbol(symbol, probe);

		if (one.verdict == VERDICT_YES)
			return one;
		if (count++ == 0 || (one.verdict == VERDICT_UNKNOWN && all.verdict == VERDICT_NO))
			all = one;
	}
	if (count)
		return all;
	if (!other)
		return without_symbol(function);
	if (!other->attach)
		return of_symbol(other, probe);
	return (struct attachable){VERDICT_NO, REASON_NONE,
				   arena_printf(arena, "its code stands under %s only", other->name)};
}

static const char *reason_text(const struct attachable *side)
{
	return side->other ? side->other : attach_reason_text(side->reason);
}

static void tell_verdicts(struct diff *diff, const struct function_pair *pair, size_t probe,
			  const struct attachable *old, const struct attachable *new)
{
	bool lost = new->verdict == VERDICT_NO;
	enum diff_rule rule = lost ? probes[probe].lost : probes[probe].gained;
	const struct attachable *refused = lost ? new : old;
	const char *reason = reason_text(refused);

	/* What holds for every function is told once, of the kernel. */
	if (!refused->other && attach_reason_is_kernels(refused->reason))
		return;
	if (*reason)
		reason = arena_printf(diff->arena, lost ? "%s" : "it was not: %s", reason);
	else
		reason = NULL;
	tell(diff, rule, probes[probe].kind, pair->old->name, change_message(diff, rule, NULL, reason));
}

static void tell_gap(struct diff *diff, const struct function_pair *pair, size_t probe, const struct diff_side *side,
		     const struct attachable *gap)
{
	const char *reason = reason_text(gap);

	tell_unknown(diff, probes[probe].kind, pair->old->name,
		     arena_printf(diff->arena, "%s in %s", *reason ? reason : "unknown", side->image->name),
		     gap->other || gap->reason != REASON_NOT_READ);
}

void compare_attach(struct diff *diff, const struct function_pair *pair)
{
	for (size_t i = 0; i < ARRAY_LEN(probes); i++) {
		if (!diff->wanted[probes[i].lost] && !diff->wanted[probes[i].gained])
			continue;
		struct attachable old = attachable(diff->arena, pair->old, i);
		struct attachable new = attachable(diff->arena, pair->new, i);

		if (str_eq(old.other, NO_SYMBOL) && str_eq(new.other, NO_SYMBOL))
			continue; /* no code either before or after */
		if (old.verdict == VERDICT_UNKNOWN)
			tell_gap(diff, pair, i, &diff->old, &old);
		else if (new.verdict == VERDICT_UNKNOWN)
			tell_gap(diff, pair, i, &diff->new, &new);
		else if (old.verdict != new.verdict)
			tell_verdicts(diff, pair, i, &old, &new);
	}
}

/* The first reason of the kernel's why this side refuses all probes of a kind; NULL: it does not. */
static const char *kernel_reason(const struct diff_side *side, size_t probe)
{
	for (size_t i = 0; i < side->function_count; i++) {
		const struct function *function = &side->functions[i];

		for (uint32_t j = 0; j < function->symbol_count; j++) {
			const struct symbol_attach *attach = function->symbols[j].attach;

			if (!attach || parse_verdict(verdict_word(attach, probe)) != VERDICT_NO)
				continue;
			enum attach_reason reason = attach_line_reason(attach->line, probes[probe].attach);

			if (attach_reason_is_kernels(reason))
				return attach_reason_text(reason);
		}
	}
	return NULL;
}

static bool any_yes(const struct diff_side *side, size_t probe)
{
	for (size_t i = 0; i < side->function_count; i++)
		for (uint32_t j = 0; j < side->functions[i].symbol_count; j++) {
			const struct symbol_attach *attach = side->functions[i].symbols[j].attach;

			if (attach && parse_verdict(verdict_word(attach, probe)) == VERDICT_YES)
				return true;
		}
	return false;
}

void compare_kernels(struct diff *diff)
{
	for (size_t i = 0; i < ARRAY_LEN(probes); i++) {
		const char *old = kernel_reason(&diff->old, i), *new = kernel_reason(&diff->new, i);

		if (!old && new &&any_yes(&diff->old, i))
			tell(diff, probes[i].lost, "kernel", probes[i].kind,
			     arena_printf(diff->arena, "no function can be probed so any more: %s", new));
		else if (old && !new &&any_yes(&diff->new, i))
			tell(diff, probes[i].gained, "kernel", probes[i].kind,
			     arena_printf(diff->arena, "functions can be probed so; it was not: %s", old));
	}
}
