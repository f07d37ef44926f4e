// SPDX-License-Identifier: GPL-2.0-or-later
/* What differs between two definitions of a type. */
#include <string.h>

#include "model/type_compare.h"

const char *type_change_text(enum type_change_kind kind)
{
#define CHANGE_TEXT(id, text) [id] = (text),
	static const char *const texts[] = {TYPE_CHANGES(CHANGE_TEXT)};
#undef CHANGE_TEXT

	return kind < ARRAY_LEN(texts) ? texts[kind] : "?";
}

void type_changes_fini(struct type_changes *changes)
{
	vec_free(&changes->changes);
	vec_free(&changes->unknown);
}

/* A member under the name it is used by: what unnamed structs hold is used as if it stood outside. */
struct named_member {
	const struct type_member *member;
	const char *path; /* "lock", "u.next" */
	bool matched;
};

struct member_list {
	VEC(struct named_member) members;
};

/* What stands in front of a member's own name: the path of the innermost parent with a name. */
static const char *prefix_of(const struct type *type, const struct member_list *list, uint32_t parent, bool *behind)
{
	*behind = false;
	for (; parent != NO_INDEX; parent = type->members[parent].parent) {
		*behind = *behind || type_is_pointer(type->members[parent].type);
		if (type->members[parent].name)
			return list->members.items[parent].path;
	}
	return NULL;
}

static void list_members(struct arena *arena, const struct type *type, struct member_list *list)
{
	for (uint32_t i = 0; i < type->member_count; i++) {
		const struct type_member *member = &type->members[i];
		bool behind;
		const char *prefix = prefix_of(type, list, member->parent, &behind);
		const char *path = member->name;

		if (path && prefix)
			path = arena_printf(arena, "%s%s%s", prefix, behind ? "->" : ".", path);
		*vec_push(&list->members) = (struct named_member){member, path, false};
	}
}

const char **type_member_paths(struct arena *arena, const struct type *type)
{
	const char **paths = arena_alloc(arena, type->member_count * sizeof(*paths));
	struct member_list list = {0};

	list_members(arena, type, &list);
	for (uint32_t i = 0; i < type->member_count; i++)
		paths[i] = list.members.items[i].path;
	vec_free(&list.members);
	return paths;
}

struct comparison {
	struct arena *arena;
	const struct type *before, *after;
	struct type_changes *changes;
	const char *title, *base; /* "struct mempool_s", "mempool_s" */
};

static void add(struct comparison *of, enum type_change_kind kind, const char *path, const char *before,
		const char *after)
{
	*vec_push(&of->changes->changes) = (struct type_change){
		.kind = kind,
		.path = path ? arena_printf(of->arena, "%s.%s", of->base, path) : of->base,
		.type = of->title,
		.before = before,
		.after = after,
	};
}

static const char *place_text(struct arena *arena, const struct type_member *member)
{
	if (member->bit_size || member->offset_bits % 8)
		return arena_printf(arena, "%llu:%u", (unsigned long long)(member->offset_bits / 8),
				    (unsigned)(member->offset_bits % 8));
	return arena_printf(arena, "%llu", (unsigned long long)(member->offset_bits / 8));
}

static const char *bytes_text(struct arena *arena, uint64_t bytes)
{
	return arena_printf(arena, "%llu byte%s", (unsigned long long)bytes, bytes == 1 ? "" : "s");
}

static const char *bits_text(struct arena *arena, const struct type_member *member)
{
	return member->bit_size ? arena_printf(arena, "%u bit%s", member->bit_size, member->bit_size == 1 ? "" : "s")
				: "no bit-field";
}

static void compare_member(struct comparison *of, const struct named_member *before, const struct named_member *after)
{
	const struct type_member *old = before->member, *new = after->member;
	struct arena *arena = of->arena;

	if (old->offset_bits != new->offset_bits)
		add(of, TYPE_CHANGE_MEMBER_OFFSET, before->path, place_text(arena, old), place_text(arena, new));
	if (strcmp(old->type, new->type) != 0)
		add(of, TYPE_CHANGE_MEMBER_TYPE, before->path, old->type, new->type);
	if (old->size_bytes != new->size_bytes)
		add(of, TYPE_CHANGE_MEMBER_SIZE, before->path, bytes_text(arena, old->size_bytes),
		    bytes_text(arena, new->size_bytes));
	if (old->bit_size != new->bit_size)
		add(of, TYPE_CHANGE_MEMBER_BITS, before->path, bits_text(arena, old), bits_text(arena, new));
}

/* The first of that name at or behind `from` that has no partner yet; members mostly keep their order. */
static struct named_member *partner(struct member_list *list, const char *path, size_t from)
{
	size_t count = list->members.count;

	for (size_t i = 0; i < count; i++) {
		struct named_member *member = &list->members.items[(from + i) % count];

		if (!member->matched && member->path && strcmp(member->path, path) == 0)
			return member;
	}
	return NULL;
}

/* The nearest member before (-1) or behind (1) that has a name; NULL: none. */
static const char *neighbour(const struct member_list *list, const struct named_member *member, int direction)
{
	const struct named_member *first = list->members.items, *end = first + list->members.count;

	for (const struct named_member *at = member + direction; at >= first && at < end; at += direction)
		if (at->path)
			return at->path;
	return NULL;
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/*
 * What has no partner by name and yet is one and the same: type, place and size are equal, and the neighbours
 * go by the same names.
 */
static struct named_member *renamed(struct member_list *before, struct member_list *after,
				    const struct named_member *old)
{
	for (size_t i = 0; i < after->members.count; i++) {
		struct named_member *new = &after->members.items[i];
		const struct type_member *a = old->member, *b = new->member;

		if (new->matched || !new->path || a->offset_bits != b->offset_bits || a->bit_size != b->bit_size ||
		    a->size_bytes != b->size_bytes || a->parent != b->parent || strcmp(a->type, b->type) != 0)
			continue;
		if (same_text(neighbour(before, old, -1), neighbour(after, new, -1)) &&
		    same_text(neighbour(before, old, 1), neighbour(after, new, 1)))
			return new;
	}
	return NULL;
}

static void match_members(struct comparison *of, struct member_list *before, struct member_list *after)
{
	size_t next = 0;

	for (size_t i = 0; i < before->members.count; i++) {
		struct named_member *old = &before->members.items[i];
		struct named_member *new = old->path ? partner(after, old->path, next) : NULL;

		if (!new)
			continue;
		old->matched = new->matched = true;
		next = (size_t)(new - after->members.items) + 1;
		compare_member(of, old, new);
	}
}

static void compare_members(struct comparison *of)
{
	struct member_list before = {0}, after = {0};

	list_members(of->arena, of->before, &before);
	list_members(of->arena, of->after, &after);
	match_members(of, &before, &after);
	for (size_t i = 0; i < before.members.count; i++) {
		struct named_member *old = &before.members.items[i];
		struct named_member *new = old->path && !old->matched ? renamed(&before, &after, old) : NULL;

		if (!old->path || old->matched)
			continue;
		if (new)
			add(of, TYPE_CHANGE_MEMBER_RENAMED, old->path, old->path, new->path);
		else
			add(of, TYPE_CHANGE_MEMBER_REMOVED, old->path, type_member_text(of->arena, old->member), NULL);
		if (new)
			new->matched = true;
	}
	for (size_t i = 0; i < after.members.count; i++) {
		const struct named_member *new = &after.members.items[i];

		if (new->path && !new->matched)
			add(of, TYPE_CHANGE_MEMBER_ADDED, new->path, NULL, type_member_text(of->arena, new->member));
	}
	vec_free(&before.members);
	vec_free(&after.members);
}

static const struct type_enumerator *find_enumerator(const struct type *type, const char *name, uint32_t near)
{
	for (uint32_t i = 0; i < type->enumerator_count; i++) {
		const struct type_enumerator *found = &type->enumerators[(near + i) % type->enumerator_count];

		if (strcmp(found->name, name) == 0)
			return found;
	}
	return NULL;
}

static const char *value_text(struct arena *arena, const struct type *type, int64_t value)
{
	return type->is_unsigned ? arena_printf(arena, "%llu", (unsigned long long)value)
				 : arena_printf(arena, "%lld", (long long)value);
}

static void compare_enumerators(struct comparison *of)
{
	const struct type *before = of->before, *after = of->after;

	for (uint32_t i = 0; i < before->enumerator_count; i++) {
		const struct type_enumerator *old = &before->enumerators[i];
		const struct type_enumerator *new = find_enumerator(after, old->name, i);
		const char *text = value_text(of->arena, before, old->value);

		if (!new)
			add(of, TYPE_CHANGE_ENUMERATOR_REMOVED, old->name, text, NULL);
		else if (new->value != old->value)
			add(of, TYPE_CHANGE_ENUMERATOR_VALUE, old->name, text,
			    value_text(of->arena, after, new->value));
	}
	for (uint32_t i = 0; i < after->enumerator_count; i++)
		if (!find_enumerator(before, after->enumerators[i].name, i))
			add(of, TYPE_CHANGE_ENUMERATOR_ADDED, after->enumerators[i].name, NULL,
			    value_text(of->arena, after, after->enumerators[i].value));
}

static const char *align_text(struct arena *arena, const struct type *type)
{
	return type->align_bytes ? bytes_text(arena, type->align_bytes) : "as its members need";
}

static void compare_whole(struct comparison *of)
{
	const struct type *before = of->before, *after = of->after;

	if (before->kind != after->kind)
		add(of, TYPE_CHANGE_KIND, NULL, type_kind_text(before->kind), type_kind_text(after->kind));
	/* A typedef without a size stands for what is only declared, or for what has none. */
	if (before->size_bytes != after->size_bytes &&
	    (before->kind != TYPE_TYPEDEF || (before->size_bytes && after->size_bytes)))
		add(of, TYPE_CHANGE_SIZE, NULL, bytes_text(of->arena, before->size_bytes),
		    bytes_text(of->arena, after->size_bytes));
	if (before->align_bytes != after->align_bytes)
		add(of, TYPE_CHANGE_ALIGN, NULL, align_text(of->arena, before), align_text(of->arena, after));
	if (strcmp(before->text ? before->text : "", after->text ? after->text : "") != 0)
		add(of, TYPE_CHANGE_TARGET, NULL, before->text, after->text);
}

void type_compare(struct arena *arena, const struct type *before, const struct type *after,
		  struct type_changes *changes)
{
	struct comparison of = {arena, before, after, changes, type_title(arena, before), before->name};
	size_t first = changes->changes.count;

	if (before->hash == after->hash && type_equal(before, after))
		return;
	if (before->declared != after->declared) {
		add(&of, before->declared ? TYPE_CHANGE_NOW_KNOWN : TYPE_CHANGE_NOW_DECLARED, NULL, NULL, NULL);
	} else {
		compare_whole(&of);
		compare_members(&of);
		compare_enumerators(&of);
	}
	/* Unnamed things, and the order of members, may differ where nothing has a name to tell it by. */
	changes->types += changes->changes.count > first;
}
