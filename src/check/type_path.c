// SPDX-License-Identifier: GPL-2.0-or-later
#include "check/type_path.h"

#include <string.h>

#include "atlas/str.h"

/* Longer chains of typedefs than this do not occur; a cycle of a damaged atlas does not hang. */
#define MAX_STEPS 32

bool type_is_among(const struct type_place *list, size_t count, const struct type *type)
{
	for (size_t i = 0; i < count; i++)
		if (list[i].type->id == type->id)
			return true;
	return false;
}

/* Places come vmlinux first; what a module has besides is another definition of the name. */
struct error *type_definitions(struct look *look, enum type_kind kind, const char *name,
			       const struct type_place **places, size_t *count, bool *declared)
{
	const struct type_place *all;
	size_t total, kept = 0;

	*declared = false;
	TRY(store_types_named(look->store, look->arena, look->image, name, &all, &total));
	struct type_place *list = arena_alloc(look->arena, (total + 1) * sizeof(*list));

	for (int modules = 0; modules < 2 && !kept; modules++) {
		for (size_t i = 0; i < total; i++) {
			if (all[i].type->kind != kind || str_eq(all[i].object, "vmlinux") == modules)
				continue;
			if (all[i].type->declared)
				*declared = true;
			else if (!type_is_among(list, kept, all[i].type))
				list[kept++] = all[i];
		}
	}
	*places = list;
	*count = kept;
	return NULL;
}

/* The named member around it, NO_INDEX: the definition.  `reachable` false: it stands behind a pointer in between. */
static uint32_t named_around(const struct type *type, uint32_t index, bool *reachable)
{
	*reachable = !type->members[index].behind;
	for (uint32_t at = type->members[index].parent; at != NO_INDEX && at < type->member_count;) {
		if (type->members[at].name)
			return at;
		*reachable = *reachable && !type->members[at].behind;
		at = type->members[at].parent;
	}
	return NO_INDEX;
}

static uint32_t find_member(const struct type *type, uint32_t inside, const char *name, size_t length)
{
	for (uint32_t i = 0; i < type->member_count; i++) {
		const char *own = type->members[i].name;
		bool reachable;

		if (own && strncmp(own, name, length) == 0 && !own[length] &&
		    named_around(type, i, &reachable) == inside && reachable)
			return i;
	}
	return NO_INDEX;
}

/* What of a type's text names it: without qualifiers and array bounds. */
static char *bare_text(const char *text)
{
	static const char *const words[] = {"const ", "volatile ", "restrict "};
	bool again = true;

	while (again) {
		again = false;
		for (size_t i = 0; i < ARRAY_LEN(words); i++) {
			if (str_starts(text, words[i])) {
				text += strlen(words[i]);
				again = true;
			}
		}
	}
	char *bare = xstrndup(text, strcspn(text, "["));

	for (size_t length = strlen(bare); length && bare[length - 1] == ' ';)
		bare[--length] = '\0';
	return bare;
}

static enum type_kind kind_of_text(const char **name)
{
	static const struct {
		const char *word;
		enum type_kind kind;
	} words[] = {{"struct ", TYPE_STRUCT}, {"union ", TYPE_UNION}, {"enum ", TYPE_ENUM}};

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (str_starts(*name, words[i].word)) {
			*name += strlen(words[i].word);
			return words[i].kind;
		}
	}
	return TYPE_TYPEDEF;
}

/* The definition a member's type names, through typedefs. */
static struct error *definition_of(struct look *look, const char *text, const struct type **type, const char **doubt)
{
	*type = NULL;
	for (int steps = 0; steps < MAX_STEPS; steps++) {
		AUTO_FREE char *bare = bare_text(text);
		const char *name = bare;
		enum type_kind kind = kind_of_text(&name);
		const struct type_place *places;
		size_t count;
		bool declared;

		TRY(type_definitions(look, kind, name, &places, &count, &declared));
		if (!count)
			return NULL;
		if (count > 1)
			*doubt = arena_printf(look->arena, "%zu definitions of %s: which is meant is not known", count,
					      bare);
		*type = places[0].type;
		if (kind != TYPE_TYPEDEF || (*type)->member_count || (*type)->enumerator_count || !(*type)->text)
			return NULL;
		text = (*type)->text;
	}
	return NULL;
}

struct error *type_walk(struct look *look, const struct type *type, const char *path, struct type_at *at)
{
	uint32_t inside = NO_INDEX;
	uint64_t base = 0;

	*at = (struct type_at){.type = type};
	if (type->kind == TYPE_TYPEDEF && !type->member_count && type->text)
		TRY(definition_of(look, type->text, &at->type, &at->doubt));
	while (at->type) {
		size_t length = strcspn(path, ".");
		uint32_t found = find_member(at->type, inside, path, length);

		at->missing = arena_strndup(look->arena, path, length);
		at->member = NULL;
		if (found == NO_INDEX)
			return NULL;
		at->member = &at->type->members[found];
		at->offset_bits = base + at->member->offset_bits;
		if (!path[length])
			return NULL;
		path += length + 1;
		inside = found;
		if (at->member->nested)
			continue;
		base = at->offset_bits;
		inside = NO_INDEX;
		TRY(definition_of(look, at->member->type, &at->type, &at->doubt));
		if (!at->type)
			at->doubt = arena_printf(
				look->arena,
				strchr(at->member->type, '*')
					? "%s is '%s': a path ends at a pointer; name a field of what it points to"
					: "%s is '%s', which is not known",
				at->member->name, at->member->type);
		at->member = NULL;
	}
	return NULL;
}

static bool is_float(const char *name)
{
	return strstr(name, "float") || strstr(name, "double");
}

/* "struct x *", "RET (*)(A)", "char[4]", "u32": what the loader's rules ask for. */
struct error *type_leaf(struct look *look, const char *text, enum core_leaf *leaf)
{
	size_t length = strlen(text);

	for (int steps = 0; steps < MAX_STEPS; steps++) {
		if (length && text[length - 1] == ']') {
			*leaf = LEAF_ARRAY;
			return NULL;
		}
		if (strchr(text, '*')) {
			*leaf = LEAF_POINTER;
			return NULL;
		}
		AUTO_FREE char *bare = bare_text(text);
		const char *name = bare;
		enum type_kind kind = kind_of_text(&name);
		const struct type_place *places;
		size_t count;
		bool declared;

		*leaf = kind == TYPE_ENUM ? LEAF_ENUM : LEAF_RECORD;
		if (kind != TYPE_TYPEDEF)
			return NULL;
		TRY(type_definitions(look, kind, name, &places, &count, &declared));
		*leaf = is_float(name) ? LEAF_FLOAT : LEAF_INT;
		if (!count || !places[0].type->text)
			return NULL;
		text = places[0].type->text;
		length = strlen(text);
	}
	*leaf = LEAF_NONE;
	return NULL;
}
