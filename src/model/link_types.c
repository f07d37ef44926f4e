// SPDX-License-Identifier: GPL-2.0-or-later
/* The definitions of all units, each once; of names with several, who means which. */
#include <string.h>

#include "atlas/type_pool.h"
#include "model/link_stages.h"
#include "model/link_state.h"

struct found_type {
	const struct type *type;
	uint32_t number; /* in the pool */
	uint32_t unit;	 /* the first that has it */
	uint32_t decl_line;
	const char *decl_file;
	uint32_t group;		  /* NO_INDEX: the only definition of its name */
	bool vague;		  /* declared only, or says less than another one of its name */
	bool dropped;		  /* vague, and another tells */
	uint32_t first_use, uses; /* of those of the groups */
};

/* A unit that has a definition of a name with several. */
struct type_use {
	uint32_t group, unit, found;
};

struct type_link {
	struct link *link;
	VEC(struct found_type) found;
	VEC(struct type_use) uses;
	VEC(uint32_t) unclear; /* found_type that only says "declared", per group; NO_INDEX: none yet */
	uint32_t *by_number;   /* index into `found`, per number of the pool */
};

static void meet(struct type_link *of, const struct raw_type_place *place)
{
	uint32_t unit = (uint32_t)(place->unit - of->link->raw->units);
	uint32_t *at = &of->by_number[place->type];

	if (*at == NO_INDEX) {
		*at = (uint32_t)of->found.count;
		*vec_push(&of->found) = (struct found_type){.number = place->type, .unit = NO_INDEX, .group = NO_INDEX};
	}
	struct found_type *found = &of->found.items[*at];

	found->type = type_pool_get(place->type);
	found->vague = found->type->declared;
	if (unit >= found->unit)
		return;
	found->unit = unit;
	found->decl_file = place->decl_file;
	found->decl_line = place->decl_line;
}

static int by_name(const void *a, const void *b)
{
	const struct found_type *x = a, *y = b;
	int order = strcmp(x->type->name, y->type->name);

	if (order == 0)
		order = (int)x->type->kind - (int)y->type->kind;
	if (order == 0)
		order = x->vague - y->vague;
	if (order == 0)
		order = (x->unit > y->unit) - (x->unit < y->unit);
	return order ? order : (x->type->hash > y->type->hash) - (x->type->hash < y->type->hash);
}

static bool same_name(const struct found_type *a, const struct found_type *b)
{
	return a->type->kind == b->type->kind && strcmp(a->type->name, b->type->name) == 0;
}

/* Typedefs of what their unit only declares join those that say less. */
static void find_vague(struct type_link *of, size_t first, size_t end)
{
	struct found_type *found = of->found.items;
	bool any = false;

	if (found[first].type->kind != TYPE_TYPEDEF)
		return;
	for (size_t i = first; i < end; i++)
		for (size_t k = first; k < end && !found[i].vague; k++)
			any |= found[i].vague = type_is_vaguer(found[i].type, found[k].type);
	if (any)
		qsort(&found[first], end - first, sizeof(*found), by_name);
}

/* Definitions stand in front of what is vague. */
static void mark_group(struct type_link *of, size_t first, size_t end)
{
	size_t defined = first;
	uint32_t group = NO_INDEX, unclear = NO_INDEX;

	while (defined < end && !of->found.items[defined].vague)
		defined++;
	for (size_t i = defined; i < end; i++) {
		of->found.items[i].dropped = defined > first || i > defined;
		if (of->found.items[i].type->declared)
			unclear = (uint32_t)i;
	}
	if (defined - first < 2)
		return;
	group = (uint32_t)of->unclear.count;
	vec_add(&of->unclear, unclear);
	for (size_t i = first; i < end; i++)
		of->found.items[i].group = group;
}

static void mark_groups(struct type_link *of)
{
	for (size_t first = 0, end; first < of->found.count; first = end) {
		for (end = first + 1; end < of->found.count; end++)
			if (!same_name(&of->found.items[first], &of->found.items[end]))
				break;
		find_vague(of, first, end);
		mark_group(of, first, end);
	}
	for (size_t i = 0; i < of->found.count; i++)
		of->by_number[of->found.items[i].number] = (uint32_t)i;
}

static int by_group(const void *a, const void *b)
{
	const struct type_use *x = a, *y = b;

	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	if (x->unit != y->unit)
		return x->unit < y->unit ? -1 : 1;
	return (x->found > y->found) - (x->found < y->found);
}

static int by_found(const void *a, const void *b)
{
	const struct type_use *x = a, *y = b;

	if (x->found != y->found)
		return x->found < y->found ? -1 : 1;
	return (x->unit > y->unit) - (x->unit < y->unit);
}

/* Who only declares a name, or has it twice, means nobody knows which. */
static uint32_t unclear_of(struct type_link *of, uint32_t group, const struct type *like)
{
	struct type draft = {.kind = like->kind, .name = like->name, .declared = true};

	if (of->unclear.items[group] == NO_INDEX) {
		of->unclear.items[group] = (uint32_t)of->found.count;
		uint32_t number = type_pool_add(&draft);

		*vec_push(&of->found) = (struct found_type){
			.type = type_pool_get(number),
			.number = number,
			.unit = NO_INDEX,
			.group = group,
			.vague = true,
			.dropped = true,
		};
	}
	return of->unclear.items[group];
}

/* One use a unit is left: that of its only definition, or of the declaration. */
static void settle_units(struct type_link *of)
{
	size_t kept = 0;

	for (size_t first = 0, end; first < of->uses.count; first = end) {
		struct type_use use = of->uses.items[first];
		unsigned defined = 0;

		for (end = first; end < of->uses.count && of->uses.items[end].group == use.group &&
				  of->uses.items[end].unit == use.unit;
		     end++) {
			uint32_t found = of->uses.items[end].found;

			if (of->found.items[found].vague || (defined && found == use.found))
				continue;
			defined++;
			use.found = found;
		}
		if (defined != 1)
			use.found = unclear_of(of, use.group, of->found.items[use.found].type);
		of->uses.items[kept++] = use;
	}
	of->uses.count = kept;
}

static void gather_uses(struct type_link *of)
{
	const struct raw_image *raw = of->link->raw;

	for (uint32_t unit = 0; unit < raw->unit_count; unit++) {
		for (size_t i = 0; i < raw->units[unit].types.count; i++) {
			uint32_t found = of->by_number[raw->units[unit].types.items[i]];
			uint32_t group = of->found.items[found].group;

			if (group != NO_INDEX)
				*vec_push(&of->uses) = (struct type_use){group, unit, found};
		}
	}
	if (of->uses.count)
		qsort(of->uses.items, of->uses.count, sizeof(*of->uses.items), by_group);
	settle_units(of);
	if (of->uses.count)
		qsort(of->uses.items, of->uses.count, sizeof(*of->uses.items), by_found);
	for (size_t i = of->uses.count; i-- > 0;) {
		struct found_type *found = &of->found.items[of->uses.items[i].found];

		found->first_use = (uint32_t)i;
		found->uses++;
	}
}

/* The definition that most units mean is what all mean that are not listed. */
static void drop_longest(struct type_link *of)
{
	AUTO_FREE uint32_t *longest = xmalloc((of->unclear.count + 1) * sizeof(*longest));

	memset(longest, 0xff, (of->unclear.count + 1) * sizeof(*longest));
	for (uint32_t i = 0; i < of->found.count; i++) {
		const struct found_type *found = &of->found.items[i];

		if (found->group == NO_INDEX || found->vague)
			continue;
		uint32_t *best = &longest[found->group];

		if (*best == NO_INDEX || found->uses > of->found.items[*best].uses)
			*best = i;
	}
	for (size_t group = 0; group < of->unclear.count; group++)
		of->found.items[longest[group]].uses = 0;
}

static void add_fact(struct type_link *of, const struct found_type *found)
{
	struct facts *facts = of->link->facts;
	const struct raw_image *raw = of->link->raw;
	struct fact_type fact = {
		.type = found->number,
		.decl_file = intern(&facts->strings, found->decl_file),
		.decl_line = found->decl_file ? found->decl_line : 0,
		.first_unit = (uint32_t)facts->type_units.count,
	};

	for (uint32_t i = 0; i < found->uses; i++) {
		uint32_t unit = of->uses.items[found->first_use + i].unit;

		vec_add(&facts->type_units, intern(&facts->strings, raw->units[unit].path));
	}
	fact.units = found->uses;
	vec_add(&facts->types, fact);
}

void link_types(struct link *link)
{
	const struct raw_image *raw = link->raw;
	uint32_t numbers = type_pool_count();
	AUTO_FREE uint32_t *by_number = xmalloc((numbers + 1u) * sizeof(*by_number));
	struct type_link of = {.link = link, .by_number = by_number};

	memset(by_number, 0xff, (numbers + 1u) * sizeof(*by_number));
	for (uint32_t unit = 0; unit < raw->unit_count; unit++)
		for (size_t i = 0; i < raw->units[unit].type_places.count; i++)
			meet(&of, &raw->units[unit].type_places.items[i]);
	if (of.found.count)
		qsort(of.found.items, of.found.count, sizeof(*of.found.items), by_name);
	mark_groups(&of);
	if (of.unclear.count) {
		gather_uses(&of);
		drop_longest(&of);
	}
	for (size_t i = 0; i < of.found.count; i++)
		if (!of.found.items[i].dropped || of.found.items[i].uses)
			add_fact(&of, &of.found.items[i]);
	vec_free(&of.found);
	vec_free(&of.uses);
	vec_free(&of.unclear);
}
