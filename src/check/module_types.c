// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Layouts a module was built with.  DWARF does not tell which members its code
 * touches; what is compared are the structs and unions that the prototypes of its
 * own functions and of its imports name, and those they contain by value.
 */
#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "atlas/bare.h"
#include "atlas/scan.h"
#include "atlas/str.h"
#include "atlas/type_pool.h"
#include "check/members.h"
#include "check/read.h"

struct wanted_type {
	const struct type *type;
	const char *decl_file;
};

struct type_reading {
	const char *path;
	struct facts facts;
	struct dependencies *dependencies;
	VEC(struct wanted_type) wanted; /* each once; what they contain joins at the end */
};

/* What a source file, or a header outside of the kernel's tree, declares is the module's own. */
static bool is_kernels(const struct type_reading *reading, const struct fact_type *type)
{
	const char *file = intern_text(&reading->facts.strings, type->decl_file);

	return file && *file != '/' && !str_ends(file, ".c");
}

static struct wanted_type find_type(const struct type_reading *reading, enum type_kind kind, const char *name,
				    size_t length)
{
	for (size_t i = 0; i < reading->facts.types.count; i++) {
		const struct fact_type *fact = &reading->facts.types.items[i];
		const struct type *type = type_pool_get(fact->type);

		if (!is_kernels(reading, fact))
			continue;
		if (type->kind == kind && !type->declared && type->name && strncmp(type->name, name, length) == 0 &&
		    !type->name[length])
			return (struct wanted_type){type, intern_text(&reading->facts.strings, fact->decl_file)};
	}
	return (struct wanted_type){0};
}

static void want(struct type_reading *reading, struct wanted_type wanted)
{
	for (size_t i = 0; i < reading->wanted.count; i++)
		if (reading->wanted.items[i].type == wanted.type)
			return;
	vec_add(&reading->wanted, wanted);
}

static size_t word_length(const char *text)
{
	size_t length = 0;

	while (isalnum((unsigned char)text[length]) || text[length] == '_')
		length++;
	return length;
}

static void want_named(struct type_reading *reading, const char *text);

static void want_word(struct type_reading *reading, enum type_kind kind, const char *word, size_t length)
{
	struct wanted_type found = find_type(reading, kind, word, length);
	const struct type *type = found.type;

	if (!type)
		return;
	if (kind != TYPE_TYPEDEF || type->member_count)
		want(reading, found);
	else if (type->text && !find_type(reading, TYPE_TYPEDEF, type->text, strlen(type->text)).type)
		want_named(reading, type->text);
}

/* Every "struct X" and "union X" of a declaration, and what its typedefs stand for, one name deep. */
static void want_named(struct type_reading *reading, const char *text)
{
	enum type_kind kind = TYPE_TYPEDEF;

	while (text && *text) {
		size_t length = word_length(text);

		if (length == 0) {
			text++;
			continue;
		}
		if (length == 6 && strncmp(text, "struct", length) == 0) {
			kind = TYPE_STRUCT;
		} else if (length == 5 && strncmp(text, "union", length) == 0) {
			kind = TYPE_UNION;
		} else {
			want_word(reading, kind, text, length);
			kind = TYPE_TYPEDEF;
		}
		text += length;
	}
}

static void want_prototype(struct type_reading *reading, uint32_t index)
{
	const struct facts *facts = &reading->facts;

	if (index == NO_INDEX)
		return;
	const struct fact_prototype *prototype = &facts->prototypes.items[index];

	want_named(reading, intern_text(&facts->strings, prototype->returns));
	for (uint32_t i = 0; i < prototype->params; i++)
		want_named(reading, intern_text(&facts->strings, facts->params.items[prototype->first_param + i].decl));
}

/* A header's inline functions are the kernel's, not the module's. */
static bool is_own(const struct facts *facts, const struct fact_instance *instance)
{
	const char *file = intern_text(&facts->strings, instance->decl_file);

	return !file || !strstr(file, "include/") || !(instance->flags & INSTANCE_DEFINED);
}

static void want_all(struct type_reading *reading)
{
	for (size_t i = 0; i < reading->facts.instances.count; i++)
		if (is_own(&reading->facts, &reading->facts.instances.items[i]))
			want_prototype(reading, reading->facts.instances.items[i].prototype);
	for (size_t i = 0; i < reading->dependencies->items.count; i++) {
		want_named(reading, reading->dependencies->items.items[i].own.values[VALUE_PARAMETERS]);
		want_named(reading, reading->dependencies->items.items[i].own.values[VALUE_RETURNS]);
	}
	/* The list grows while it is walked. */
	for (size_t i = 0; i < reading->wanted.count; i++) {
		const struct type *type = reading->wanted.items[i].type;

		for (uint32_t m = 0; m < type->member_count; m++)
			if (!strchr(type->members[m].type, '*'))
				want_named(reading, type->members[m].type);
	}
}

static enum dependency_kind dependency_kind_of(enum type_kind kind)
{
	return (enum dependency_kind)(DEP_STRUCT + (kind - TYPE_STRUCT));
}

/* Of all typedefs, the module's own, too. */
static const char *stands_for(void *context, const char *name)
{
	const struct type_reading *reading = context;

	for (size_t i = 0; i < reading->facts.types.count; i++) {
		const struct type *type = type_pool_get(reading->facts.types.items[i].type);

		if (type->kind == TYPE_TYPEDEF && str_eq(type->name, name))
			return type->text;
	}
	return NULL;
}

static const char *bare_of(struct type_reading *reading, const char *text)
{
	const struct typedefs typedefs = {stands_for, reading};
	AUTO_STR struct str bare = {0};

	if (!text)
		return NULL;
	bare_types(text, &typedefs, &bare);
	return arena_strdup(&reading->dependencies->arena, bare.data);
}

static void add_bare(struct type_reading *reading)
{
	for (size_t i = 0; i < reading->dependencies->items.count; i++) {
		const char **values = reading->dependencies->items.items[i].own.values;

		values[VALUE_BARE_RETURNS] = bare_of(reading, values[VALUE_RETURNS]);
		values[VALUE_BARE_PARAMETERS] = bare_of(reading, values[VALUE_PARAMETERS]);
	}
}

static void add_wanted(struct type_reading *reading)
{
	const struct typedefs typedefs = {stands_for, reading};
	struct dependencies *dependencies = reading->dependencies;

	for (size_t i = 0; i < reading->wanted.count; i++) {
		const struct type *type = reading->wanted.items[i].type;
		AUTO_STR struct str text = {0};
		struct dependency *made =
			dependency_add(dependencies, dependency_kind_of(type->kind), type->name, reading->path, 0);

		type_members_text(type, &typedefs, &text);
		made->own.built_with = true;
		made->own.decl_file = arena_strdup(&dependencies->arena, reading->wanted.items[i].decl_file);
		made->own.values[VALUE_MEMBERS] = arena_strdup(&dependencies->arena, text.data);
	}
	vec_add(&dependencies->notes,
		arena_printf(&dependencies->arena,
			     "%s: layouts compared are those of the %zu structs that prototypes of its functions and "
			     "imports "
			     "name, and what these contain; which members its code touches is not known",
			     reading->path, reading->wanted.count));
}

struct error *module_types_read(const char *path, const void *bytes, size_t size_bytes,
				struct dependencies *dependencies)
{
	struct type_reading reading = {.path = path, .dependencies = dependencies};
	struct scan_options options = {.decoder = DECODER_OWN, .jobs = 1};

	facts_init(&reading.facts);
	struct error *err = scan_module(path, bytes, size_bytes, &options, &reading.facts);

	if (!err) {
		add_bare(&reading);
		want_all(&reading);
		add_wanted(&reading);
	}
	vec_free(&reading.wanted);
	facts_fini(&reading.facts);
	return err;
}
