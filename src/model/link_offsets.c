// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/link_offsets.h"

#include "atlas/search.h"

/* The unit whose subprograms include `offset`, by binary search: units stand in the order of their offsets. */
static uint32_t find_unit(const struct link *link, uint64_t offset)
{
	uint32_t low = 0, high = link->raw->unit_count, found = NO_INDEX;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2, at = middle;

		while (at < high && link->raw->units[at].subs.count == 0)
			at++;
		if (at < high && link->raw->units[at].subs.items[0].offset <= offset) {
			found = at;
			low = at + 1;
		} else {
			high = middle;
		}
	}
	return found;
}

static uint32_t find_in_unit(const struct raw_unit *unit, uint64_t offset)
{
	size_t low = lower_bound(at, unit->subs.count, unit->subs.items[at].offset < offset);

	return low < unit->subs.count && unit->subs.items[low].offset == offset ? (uint32_t)low : NO_INDEX;
}

struct sub_ref link_find_sub(const struct link *link, uint32_t unit, uint64_t offset)
{
	struct sub_ref ref = {unit, find_in_unit(&link->raw->units[unit], offset)};

	if (ref.sub == NO_INDEX) {
		ref.unit = find_unit(link, offset);
		if (ref.unit != NO_INDEX)
			ref.sub = find_in_unit(&link->raw->units[ref.unit], offset);
	}
	if (ref.sub == NO_INDEX)
		ref.unit = NO_INDEX;
	return ref;
}

const struct raw_sub *link_raw_sub(const struct link *link, struct sub_ref ref)
{
	return &link->raw->units[ref.unit].subs.items[ref.sub];
}
