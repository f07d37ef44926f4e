// SPDX-License-Identifier: GPL-2.0-or-later
/* What a prototype reaches, and what differs in it: a walk by distance, over one graph or two at once. */
#include <string.h>

#include "model/type_compare.h"

#define DEFAULT_LIMIT 64u
/* A struct that got a member in front has all others moved: the first ones tell it. */
#define LIMIT_OF_TYPE 12u
#define LIMIT_UNKNOWN 16u

/* A name that was met: what it means on each side, and how one gets there. */
struct step {
	const struct type_place *place[2]; /* of a single walk the first */
	enum type_lookup found[2];
	const char *path;
	unsigned steps;
};

struct walk {
	struct arena *arena;
	const struct type_graph *graph[2];
	struct type_scope scope[2];
	unsigned sides;
	VEC(struct step) queue;
	bool *met; /* by group of the first graph */
	/* Of the text whose names are being met. */
	const char *path;
	unsigned steps;
};

static void meet_name(void *context, const struct type_name *name)
{
	struct walk *walk = context;
	AUTO_FREE char *text = xstrndup(name->text, name->length);
	struct step step = {.path = walk->path, .steps = walk->steps};

	for (unsigned side = 0; side < walk->sides; side++)
		step.found[side] =
			type_find(walk->graph[side], name->kind, text, &walk->scope[side], &step.place[side]);
	if (!step.place[0] || (walk->sides == 2 && !step.place[1]))
		return;
	const struct type_group *group =
		type_group_find(walk->graph[0], name->kind, text, name->length, step.place[0]->object);
	size_t number = (size_t)(group - walk->graph[0]->groups.items);

	if (walk->met[number])
		return;
	walk->met[number] = true;
	vec_add(&walk->queue, step);
}

/* "pool->" without what leads on. */
static const char *without_join(struct arena *arena, const char *path)
{
	size_t length = strlen(path);

	return arena_strndup(arena, path, length - (path[length - 1] == '>' ? 2 : 1));
}

/* The names in a text that stands under `path`; what they hold is reached by "." or "->". */
static void meet_text(struct walk *walk, const char *text, const char *path, unsigned steps)
{
	walk->path = arena_printf(walk->arena, "%s%s", path, type_is_pointer(text) ? "->" : ".");
	walk->steps = steps;
	type_names_in(text, meet_name, walk);
}

static void meet_prototype(struct walk *walk, const struct prototype *prototype)
{
	meet_text(walk, prototype->returns, "return", 0);
	for (uint32_t i = 0; i < prototype->count; i++) {
		const struct param *param = &prototype->params[i];

		meet_text(walk, type_of_param(walk->arena, param), param->name ? param->name : "(anon)", 0);
	}
}

/* What a typedef stands for is under the typedef's own path. */
static void meet_target(struct walk *walk, const struct step *step, const char *text)
{
	if (type_is_pointer(text)) {
		meet_text(walk, text, without_join(walk->arena, step->path), step->steps);
		return;
	}
	walk->path = step->path;
	walk->steps = step->steps;
	type_names_in(text, meet_name, walk);
}

static void meet_parts(struct walk *walk, const struct step *step)
{
	const struct type *type = step->place[0]->type;
	const char **paths = type_member_paths(walk->arena, type);

	if (type->text && type->kind == TYPE_TYPEDEF)
		meet_target(walk, step, type->text);
	for (uint32_t i = 0; i < type->member_count; i++)
		meet_text(walk, type->members[i].type,
			  arena_printf(walk->arena, "%s%s", step->path, paths[i] ? paths[i] : "(anon)"),
			  step->steps + 1);
}

static void walk_init(struct walk *walk, struct arena *arena)
{
	walk->arena = arena;
	walk->met = xcalloc(walk->graph[0]->groups.count + 1, sizeof(*walk->met));
}

static void walk_fini(struct walk *walk)
{
	free(walk->met);
	vec_free(&walk->queue);
}

void type_reach(const struct type_graph *graph, const struct prototype *prototype, const struct type_scope *scope,
		unsigned steps, struct arena *arena, const struct type_place *const **places, size_t *count)
{
	struct walk walk = {.graph = {graph}, .scope = {*scope}, .sides = 1};
	struct arena scratch;

	arena_init(&scratch);
	walk_init(&walk, &scratch);
	if (prototype)
		meet_prototype(&walk, prototype);
	for (size_t i = 0; i < walk.queue.count; i++) {
		struct step step = walk.queue.items[i];

		/* What a typedef stands for is no deeper than the typedef. */
		if (!steps || step.steps + 1 < steps)
			meet_parts(&walk, &step);
		else if (step.place[0]->type->kind == TYPE_TYPEDEF && step.place[0]->type->text)
			meet_target(&walk, &step, step.place[0]->type->text);
	}
	const struct type_place **kept = arena_alloc(arena, walk.queue.count * sizeof(const struct type_place *));

	for (size_t i = 0; i < walk.queue.count; i++)
		kept[i] = walk.queue.items[i].place[0];
	*places = kept;
	*count = walk.queue.count;
	walk_fini(&walk);
	arena_fini(&scratch);
}

/* What a type holds is named by the way to it: "pool->" and "mempool_s.lock" are pool->lock. */
static void rename_changes(struct arena *arena, const struct step *step, size_t first, struct type_changes *changes)
{
	const char *name = step->place[0]->type->name;
	size_t skip = strlen(name);

	for (size_t i = first; i < changes->changes.count; i++) {
		struct type_change *change = &changes->changes.items[i];

		change->steps = step->steps;
		if (change->path[skip] == '.')
			change->path = arena_printf(arena, "%s%s", step->path, change->path + skip + 1);
		else
			change->path = without_join(arena, step->path);
	}
}

static bool same_whole(const struct walk *walk, const struct step *step)
{
	const struct type_group *group[2];

	for (int side = 0; side < 2; side++) {
		const struct type *type = step->place[side]->type;

		group[side] = type_group_find(walk->graph[side], type->kind, type->name, strlen(type->name),
					      step->place[side]->object);
	}
	return group[0]->whole == group[1]->whole;
}

static void note_unknown(struct walk *walk, const struct step *step, struct type_changes *changes)
{
	const char *title = type_title(walk->arena, step->place[0]->type);

	if (changes->unknown.count >= LIMIT_UNKNOWN)
		return;
	vec_add(&changes->unknown,
		arena_printf(walk->arena, "%s: %s", without_join(walk->arena, step->path),
			     step->found[0] == TYPE_AMBIGUOUS || step->found[1] == TYPE_AMBIGUOUS
				     ? arena_printf(walk->arena, "which definition of %s is meant is unknown", title)
				     : arena_printf(walk->arena, "%s is only declared", title)));
}

static void compare_step(struct walk *walk, const struct step *step, size_t limit, struct type_changes *changes)
{
	size_t first = changes->changes.count, types = changes->types;

	if (step->found[0] == TYPE_AMBIGUOUS || step->found[1] == TYPE_AMBIGUOUS ||
	    (step->found[0] == TYPE_DECLARED && step->found[1] == TYPE_DECLARED)) {
		/* Below what the prototype itself names there are too many opaque things to tell of each. */
		if (step->steps == 0 || step->found[0] == TYPE_AMBIGUOUS || step->found[1] == TYPE_AMBIGUOUS)
			note_unknown(walk, step, changes);
		return;
	}
	type_compare(walk->arena, step->place[0]->type, step->place[1]->type, changes);
	if (changes->types == types)
		return;
	size_t room = limit > first ? limit - first : 0;

	room = room > LIMIT_OF_TYPE ? LIMIT_OF_TYPE : room;
	if (changes->changes.count - first > room) {
		changes->changes.count = first + room;
		changes->more = true;
	}
	rename_changes(walk->arena, step, first, changes);
}

void type_differences(struct arena *arena, const struct type_side *before, const struct type_side *after, size_t limit,
		      struct type_changes *changes)
{
	struct walk walk = {
		.graph = {before->graph, after->graph},
		.scope = {before->scope, after->scope},
		.sides = 2,
	};

	for (int side = 0; side < 2; side++) {
		const struct type_side *one = side ? after : before;

		if (!one->prototype || !type_graph_object_known(one->graph, one->scope.object)) {
			vec_add(&changes->unknown,
				side ? "types of the new image are not known" : "types of the old image are not known");
			return;
		}
		type_graph_hash((struct type_graph *)(uintptr_t)one->graph);
	}
	limit = limit ? limit : DEFAULT_LIMIT;
	walk_init(&walk, arena);
	meet_prototype(&walk, before->prototype);
	for (size_t i = 0; i < walk.queue.count; i++) {
		struct step step = walk.queue.items[i];

		if (same_whole(&walk, &step))
			continue;
		compare_step(&walk, &step, limit, changes);
		if (changes->changes.count >= limit) {
			changes->more = true;
			break;
		}
		meet_parts(&walk, &step);
	}
	walk_fini(&walk);
}
