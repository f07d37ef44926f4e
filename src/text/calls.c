// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/calls.h"

#include "atlas/str.h"
#include "text/names.h"

/* Jumps inside of a function, to its own entry too, are loops; calls to itself are calls. */
static bool leaves(const struct text_branch *branch, const struct code_symbol *from, uint64_t target)
{
	if (branch->branch.kind == BRANCH_CALL || branch->import || !from)
		return true;
	return target < from->address || target >= from->end;
}

const char *text_call_name(const struct text_call *call)
{
	return call->to ? call->to->name : call->branch->import;
}

static enum call_sort sort_of(const struct text *text, const struct text_call *call)
{
	const struct code_symbol *from = call->from;
	const char *to = text_call_name(call);

	if (from && symbols_are_parts(from->name, to))
		return CALL_PART;
	if (symbol_is_tracer(to))
		return CALL_TRACE;
	if (symbol_is_thunk(to) || (from && symbol_is_thunk(from->name)))
		return CALL_THUNK;
	if (from && symbol_is_stub(from->name))
		return CALL_STUB;
	if (str_starts(text->image->sections[call->branch->section].name, ".altinstr"))
		return CALL_ALTERNATIVE;
	return from ? CALL_PLAIN : CALL_NAMELESS;
}

bool text_call_of(const struct text *text, const struct text_branch *branch, struct text_call *call)
{
	uint64_t target = branch->branch.target & text->mask;

	if (!branch_is_direct(&branch->branch))
		return false;
	*call = (struct text_call){.branch = branch, .to = branch->import ? NULL : text_entry(text, target)};
	if (!call->to && !branch->import)
		return false;
	call->from = text_symbol_around(text, branch->address);
	if (!leaves(branch, call->from, target))
		return false;
	call->sort = sort_of(text, call);
	return true;
}

bool text_pass_on(const struct text *text, uint64_t *target)
{
	const struct code_symbol *symbol = text_entry(text, *target);
	const struct text_branch *next = text_branch_from(text, *target);

	if ((symbol && !symbol_is_stub(symbol->name)) || !next || next->branch.kind != BRANCH_JUMP || next->import)
		return false;
	*target = next->branch.target & text->mask;
	return true;
}

/* The trampoline of a static call is what its callers call; where it leads changes while the kernel runs. */
static bool is_passage(const struct code_symbol *symbol)
{
	return symbol_is_stub(symbol->name) && !str_starts(symbol->name, "__SCT__");
}

bool text_call_function(const struct text *text, const struct text_call *call, const struct code_symbol **to)
{
	uint64_t target = call->branch->branch.target & text->mask;

	*to = call->to;
	for (unsigned hops = 0; *to && is_passage(*to) && hops < MAX_STUBS; hops++)
		*to = text_pass_on(text, &target) ? text_entry(text, target) : NULL;
	if (!*to)
		return call->branch->import != NULL;
	return !is_passage(*to);
}
