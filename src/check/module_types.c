// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Layouts a module was built with.  DWARF does not tell which members its code
 * touches; what is compared are the structs and unions that the prototypes of its
 * own functions and of its imports name, and those they contain by value.
 */
#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "atlas/scan.h"
#include "atlas/str.h"
#include "atlas/type_pool.h"
#include "check/dependency.h"
#include "check/members.h"

struct type_reading {
	const char *path;
	struct facts facts;
	struct dependencies *dependencies;
	VEC(const struct type *) wanted; /* each once; what they contain joins at the end */
};

/* What a source file, or a header outside of the kernel's tree, declares is the module's own. */
static bool is_kernels(const struct type_reading *reading, const struct fact_type *type)
{
	const char *file = intern_text(&reading->facts.strings, type->decl_file);

	return file && *file != '/' && !str_ends(file, ".c");
}

static const struct type *find_type(const struct type_reading *reading, enum type_kind kind, const char *name,
				    size_t length)
{
	for (size_t i = 0; i < reading->facts.types.count; i++) {
		const struct type *type = type_pool_get(reading->facts.types.items[i].type);

		if (!is_kernels(reading, &reading->facts.types.items[i]))
			continue;
		if (type->kind == kind && !type->declared && type->name && strncmp(type->name, name, length) == 0 &&
		    !type->name[length])
			return type;
	}
	return NULL;
}

static void want(struct type_reading *reading, const struct type *type)
{
	if (!type)
		return;
	for (size_t i = 0; i < reading->wanted.count; i++)
		if (reading->wanted.items[i] == type)
			return;
	vec_add(&reading->wanted, type);
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
	const struct type *type = find_type(reading, kind, word, length);

	if (!type)
		return;
	if (kind != TYPE_TYPEDEF || type->member_count)
		want(reading, type);
	else if (type->text && !find_type(reading, TYPE_TYPEDEF, type->text, strlen(type->text)))
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
		const struct type *type = reading->wanted.items[i];

		for (uint32_t m = 0; m < type->member_count; m++)
			if (!strchr(type->members[m].type, '*'))
				want_named(reading, type->members[m].type);
	}
}

static enum dependency_kind dependency_kind_of(enum type_kind kind)
{
	return (enum dependency_kind)(DEP_STRUCT + (kind - TYPE_STRUCT));
}

static void add_wanted(struct type_reading *reading)
{
	struct dependencies *dependencies = reading->dependencies;

	for (size_t i = 0; i < reading->wanted.count; i++) {
		const struct type *type = reading->wanted.items[i];
		AUTO_STR struct str text = {0};
		struct dependency *made =
			dependency_add(dependencies, dependency_kind_of(type->kind), type->name, reading->path, 0);

		type_members_text(type, &text);
		made->own.built_with = true;
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
		want_all(&reading);
		add_wanted(&reading);
	}
	vec_free(&reading.wanted);
	facts_fini(&reading.facts);
	return err;
}
