// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Functions that go by another name now, among those only one side has.  A
 * wrong one is worse than none: asked for are the same prototype, the same
 * neighbours in the file on both sides, no second candidate, and as many lines,
 * or the same callees.  What a table says to be a macro needs no more than that.
 */
#include <string.h>

#include "atlas/prototype_differences.h"
#include "atlas/renames.h"
#include "atlas/search.h"
#include "diff/internal.h"

/* Shorter functions have the length of many others. */
#define MIN_LINES   8
#define MIN_CALLEES 4

/* Where a function is declared; only those declared in one file have a place. */
struct spot {
	const char *file;
	uint32_t line;
	size_t pair;
};

struct places {
	VEC(struct spot) items; /* by file and line */
	size_t *of_pair;	/* index by pair; SIZE_MAX: none */
};

struct moves {
	struct diff *diff;
	struct places old, new;
};

/* Between two neighbours, those left out: runs of places of functions that only this side has. */
struct gap {
	size_t first, end;
};

static struct function_pair *pair_at(const struct moves *moves, const struct spot *place)
{
	return &moves->diff->functions.items.items[place->pair];
}

static int compare_spots(const void *left, const void *right)
{
	const struct spot *a = left, *b = right;
	int order = a->file == b->file ? 0 : strcmp(a->file, b->file);

	if (!order)
		order = (a->line > b->line) - (a->line < b->line);
	return order ? order : (a->pair > b->pair) - (a->pair < b->pair);
}

static bool find_spot(const struct function *function, struct spot *place)
{
	place->file = NULL;
	for (uint32_t i = 0; i < function->instance_count; i++) {
		const struct instance *instance = &function->instances[i];
		const char *file = instance->decl_file ? instance->decl_file : instance->file;

		if (!file || !instance->decl_line || (place->file && strcmp(place->file, file) != 0))
			return false;
		if (!place->file || instance->decl_line < place->line)
			place->line = instance->decl_line;
		place->file = file;
	}
	return place->file != NULL;
}

static void collect_places(const struct diff *diff, bool new_side, struct places *places)
{
	size_t count = diff->functions.items.count;

	places->of_pair = xmalloc((count + 1) * sizeof(*places->of_pair));
	for (size_t i = 0; i < count; i++) {
		const struct function_pair *pair = &diff->functions.items.items[i];
		const struct function *function = new_side ? pair->new : pair->old;
		struct spot place = {.pair = i};

		places->of_pair[i] = SIZE_MAX;
		if (function && find_spot(function, &place))
			vec_add(&places->items, place);
	}
	if (places->items.count)
		qsort(places->items.items, places->items.count, sizeof(*places->items.items), compare_spots);
	for (size_t i = 0; i < places->items.count; i++)
		places->of_pair[places->items.items[i].pair] = i;
}

static void take(struct moves *moves, struct function_pair *old, struct function_pair *new, const char *evidence)
{
	old->new = new->new;
	old->renamed = evidence;
	new->gone = true;
	vec_add(&moves->diff->renames, (size_t)(old - moves->diff->functions.items.items));
}

/* The pair of a name that only the new side has, or NULL. */
static struct function_pair *added_pair(const struct diff *diff, const char *name)
{
	struct function_pair *pairs = diff->functions.items.items;
	size_t count = diff->functions.items.count;
	size_t low = lower_bound(at, count, strcmp((pairs[at].old ? pairs[at].old : pairs[at].new)->name, name) < 0);

	return low < count && !pairs[low].old && str_eq(pairs[low].new->name, name) ? &pairs[low] : NULL;
}

static bool is_only_old(const struct function_pair *pair)
{
	return pair->old && !pair->new;
}

static const char *macro_reason(struct arena *arena, const struct rename_entry *entry)
{
	return entry->since ? arena_printf(arena, "since %s (%s)", entry->since, entry->reason) : entry->reason;
}

/*
 * What memory allocation profiling made a macro of: by the table, or by the
 * ending it gives.  Several macros may lead to one function: the one with its
 * prototype is the function, under its old name.
 */
static void find_macros(struct moves *moves)
{
	struct diff *diff = moves->diff;

	for (size_t i = 0; i < diff->functions.items.count; i++) {
		struct function_pair *pair = &diff->functions.items.items[i];

		if (!is_only_old(pair))
			continue;
		const struct rename_entry *entry = rename_of_macro(pair->old->name);
		const char *over = entry ? entry->over : arena_printf(diff->arena, "%s_noprof", pair->old->name);
		struct function_pair *added = added_pair(diff, over);

		if (!added)
			continue;
		if (entry) {
			pair->macro_over = over;
			pair->macro_why = macro_reason(diff->arena, entry);
		}
		if (!added->gone && same_prototypes(pair->old->prototype, added->new->prototype))
			take(moves, pair, added,
			     entry ? "same prototype" : "the same name with _noprof, same prototype");
	}
}

/* From one function to the next in the file; 0: the last. */
static uint32_t lines_of(const struct places *places, size_t at)
{
	const struct spot *place = &places->items.items[at];

	if (at + 1 == places->items.count || strcmp(place[1].file, place->file) != 0)
		return 0;
	return place[1].line - place->line;
}

struct callees {
	VEC(const char *) names;
};

static int compare_names(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static struct error *read_callees(const struct diff_side *side, struct arena *arena, const struct function *function,
				  struct callees *callees)
{
	size_t kept = 0;

	for (uint32_t i = 0; i < function->instance_count; i++) {
		const char *const *names;
		size_t count;

		TRY(store_callee_names(side->store, arena, function->instances[i].id, &names, &count));
		for (size_t j = 0; j < count; j++)
			vec_add(&callees->names, names[j]);
	}
	if (callees->names.count)
		qsort(callees->names.items, callees->names.count, sizeof(*callees->names.items), compare_names);
	for (size_t i = 0; i < callees->names.count; i++)
		if (kept == 0 || strcmp(callees->names.items[kept - 1], callees->names.items[i]) != 0)
			callees->names.items[kept++] = callees->names.items[i];
	callees->names.count = kept;
	return NULL;
}

static size_t count_common(const struct callees *a, const struct callees *b)
{
	size_t common = 0;

	for (size_t i = 0, j = 0; i < a->names.count && j < b->names.count;) {
		int order = strcmp(a->names.items[i], b->names.items[j]);

		common += order == 0;
		i += order <= 0;
		j += order >= 0;
	}
	return common;
}

/* Nearly the same callees; NULL if not, or if there are too few to tell. */
static struct error *callee_evidence(const struct moves *moves, const struct function *old, const struct function *new,
				     const char **evidence)
{
	struct diff *diff = moves->diff;
	struct callees before = {0}, after = {0};
	struct error *err = read_callees(&diff->old, diff->arena, old, &before);

	if (!err)
		err = read_callees(&diff->new, diff->arena, new, &after);
	size_t common = count_common(&before, &after), all = before.names.count + after.names.count - common;

	*evidence = NULL;
	if (!err && before.names.count >= MIN_CALLEES && after.names.count >= MIN_CALLEES && common * 10 >= all * 7)
		*evidence = arena_printf(diff->arena, "%zu of %zu callees the same", common, all);
	vec_free(&before.names);
	vec_free(&after.names);
	return err;
}

/* How alike the two are besides prototype and neighbours; NULL: not enough. */
static struct error *likeness(const struct moves *moves, size_t old, size_t new, const char **evidence)
{
	uint32_t before = lines_of(&moves->old, old), after = lines_of(&moves->new, new);
	uint32_t larger = before > after ? before : after, smaller = before > after ? after : before;

	*evidence = NULL;
	if (before == after && before >= MIN_LINES) {
		*evidence = arena_printf(moves->diff->arena, "%u lines on both sides", before);
		return NULL;
	}
	if (larger - smaller > larger / 4)
		return NULL;
	return callee_evidence(moves, pair_at(moves, &moves->old.items.items[old])->old,
			       pair_at(moves, &moves->new.items.items[new])->new, evidence);
}

/* The only function of a gap with this prototype; SIZE_MAX: none, or several. */
static size_t only_like(const struct moves *moves, const struct places *places, const struct gap *gap, bool new_side,
			const struct prototype *prototype)
{
	size_t found = SIZE_MAX;

	for (size_t i = gap->first; i < gap->end; i++) {
		const struct function_pair *pair = pair_at(moves, &places->items.items[i]);
		const struct function *function = new_side ? pair->new : pair->old;

		if (pair->gone || pair->renamed || !same_prototypes(function->prototype, prototype))
			continue;
		if (found != SIZE_MAX)
			return SIZE_MAX;
		found = i;
	}
	return found;
}

/* Tracepoints' functions come in sets from one macro, whose members look alike. */
static bool is_generated(const struct spot *place)
{
	return str_ends(place->file, ".h") && strstr(place->file, "trace");
}

static struct error *match_gap(struct moves *moves, const struct gap *old, const struct gap *new)
{
	for (size_t i = old->first; i < old->end; i++) {
		const struct spot *place = &moves->old.items.items[i];
		struct function_pair *pair = pair_at(moves, place);

		if (pair->renamed || is_generated(place) || !pair->old->prototype ||
		    only_like(moves, &moves->old, old, false, pair->old->prototype) != i)
			continue;
		size_t other = only_like(moves, &moves->new, new, true, pair->old->prototype);
		const char *evidence;

		if (other == SIZE_MAX)
			continue;
		TRY(likeness(moves, i, other, &evidence));
		if (!evidence)
			continue;
		const struct spot *to = &moves->new.items.items[other];
		const char *before = pair_at(moves, &moves->old.items.items[old->first - 1])->old->name;
		const char *after = pair_at(moves, &moves->old.items.items[old->end])->old->name;
		bool same_file = strcmp(place->file, to->file) == 0;

		take(moves, pair, pair_at(moves, to),
		     arena_printf(moves->diff->arena, "same prototype, between %s and %s in %s%s%s, %s", before, after,
				  place->file, same_file ? "" : " and ", same_file ? "" : to->file, evidence));
	}
	return NULL;
}

/* The place on the new side of the neighbour at `at` of the old one; SIZE_MAX: not a neighbour on both sides. */
static size_t neighbour(const struct moves *moves, size_t at, const char *file)
{
	const struct spot *place = &moves->old.items.items[at];

	if (at >= moves->old.items.count || strcmp(place->file, file) != 0)
		return SIZE_MAX;
	return moves->new.of_pair[place->pair];
}

static struct error *try_gap(struct moves *moves, const struct gap *old)
{
	const struct spot *news = moves->new.items.items;
	const char *file = moves->old.items.items[old->first].file;
	size_t before = old->first ? neighbour(moves, old->first - 1, file) : SIZE_MAX;
	size_t after = neighbour(moves, old->end, file);

	if (before == SIZE_MAX || after == SIZE_MAX || before + 1 >= after ||
	    strcmp(news[before].file, news[after].file) != 0)
		return NULL;
	const struct gap new = {before + 1, after};

	for (size_t i = new.first; i < new.end; i++)
		if (pair_at(moves, &news[i])->old)
			return NULL;
	return match_gap(moves, old, &new);
}

static struct error *find_between_neighbours(struct moves *moves)
{
	const struct spot *olds = moves->old.items.items;
	size_t count = moves->old.items.count;

	for (size_t i = 0; i < count;) {
		struct gap gap = {i, i};

		while (gap.end < count && strcmp(olds[gap.end].file, olds[i].file) == 0 &&
		       (!pair_at(moves, &olds[gap.end])->new || pair_at(moves, &olds[gap.end])->renamed))
			gap.end++;
		if (gap.end > gap.first)
			TRY(try_gap(moves, &gap));
		i = gap.end > i ? gap.end : i + 1;
	}
	return NULL;
}

struct error *find_moves(struct diff *diff)
{
	struct moves moves = {.diff = diff};
	struct error *err;

	find_macros(&moves);
	collect_places(diff, false, &moves.old);
	collect_places(diff, true, &moves.new);
	err = find_between_neighbours(&moves);
	vec_free(&moves.old.items);
	vec_free(&moves.new.items);
	free(moves.old.of_pair);
	free(moves.new.of_pair);
	return err;
}
