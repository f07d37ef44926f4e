// SPDX-License-Identifier: GPL-2.0-or-later
/* What differs between two images beyond the declaration. */
#include "atlas/differences.h"

#include <string.h>

#include "atlas/export_differences.h"
#include "atlas/prototype_differences.h"
#include "atlas/str.h"

static bool is_present(const struct compared *side)
{
	return side->presence == PRESENT || side->presence == PRESENT_DECLARED;
}

static void add_unknown(struct arena *arena, struct differences *differences, const char *what,
			const struct compared *side, const char *why)
{
	vec_add(&differences->unknown, what ? arena_printf(arena, "%s: %s in %s", what, why, side->label)
					    : arena_printf(arena, "%s in %s", why, side->label));
}

/* One side has it, the other is `missing`. */
static void compare_presence(struct arena *arena, const struct compared *present, const struct compared *missing,
			     bool appeared, struct differences *differences)
{
	const char *why = presence_text(missing->presence);

	if (missing->presence == ABSENT)
		differences_add(differences, appeared ? CHANGE_APPEARED : CHANGE_VANISHED, NULL, NULL);
	else if (missing->presence == NOT_IN_VMLINUX && function_in_vmlinux(present->function))
		differences_add(differences, appeared ? CHANGE_APPEARED_IN_VMLINUX : CHANGE_VANISHED_FROM_VMLINUX, NULL,
				NULL);
	else
		add_unknown(arena, differences, NULL, missing, why);
}

/* "int (struct pool *pool, int n) in mm/pool.c" */
static const char *prototype_text(struct arena *arena, const struct instance *instance)
{
	AUTO_STR struct str text = {0};

	str_addf(&text, "%s (", instance->prototype->returns);
	for (uint32_t i = 0; i < instance->prototype->count; i++) {
		str_add(&text, i ? ", " : "");
		str_add(&text, instance->prototype->params[i].decl);
	}
	str_addf(&text, ") in %s", instance->decl_file);
	return arena_strdup(arena, text.data);
}

struct places {
	VEC(const char *) files;
};

static void collect_places(const struct function *function, struct places *places)
{
	for (uint32_t i = 0; i < function->instance_count; i++) {
		const struct instance *instance = &function->instances[i];
		const char *file = instance->decl_file ? instance->decl_file : instance->file;
		bool known = !file || !instance_counts(function, instance);

		for (size_t j = 0; j < places->files.count && !known; j++)
			known = strcmp(places->files.items[j], file) == 0;
		if (!known)
			vec_add(&places->files, file);
	}
}

static const char *missing_in(struct arena *arena, const struct places *from, const struct places *in)
{
	AUTO_STR struct str text = {0};

	for (size_t i = 0; i < from->files.count; i++) {
		bool found = false;

		for (size_t j = 0; j < in->files.count && !found; j++)
			found = strcmp(from->files.items[i], in->files.items[j]) == 0;
		if (found)
			continue;
		str_add(&text, text.length ? ", " : "");
		str_add(&text, from->files.items[i]);
	}
	return text.length ? arena_strdup(arena, text.data) : NULL;
}

static void compare_places(struct arena *arena, const struct function *before, const struct function *after,
			   struct differences *differences)
{
	struct places old = {0}, new = {0};

	collect_places(before, &old);
	collect_places(after, &new);
	const char *gone = missing_in(arena, &old, &new);
	const char *added = missing_in(arena, &new, &old);

	if (old.files.count == 1 && new.files.count == 1 && gone)
		differences_add(differences, CHANGE_MOVED, gone, added);
	else if (old.files.count && new.files.count && added)
		differences_add(differences, CHANGE_PLACE_ADDED, NULL, added);
	if (gone && new.files.count && (old.files.count > 1 || new.files.count > 1))
		differences_add(differences, CHANGE_PLACE_GONE, gone, NULL);
	vec_free(&old.files);
	vec_free(&new.files);
}

static void compare_object(const struct function *before, const struct function *after, struct differences *differences)
{
	bool was = function_in_vmlinux(before), is = function_in_vmlinux(after);

	if (was != is)
		differences_add(differences, is ? CHANGE_TO_VMLINUX : CHANGE_TO_MODULE, NULL, NULL);
}

static bool has_global(enum collision collision)
{
	return collision == COLLISION_UNIQUE_GLOBAL || collision == COLLISION_STATIC_GLOBAL;
}

static bool is_unique(enum collision collision)
{
	return collision == COLLISION_UNIQUE_GLOBAL || collision == COLLISION_UNIQUE_STATIC;
}

static void compare_collision(enum collision before, enum collision after, struct differences *differences)
{
	if (before == after || before == COLLISION_UNKNOWN || after == COLLISION_UNKNOWN)
		return;
	if (has_global(before) != has_global(after))
		differences_add(differences, has_global(after) ? CHANGE_BECAME_GLOBAL : CHANGE_BECAME_STATIC, NULL,
				NULL);
	if (!is_unique(before) || !is_unique(after))
		differences_add(differences, CHANGE_COLLISION, collision_text(before), collision_text(after));
}

static bool has_symbol(enum inlining inlining)
{
	return inlining == INLINE_NO || inlining == INLINE_SELECTIVE;
}

static void compare_inlining(enum inlining before, enum inlining after, struct differences *differences)
{
	if (before == after || before == INLINE_UNKNOWN || after == INLINE_UNKNOWN)
		return;
	/* No code of its own before, and none after: to who would attach to it nothing changed. */
	if (!has_symbol(before) && !has_symbol(after))
		return;
	if (after == INLINE_FULL)
		differences_add(differences, CHANGE_INLINED_EVERYWHERE, NULL, NULL);
	else if (before == INLINE_FULL)
		differences_add(differences, CHANGE_NOT_EVERYWHERE, NULL, NULL);
	if (after == INLINE_NO_SYMBOL)
		differences_add(differences, CHANGE_LOST_SYMBOL, NULL, NULL);
	else if (before == INLINE_NO_SYMBOL)
		differences_add(differences, CHANGE_GOT_SYMBOL, NULL, NULL);
	if (after == INLINE_SELECTIVE)
		differences_add(differences, CHANGE_PARTLY_INLINED, NULL, NULL);
	else if (before == INLINE_SELECTIVE && after == INLINE_NO)
		differences_add(differences, CHANGE_NOT_PARTLY, NULL, NULL);
}

static void compare_transformation(const struct class *before, const struct class *after,
				   struct differences *differences)
{
	bool was = before->transformed && !before->only_split;
	bool is = after->transformed && !after->only_split;

	if (was != is)
		differences_add(differences, is ? CHANGE_TRANSFORMED : CHANGE_NOT_TRANSFORMED, NULL, NULL);
}

static bool is_defined(const struct function *function)
{
	for (uint32_t i = 0; i < function->instance_count; i++)
		if (function->instances[i].flags & INSTANCE_DEFINED)
			return true;
	return false;
}

static void compare_language(const struct function *before, const struct function *after,
			     struct differences *differences)
{
	bool was = function_is_assembler(before), is = function_is_assembler(after);

	/* Where the DWARF has declarations only, nobody knows what the code was written in. */
	if (was != is && is_defined(before) && is_defined(after))
		differences_add(differences, is ? CHANGE_BECAME_ASSEMBLER : CHANGE_BECAME_C, NULL, NULL);
}

/* Why this side's declaration cannot be compared, or NULL. */
static const char *declaration_gap(const struct compared *side)
{
	if (side->image->evidence == EVIDENCE_SYMBOLS)
		return "only symbols were read";
	if (function_is_assembler(side->function))
		return "assembler, its parameters are unknown";
	return side->function->prototype ? NULL : "no declaration is known";
}

static void compare_declarations(struct arena *arena, const struct compared *before, const struct compared *after,
				 struct differences *differences)
{
	const char *old_gap = declaration_gap(before), *new_gap = declaration_gap(after);

	if (old_gap && new_gap && strcmp(old_gap, new_gap) == 0)
		vec_add(&differences->unknown, arena_printf(arena, "declaration: %s on both sides", old_gap));
	else if (old_gap)
		add_unknown(arena, differences, "declaration", before, old_gap);
	if (new_gap && !(old_gap && strcmp(old_gap, new_gap) == 0))
		add_unknown(arena, differences, "declaration", after, new_gap);
	if (!old_gap && !new_gap)
		differences_prototypes(arena, before->function->prototype, after->function->prototype, differences);
}

static const struct instance *namesake_at(const struct function *function, const char *file)
{
	for (uint32_t i = 0; i < function->instance_count; i++)
		if (instance_counts(function, &function->instances[i]) &&
		    str_eq(function->instances[i].decl_file, file))
			return &function->instances[i];
	return NULL;
}

/*
 * Several functions share the name: those that are not the one whose
 * declaration stands for all are compared by where they are declared.
 */
static void compare_namesakes(struct arena *arena, const struct function *before, const struct function *after,
			      struct differences *differences)
{
	if (is_unique(before->class.collision) || is_unique(after->class.collision))
		return;
	for (uint32_t i = 0; i < before->instance_count; i++) {
		const struct instance *old = &before->instances[i];

		if (!old->decl_file || namesake_at(before, old->decl_file) != old)
			continue;
		const struct instance *new = namesake_at(after, old->decl_file);

		if (!new || !old->prototype || !new->prototype ||
		    (old->prototype == before->prototype && new->prototype == after->prototype) ||
		    same_prototypes(old->prototype, new->prototype))
			continue;
		differences_add(differences, CHANGE_NAMESAKE, prototype_text(arena, old), prototype_text(arena, new));
	}
}

static void note_unknown_classes(struct arena *arena, const struct compared *side, struct differences *differences)
{
	const struct class *class = &side->function->class;
	const char *why = side->image->evidence == EVIDENCE_SYMBOLS ? "only symbols were read" : "no DWARF names it";

	if (class->collision == COLLISION_UNKNOWN || class->inlining == INLINE_UNKNOWN)
		add_unknown(arena, differences, "collision and inlining", side, why);
}

void differences_atlas(struct arena *arena, const struct compared *before, const struct compared *after,
		       struct differences *differences)
{
	if (!is_present(before) && !is_present(after))
		return;
	if (!is_present(before) || !is_present(after)) {
		bool appeared = is_present(after);

		compare_presence(arena, appeared ? after : before, appeared ? before : after, appeared, differences);
		return;
	}
	const struct function *old = before->function, *new = after->function;

	compare_declarations(arena, before, after, differences);
	compare_namesakes(arena, old, new, differences);
	if (before->presence != after->presence) {
		differences_add(differences, after->presence == PRESENT ? CHANGE_NOW_DEFINED : CHANGE_NOW_DECLARED,
				NULL, NULL);
		return;
	}
	compare_object(old, new, differences);
	compare_places(arena, old, new, differences);
	compare_collision(old->class.collision, new->class.collision, differences);
	compare_language(old, new, differences);
	compare_inlining(function_inlining(old), function_inlining(new), differences);
	compare_transformation(&old->class, &new->class, differences);
	differences_exports(arena, &old->exported, &new->exported, differences);
	note_unknown_classes(arena, before, differences);
	note_unknown_classes(arena, after, differences);
}
