// SPDX-License-Identifier: GPL-2.0-or-later
/* Structs, unions, enums, typedefs and what is in them, in one image. */
#include <inttypes.h>
#include <string.h>

#include "atlas/bare.h"
#include "atlas/str.h"
#include "check/look.h"
#include "check/members.h"
#include "check/type_path.h"

struct error *look_types_known(struct look *look)
{
	if (look->types_asked)
		return NULL;
	TRY(store_types_known(look->store, look->image, &look->types_known, &look->modules_typed));
	look->types_asked = true;
	return NULL;
}

static void judge_missing(struct look *look, const char *what, bool declared, struct state *state)
{
	const struct image *image = look->image;

	if (!look->types_known) {
		state->missing = "the atlas holds no types of the image";
	} else if (declared) {
		state->missing = "only declared: what is in it is not known";
	} else if (!image->modules_read) {
		state->missing = "not in vmlinux; modules not read";
		state->not_in_vmlinux = true;
	} else if ((int64_t)look->modules_typed < image->module_count) {
		state->missing = "not in what was read; of some modules the types are not known";
	} else {
		state_absent(look, state, "no %s of this name", what);
		return;
	}
	state_unknown(look, state, "%s", state->missing);
}

void type_members_text(const struct type *type, const struct typedefs *typedefs, struct str *text)
{
	str_addf(text, "%" PRIu64, type->size_bytes);
	for (uint32_t i = 0; i < type->enumerator_count; i++)
		if (type->enumerators[i].member == NO_INDEX)
			str_addf(text, ";%" PRId64 " %s ", type->enumerators[i].value, type->enumerators[i].name);
	for (uint32_t i = 0; i < type->member_count; i++) {
		const struct type_member *member = &type->members[i];
		uint32_t parent = member->parent;

		if (!member->name)
			continue;
		str_addf(text, ";%" PRIu64, member->offset_bits / 8);
		if (member->bit_size)
			str_addf(text, ":%" PRIu64, member->offset_bits % 8);
		str_addc(text, ' ');
		/* Members of a member without a type of its own: "x.a". */
		if (parent != NO_INDEX && parent < type->member_count && type->members[parent].name)
			str_addf(text, "%s.", type->members[parent].name);
		AUTO_STR struct str bare = {0};

		bare_types(member->type, typedefs, &bare);
		str_addf(text, "%s %s", member->name, bare.data);
		if (member->bit_size)
			str_addf(text, ":%" PRIu32, member->bit_size);
	}
}

static struct error *take_type(struct look *look, const struct type_place *places, size_t count, struct state *state)
{
	const struct type *type = places[0].type;

	state->found = FOUND_YES;
	state->values[VALUE_OBJECT] = places[0].object;
	state->values[VALUE_SIZE] = arena_printf(look->arena, "%" PRIu64, type->size_bytes);
	if (type->kind == TYPE_TYPEDEF && type->text) {
		state->values[VALUE_TYPE] = type->text;
		TRY(look_bare(look, type->text, &state->values[VALUE_BARE_TYPE]));
	}
	TRY(look_members(look, type, &state->values[VALUE_MEMBERS]));
	if (count > 1)
		state_unknown(look, state, "%zu definitions of the name: which is meant is not known", count);
	else
		state->remark = arena_printf(look->arena, "%" PRIu64 " bytes", type->size_bytes);
	return NULL;
}

struct error *look_record(struct look *look, const char *name, struct state *state)
{
	const struct type_place *places;
	size_t count;
	bool declared;

	TRY(type_definitions(look, TYPE_STRUCT, name, &places, &count, &declared));
	return count == 1 ? look_members(look, places[0].type, &state->values[VALUE_MEMBERS]) : NULL;
}

static enum type_kind kind_of(enum dependency_kind kind)
{
	return (enum type_kind)(TYPE_STRUCT + (kind - DEP_STRUCT));
}

/* "fs/nfs_common/../nfs/x.h" and "fs/nfs/x.h" are one file: DWARF spells a path as the source included it. */
static char *plain_path(const char *path)
{
	char *plain = xstrdup(path);

	for (char *up; (up = strstr(plain, "/../"));) {
		char *from = up;

		while (from > plain && from[-1] != '/')
			from--;
		memmove(from, up + strlen("/../"), strlen(up + strlen("/../")) + 1);
	}
	return plain;
}

static bool same_file(const char *a, const char *b)
{
	if (!a || !b || str_eq(a, b))
		return str_eq(a, b);
	AUTO_FREE char *plain_a = plain_path(a), *plain_b = plain_path(b);

	return str_eq(plain_a, plain_b);
}

/*
 * Of a module's structs: the definition of the header the module took it from, in whatever object.  Headers move;
 * but what stood beside one driver's sources is not the struct another has under that name.
 */
static struct error *definitions_of_file(struct look *look, const struct dependency *dependency,
					 const struct type_place **places, size_t *count, struct state *state)
{
	const char *file = dependency->own.decl_file;
	const struct type_place *all;
	size_t total, kept = 0;

	if (!file || !*count)
		return NULL;
	TRY(store_types_named(look->store, look->arena, look->image, dependency->subject, &all, &total));
	struct type_place *list = arena_alloc(look->arena, (total + 1) * sizeof(*list));

	for (size_t i = 0; i < total; i++)
		if (all[i].type->kind == kind_of(dependency->kind) && !all[i].type->declared &&
		    same_file(all[i].decl_file, file) && !type_is_among(list, kept, all[i].type))
			list[kept++] = all[i];
	if (kept) {
		*places = list;
		*count = kept;
	} else if (!strstr(file, "include/")) {
		state_unknown(look, state, "the module has it from %s, the image has one of the name in %s", file,
			      (*places)[0].decl_file ? (*places)[0].decl_file : "another file");
	}
	return NULL;
}

/* "struct bpf_attr" of what is a union: said beside that it is not there. */
static struct error *note_other_kind(struct look *look, const struct dependency *dependency, struct state *state)
{
	const struct type_place *places;
	size_t count;
	bool declared;

	for (int kind = TYPE_STRUCT; kind < TYPE_KIND_COUNT; kind++) {
		TRY(type_definitions(look, (enum type_kind)kind, dependency->subject, &places, &count, &declared));
		if (!count)
			continue;
		state_unknown(look, state, "there is %s %s", type_kind_text((enum type_kind)kind), dependency->subject);
		return NULL;
	}
	return NULL;
}

struct error *look_type(struct look *look, const struct dependency *dependency, struct state *state)
{
	const struct type_place *places;
	size_t count;
	bool declared;

	TRY(look_types_known(look));
	TRY(type_definitions(look, kind_of(dependency->kind), dependency->subject, &places, &count, &declared));
	TRY(definitions_of_file(look, dependency, &places, &count, state));
	if (state->unknowns)
		return NULL;
	if (count)
		return take_type(look, places, count, state);
	judge_missing(look, dependency_kind_text(dependency->kind), declared, state);
	return state->found == FOUND_NO ? NULL : note_other_kind(look, dependency, state);
}

/* The definitions of what a field or an enumerator, `rest`, stands in: whatever kind has the name. */
static struct error *find_roots(struct look *look, const struct dependency *dependency, const enum type_kind *kinds,
				size_t kind_count, const char **rest, const struct type_place **places, size_t *count,
				bool *declared)
{
	const char *dot = strchr(dependency->subject, '.');
	const char *name = arena_strndup(look->arena, dependency->subject, (size_t)(dot - dependency->subject));
	bool one = false;

	TRY(look_types_known(look));
	*rest = dot + 1;
	*count = 0;
	*declared = false;
	for (size_t i = 0; i < kind_count && !*count; i++) {
		TRY(type_definitions(look, kinds[i], name, places, count, &one));
		*declared = *declared || one;
	}
	return NULL;
}

static const char *offset_text(struct look *look, const struct type_at *at)
{
	return at->member->bit_size
		       ? arena_printf(look->arena, "%" PRIu64 ":%" PRIu64, at->offset_bits / 8, at->offset_bits % 8)
		       : arena_printf(look->arena, "%" PRIu64, at->offset_bits / 8);
}

static struct error *take_field(struct look *look, const char *object, const struct type_at *at, struct state *state)
{
	const struct type_member *member = at->member;

	state->found = FOUND_YES;
	state->values[VALUE_OBJECT] = object;
	state->values[VALUE_OFFSET] = offset_text(look, at);
	state->values[VALUE_TYPE] = member->bit_size
					    ? arena_printf(look->arena, "%s:%" PRIu32, member->type, member->bit_size)
					    : member->type;
	state->values[VALUE_SIZE] = arena_printf(look->arena, "%" PRIu64, member->size_bytes);
	state->remark = arena_printf(look->arena, "%s at %s", state->values[VALUE_TYPE], state->values[VALUE_OFFSET]);
	return look_bare(look, state->values[VALUE_TYPE], &state->values[VALUE_BARE_TYPE]);
}

static const char *leaf_text(enum core_leaf leaf)
{
	static const char *const texts[] = {"something else", "an integer", "a floating-point number", "an enum",
					    "a pointer",      "an array",   "a struct or union",       "a function"};

	return texts[leaf];
}

/* As the loader does: kinds must fit; of integers sizes may differ, and what copies them is in trouble. */
static struct error *judge_core(struct look *look, const struct own_facts *own, const struct type_member *member,
				struct state *state)
{
	enum core_leaf leaf;

	if (!own->by_core || own->leaf == LEAF_NONE)
		return NULL;
	TRY(type_leaf(look, member->type, &leaf));
	if (leaf == LEAF_NONE)
		state_unknown(look, state, "whether %s fits the object's type", member->type);
	else if (leaf != own->leaf)
		state_issue(look, state, RULE_FIELD_TYPE,
			    "%s in the object, '%s' here: the loader finds no field that fits", leaf_text(own->leaf),
			    member->type);
	else if (own->leaf_bytes && member->size_bytes && own->leaf_bytes != member->size_bytes && !member->bit_size)
		state_issue(look, state, RULE_FIELD_SIZE, "%" PRIu64 " bytes in the object, %" PRIu64 " here ('%s')",
			    own->leaf_bytes, member->size_bytes, member->type);
	return NULL;
}

/* Of several definitions of the struct's name all have to agree, as the loader wants it. */
static void judge_several(struct look *look, size_t count, size_t having, bool agree, struct state *state)
{
	if (count == having && agree)
		return;
	if (having && having < count)
		state_unknown(look, state, "%zu definitions of the struct's name, %zu of them have it", count, having);
	else if (having)
		state_unknown(look, state, "%zu definitions of the struct's name, which place it differently", count);
}

static struct error *walk_all(struct look *look, const struct dependency *dependency, const struct type_place *places,
			      size_t count, const char *path, struct state *state)
{
	size_t having = 0;
	bool agree = true;
	struct type_at at, first = {0};

	for (size_t i = 0; i < count; i++) {
		TRY(type_walk(look, places[i].type, path, &at));
		if (at.member && !having++) {
			first = at;
			TRY(take_field(look, places[i].object, &at, state));
		} else if (at.member) {
			agree = agree && at.offset_bits == first.offset_bits &&
				str_eq(at.member->type, first.member->type);
		}
		if (at.doubt)
			state_unknown(look, state, "%s", at.doubt);
	}
	judge_several(look, count, having, agree, state);
	if (first.member)
		return judge_core(look, &dependency->own, first.member, state);
	if (!state->unknowns)
		state_absent(look, state, "%s has no member %s", places[0].type->name, at.missing);
	return NULL;
}

struct error *look_field(struct look *look, const struct dependency *dependency, struct state *state)
{
	static const enum type_kind kinds[] = {TYPE_STRUCT, TYPE_UNION, TYPE_TYPEDEF};
	const struct type_place *places;
	const char *path;
	size_t count;
	bool declared;

	TRY(find_roots(look, dependency, kinds, ARRAY_LEN(kinds), &path, &places, &count, &declared));
	if (count)
		return walk_all(look, dependency, places, count, path, state);
	judge_missing(look, "struct", declared, state);
	return NULL;
}

static const struct type_enumerator *find_enumerator(const struct type *type, const char *name)
{
	for (uint32_t i = 0; i < type->enumerator_count; i++)
		if (str_eq(type->enumerators[i].name, name))
			return &type->enumerators[i];
	return NULL;
}

static void take_enumerator(struct look *look, const struct type_place *places, size_t count, const char *name,
			    struct state *state)
{
	size_t having = 0;
	bool agree = true;
	int64_t value = 0;

	for (size_t i = 0; i < count; i++) {
		const struct type_enumerator *found = find_enumerator(places[i].type, name);

		if (!found)
			continue;
		if (!having++)
			value = found->value;
		agree = agree && value == found->value;
	}
	judge_several(look, count, having, agree, state);
	if (!having) {
		state_absent(look, state, "enum %s has no %s", places[0].type->name, name);
		return;
	}
	state->found = FOUND_YES;
	state->values[VALUE_OBJECT] = places[0].object;
	state->values[VALUE_VALUE] = arena_printf(look->arena, "%" PRId64, value);
	state->remark = state->values[VALUE_VALUE];
}

struct error *look_enumerator(struct look *look, const struct dependency *dependency, struct state *state)
{
	static const enum type_kind kinds[] = {TYPE_ENUM, TYPE_TYPEDEF};
	const struct type_place *places;
	const char *name;
	size_t count;
	bool declared;

	TRY(find_roots(look, dependency, kinds, ARRAY_LEN(kinds), &name, &places, &count, &declared));
	if (count)
		take_enumerator(look, places, count, name, state);
	else
		judge_missing(look, "enum", declared, state);
	return NULL;
}
