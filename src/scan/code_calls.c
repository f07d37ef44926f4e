// SPDX-License-Identifier: GPL-2.0-or-later
#include "scan/code_calls.h"

#include "atlas/code.h"
#include "text/calls.h"

/* The branch of a call site, which from now on has the address behind it, whatever its compiler wrote down. */
static const struct text_branch *branch_of(const struct text *text, struct raw_site *site)
{
	const struct text_branch *branch;

	if (site->kind == EDGE_INLINED || !site->address)
		return NULL;
	if (!site->at_branch)
		return text_branch_of(text, site->address);
	branch = text_branch_from(text, site->address & text->mask);
	if (branch) {
		site->address += branch->branch.length;
		site->at_branch = false;
	}
	return branch;
}

/* Per branch of the text: some call site means it. */
static bool *find_recorded(const struct text *text, struct raw_image *raw)
{
	bool *recorded = xcalloc(text->branches.count + 1, sizeof(*recorded));

	for (uint32_t unit = 0; unit < raw->unit_count; unit++)
		for (size_t i = 0; i < raw->units[unit].sites.count; i++) {
			const struct text_branch *branch = branch_of(text, &raw->units[unit].sites.items[i]);

			if (branch)
				recorded[branch - text->branches.items] = true;
		}
	return recorded;
}

static struct raw_call_end end_of(const struct code_symbol *symbol)
{
	return (struct raw_call_end){symbol->address, symbol->function ? NULL : symbol->name, symbol->global, false};
}

static void add_calls(const struct text *text, const bool *recorded, struct raw_image *raw)
{
	VEC(struct raw_call) calls = {0};
	const struct code_symbol *to;
	struct text_call call;

	for (size_t i = 0; i < text->branches.count; i++) {
		const struct text_branch *branch = &text->branches.items[i];

		if (recorded[i] || !text_call_of(text, branch, &call) || call.sort != CALL_PLAIN ||
		    !text_call_function(text, &call, &to))
			continue;
		vec_add(&calls, ((struct raw_call){
					.address = branch->address + branch->branch.length,
					.from = end_of(call.from),
					.to = to ? end_of(to) : (struct raw_call_end){0, branch->import, true, true},
				}));
	}
	raw->calls = calls.items;
	raw->call_count = calls.count;
}

void code_calls_find(const struct text *text, struct raw_image *raw)
{
	bool *recorded = find_recorded(text, raw);

	add_calls(text, recorded, raw);
	free(recorded);
}
