// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The class rules.  An image's vmlinux decides where it knows the function at
 * all; the modules decide only about what vmlinux does not name.
 */
#include "atlas/classify.h"

#include <ctype.h>
#include <string.h>

#include "atlas/facts.h"
#include "atlas/str.h"

#define ENUM_TEXT(id, text) [id] = (text),

const char *collision_text(enum collision collision)
{
	static const char *const texts[] = {COLLISIONS(ENUM_TEXT)};

	return texts[collision];
}

const char *inlining_text(enum inlining inlining)
{
	static const char *const texts[] = {INLINES(ENUM_TEXT)};

	return texts[inlining];
}

/* Which objects a verdict looks at: vmlinux alone, or all. */
struct view {
	const struct facts *facts;
	const struct fact_function *function;
	bool vmlinux_only;
};

static bool is_vmlinux(const struct facts *facts, uint32_t object)
{
	return str_eq(intern_text(&facts->strings, facts->objects.items[object].name), "vmlinux");
}

static bool in_view(const struct view *view, uint32_t object)
{
	return !view->vmlinux_only || is_vmlinux(view->facts, object);
}

static const struct fact_instance *instance_at(const struct view *view, uint32_t n)
{
	return &view->facts->instances.items[view->function->first_instance + n];
}

static const struct fact_symbol *symbol_at(const struct view *view, uint32_t n)
{
	return &view->facts->symbols.items[view->function->first_symbol + n];
}

/* What only a caller's words, or code without a DIE, know of says nothing about the function. */
static bool was_read(const struct fact_instance *instance)
{
	return !(instance->flags & (INSTANCE_MENTIONED | INSTANCE_NO_DIE));
}

static struct view view_of(const struct facts *facts, const struct fact_function *function)
{
	struct view view = {facts, function, false};

	for (uint32_t i = 0; i < function->instances && !view.vmlinux_only; i++)
		view.vmlinux_only = was_read(instance_at(&view, i)) && is_vmlinux(facts, instance_at(&view, i)->object);
	for (uint32_t i = 0; i < function->symbols && !view.vmlinux_only; i++)
		view.vmlinux_only = is_vmlinux(facts, symbol_at(&view, i)->object);
	return view;
}

static bool same_location(const struct fact_instance *a, const struct fact_instance *b)
{
	return a->decl_file == b->decl_file && a->decl_line == b->decl_line;
}

/* The definitions of an external name are one entry in each linked object: the first stands for them. */
static bool is_another_definition(const struct view *view, uint32_t n)
{
	const struct fact_instance *instance = instance_at(view, n);

	if (!(instance->flags & INSTANCE_EXTERNAL))
		return false;
	while (n-- > 0) {
		const struct fact_instance *before = instance_at(view, n);

		if (before->flags & INSTANCE_EXTERNAL && was_read(before) && before->object == instance->object)
			return true;
	}
	return false;
}

static enum collision collision_of(const struct view *view)
{
	const struct fact_instance *first = NULL;
	uint32_t statics = 0, globals = 0;
	bool one_location = true;

	for (uint32_t i = 0; i < view->function->instances; i++) {
		const struct fact_instance *instance = instance_at(view, i);
		bool external = instance->flags & INSTANCE_EXTERNAL;

		if (!was_read(instance) || !in_view(view, instance->object) || is_another_definition(view, i))
			continue;
		statics += !external;
		globals += external;
		if (!first)
			first = instance;
		else if (!same_location(first, instance))
			one_location = false;
	}
	if (!first)
		return COLLISION_UNKNOWN;
	if (statics + globals == 1)
		return globals ? COLLISION_UNIQUE_GLOBAL : COLLISION_UNIQUE_STATIC;
	if (one_location)
		return COLLISION_STATIC_DUPLICATION;
	return globals ? COLLISION_STATIC_GLOBAL : COLLISION_STATIC_STATIC;
}

static uint32_t count_others(const struct facts *facts, uint32_t first, uint32_t count)
{
	uint32_t others = 0;

	for (uint32_t i = 0; i < count; i++)
		others += !(facts->edges.items[first + i].flags & EDGE_SELF);
	return others;
}

/* What the instances say of inlining, summed over those in view. */
struct inlined {
	uint32_t instances;
	uint32_t copies;  /* inlined copies, those into itself included */
	bool by_compiler; /* some DW_AT_inline says that the compiler inlined it */
};

static struct inlined count_sites(const struct view *view, struct class *class)
{
	struct inlined inlined = {0};

	for (uint32_t i = 0; i < view->function->instances; i++) {
		const struct fact_instance *instance = instance_at(view, i);

		if (instance->flags & INSTANCE_MENTIONED || !in_view(view, instance->object))
			continue;
		inlined.instances += was_read(instance);
		inlined.copies += instance->inlined_edges;
		inlined.by_compiler |= instance->dw_inline == 1 || instance->dw_inline == 3;
		class->inlined_sites += count_others(view->facts, instance->first_edge, instance->inlined_edges);
		class->call_sites +=
			count_others(view->facts, instance->first_edge + instance->inlined_edges, instance->call_edges);
	}
	return inlined;
}

static enum inlining inlining_of(const struct view *view, const struct inlined *inlined, uint32_t symbols)
{
	/* Published facts leave out the copies below out-of-line copies, so there the flag alone must do. */
	bool imported = view->facts->image.evidence == EVIDENCE_IMPORTED;

	if (inlined->instances == 0)
		return INLINE_UNKNOWN;
	if (symbols == 0)
		return inlined->copies || (imported && inlined->by_compiler) ? INLINE_FULL : INLINE_NO_SYMBOL;
	return inlined->by_compiler ? INLINE_SELECTIVE : INLINE_NO;
}

/* ".cold", and ".cold.N" as gcc up to version 8 wrote it: rarely run blocks moved away, the entry stays. */
static bool is_cold_suffix(const char *suffix)
{
	if (!str_starts(suffix, ".cold"))
		return false;
	suffix += strlen(".cold");
	if (*suffix == '.')
		suffix++;
	while (isdigit((unsigned char)*suffix))
		suffix++;
	return *suffix == '\0';
}

static uint32_t count_symbols(const struct view *view, struct class *class)
{
	uint32_t count = 0;
	bool plain = false, only_cold = true;

	for (uint32_t i = 0; i < view->function->symbols; i++) {
		const struct fact_symbol *symbol = symbol_at(view, i);

		if (!in_view(view, symbol->object))
			continue;
		const char *suffix = strchr(intern_text(&view->facts->strings, symbol->name), '.');

		count++;
		if (!suffix)
			plain = true;
		else if (!is_cold_suffix(suffix))
			only_cold = false;
		class->transformed |= suffix != NULL;
	}
	class->only_split = class->transformed && plain && only_cold;
	return count;
}

enum inlining class_inlining(const struct class *class, enum evidence evidence)
{
	if (class->inlining == INLINE_SELECTIVE && evidence == EVIDENCE_DWARF && class->inlined_sites == 0)
		return INLINE_NO;
	if (class->inlining == INLINE_NO && class->inlined_sites)
		return INLINE_SELECTIVE;
	return class->inlining;
}

struct class classify(const struct facts *facts, uint32_t function)
{
	struct view view = view_of(facts, &facts->functions.items[function]);
	struct class class = {0};
	struct inlined inlined = count_sites(&view, &class);

	class.collision = collision_of(&view);
	class.inlining = inlining_of(&view, &inlined, count_symbols(&view, &class));
	return class;
}
