// SPDX-License-Identifier: GPL-2.0-or-later
/* Files that were renamed or put together: most functions of one are in another file in the next version. */
#include <stdlib.h>
#include <string.h>

#include "atlas/facts.h"
#include "atlas/search.h"
#include "render/page/site_pairs.h"
#include "source_set.h"

#define CANDIDATES_MAX 64

/* Where the functions of a name are, in one image. */
struct place_of_name {
	uint32_t name, path;
};

struct names_places {
	struct place_of_name *items;
	size_t count;
};

static int compare_places(const void *a, const void *b)
{
	const struct place_of_name *x = a, *y = b;

	if (x->name != y->name)
		return x->name < y->name ? -1 : 1;
	return x->path < y->path ? -1 : x->path > y->path;
}

static void gather(const struct file_facts *facts, struct names_places *places)
{
	places->items = xcalloc(facts->function_count + 1, sizeof(*places->items));
	for (size_t i = 0; i < facts->function_count; i++)
		places->items[places->count++] =
			(struct place_of_name){facts->functions[i].name, facts->functions[i].path};
	qsort(places->items, places->count, sizeof(*places->items), compare_places);
}

static size_t first_of(const struct names_places *places, uint32_t name)
{
	return lower_bound(at, places->count, places->items[at].name < name);
}

static bool has_place(const struct names_places *places, uint32_t name, uint32_t path)
{
	for (size_t i = first_of(places, name); i < places->count && places->items[i].name == name; i++)
		if (places->items[i].path == path)
			return true;
	return false;
}

struct candidate {
	uint32_t path, count;
};

struct votes {
	struct candidate items[CANDIDATES_MAX];
	size_t count;
};

static void vote(struct votes *votes, uint32_t path)
{
	size_t i = 0;

	while (i < votes->count && votes->items[i].path != path)
		i++;
	if (i == CANDIDATES_MAX)
		return;
	if (i == votes->count)
		votes->items[votes->count++] = (struct candidate){.path = path};
	votes->items[i].count++;
}

struct comparison {
	struct source_set *set;
	size_t before, after; /* images */
	struct names_places old, new;
};

/* A function counts where the file now has it and did not have it before. */
static void vote_for_name(const struct comparison *comparison, uint32_t name, uint32_t from, struct votes *votes)
{
	const struct names_places *new = &comparison->new;

	for (size_t i = first_of(new, name); i < new->count &&new->items[i].name == name; i++) {
		uint32_t path = new->items[i].path;
		bool again = i > 0 && new->items[i - 1].name == name &&new->items[i - 1].path == path;

		if (path && path != from && !again && !has_place(&comparison->old, name, path))
			vote(votes, path);
	}
}

static void follow(struct comparison *comparison, uint32_t from)
{
	size_t count;
	const struct file_function *functions =
		source_functions(&comparison->set->facts[comparison->before], from, &count);
	struct votes votes = {.count = 0};
	uint32_t names = 0, best = 0;
	bool external = false;

	for (size_t i = 0; i < count; i++) {
		if (functions[i].unit != from || (i > 0 && functions[i].name == functions[i - 1].name))
			continue;
		names++;
		external = functions[i].flags & INSTANCE_EXTERNAL;
		vote_for_name(comparison, functions[i].name, from, &votes);
	}
	for (size_t i = 1; i < votes.count; i++)
		if (votes.items[i].count > votes.items[best].count)
			best = (uint32_t)i;
	/* One name alone may be a coincidence, unless it is for all to call. */
	if (!votes.count || 2 * votes.items[best].count <= names || (votes.items[best].count < 2 && !external))
		return;
	vec_add(&comparison->set->moves, ((struct source_move){
						 .from = from,
						 .to = votes.items[best].path,
						 .before = comparison->before,
						 .after = comparison->after,
						 .moved = votes.items[best].count,
						 .of = names,
					 }));
}

static void compare_images(struct source_set *set, size_t before, size_t after)
{
	const struct file_facts *old = &set->facts[before], *new = &set->facts[after];
	struct comparison comparison = {.set = set, .before = before, .after = after};
	size_t count;

	if (!old->units_known || !new->units_known)
		return;
	gather(old, &comparison.old);
	gather(new, &comparison.new);
	for (size_t i = 0; i < old->unit_count; i++) {
		uint32_t path = old->units[i].path;
		bool again = i > 0 && old->units[i - 1].path == path;

		if (again)
			continue;
		source_units(new, path, &count);
		if (count == 0)
			follow(&comparison, path);
	}
	free(comparison.old.items);
	free(comparison.new.items);
}

void source_moves_find(struct source_set *set, const struct site_plan *plan)
{
	AUTO_FREE struct site_pair *pairs = xcalloc(plan->image_count + 1, sizeof(*pairs));
	size_t count = site_pairs(plan, pairs, plan->image_count);

	for (size_t i = 0; i < count; i++)
		if (strcmp(plan->images[pairs[i].before].version, plan->images[pairs[i].after].version) != 0)
			compare_images(set, pairs[i].before, pairs[i].after);
}
