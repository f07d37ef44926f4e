// SPDX-License-Identifier: GPL-2.0-or-later
/* One image's part of a page in the atlas's own style. */
#include <string.h>

#include "atlas/str.h"
#include "html.h"
#include "render/page/keys.h"
#include "render/page/page.h"
#include "render/page/sites.h"
#include "render/words/attach_text.h"
#include "render/words/status.h"
#include "render/words/taken.h"
#include "render/words/text.h"

/* Longer lists are folded, never cut. */
#define SITES_OPEN	     50
#define INSTANCES_OPEN	     12
#define INSTANCES_OPEN_ASIDE 3 /* HTML: of an image that is not the one shown first */
#define SYMBOLS_OPEN	     50
#define SUFFIXES_MAX	     64

static const char *visible(struct arena *arena, const char *text)
{
	return text ? text_visible(arena, text) : NULL;
}

static bool is_module(const char *object)
{
	return object && strcmp(object, "vmlinux") != 0;
}

/* The first lines in the open, the others in an object of their own. */
static void add_lines(struct object *object, const char *const *lines, size_t count)
{
	struct list *open = object_list(object, KEY_items);
	size_t shown = count > SITES_OPEN ? SITES_OPEN : count;

	for (size_t i = 0; i < shown; i++)
		list_text(open, lines[i]);
	if (shown == count)
		return;
	struct object *more = object_object(object, KEY_more);
	struct list *rest = object_list(more, KEY_items);

	object_number(more, KEY_count, count - shown);
	for (size_t i = shown; i < count; i++)
		list_text(rest, lines[i]);
}

static void add_sites(struct arena *arena, struct object *object, template_key key, const struct page_image *shown,
		      const struct site *sites, uint32_t count)
{
	if (shown->input->site) {
		html_sites(arena, object, key, shown, sites, count);
		return;
	}
	struct site_lines found = site_lines_new(arena, sites, count);

	struct object *list = sites_object(arena, object, key, &found.sum);

	if (!list)
		return;
	add_lines(list, found.lines, found.count);
}

/* "In FILE (ADDRESS) [MODULE], global" */
static const char *where_text(struct arena *arena, const struct instance *instance)
{
	const char *linkage = instance->flags & INSTANCE_EXTERNAL ? "global" : "static";
	const char *address = instance->flags & INSTANCE_HAS_ADDRESS
				      ? object_address(arena, instance->section, instance->address)
				      : NULL;
	const char *module =
		is_module(instance->object) ? arena_printf(arena, " [%s]", text_visible(arena, instance->object)) : "";

	if (instance->flags & INSTANCE_NO_DIE)
		return arena_printf(arena, "Known by its symbol only (%s)%s: no debug information",
				    address ? address : "parts of it", module);
	if (!instance->file)
		return arena_printf(arena, "Only declared: no unit of the DWARF defines it%s, %s", module, linkage);
	return arena_printf(arena, "In %s (%s)%s, %s", text_visible(arena, instance->file),
			    address ? address : "no code of its own", module, linkage);
}

static const char *symbol_note(struct arena *arena, const struct instance *instance)
{
	if (instance->symbol)
		return arena_printf(arena, "%s (STB_%s)", text_visible(arena, instance->symbol->name),
				    text_binding(arena, instance->symbol->binding));
	return instance->flags & INSTANCE_HAS_ADDRESS ? "none holds its address" : NULL;
}

static const char *inlining_note(const struct instance *instance)
{
	switch (instance->dw_inline) {
	case 1:
		return "inlined by the compiler";
	case 2:
		return "declared inline, not inlined";
	case 3:
		return "declared inline, and inlined";
	default:
		return instance->flags & INSTANCE_DEFINED || instance->file ? "not inlined" : NULL;
	}
}

/* A declaration of its own: where this instance's differs from the one on top. */
static const char *own_declaration(struct arena *arena, const struct function *function,
				   const struct instance *instance)
{
	if (!instance->prototype || instance->prototype == function->prototype || instance->flags & INSTANCE_ASM)
		return NULL;
	const char *own = text_declaration(arena, function->name, instance->prototype);
	const char *top = function->prototype ? text_declaration(arena, function->name, function->prototype) : "";

	return strcmp(own, top) == 0 ? NULL : own;
}

/* Of several definitions of an external name in one linked object the first has the callers of all. */
static bool takes_all_callers(const struct function *function, const struct instance *instance)
{
	bool other = false;

	if (!(instance->flags & INSTANCE_EXTERNAL))
		return false;
	for (uint32_t i = 0; i < function->instance_count; i++) {
		if (!(function->instances[i].flags & INSTANCE_EXTERNAL) ||
		    !str_eq(function->instances[i].object, instance->object))
			continue;
		if (&function->instances[i] < instance)
			return false;
		other |= &function->instances[i] > instance;
	}
	return other;
}

static void add_notes(struct arena *arena, struct object *object, const struct instance *instance,
		      bool takes_all_callers)
{
	struct list *notes = object_list(object, KEY_notes);

	if (instance->flags & INSTANCE_ASM)
		list_text(notes, "assembler: its parameters are unknown");
	if (instance->flags & INSTANCE_OVERRIDDEN)
		list_text(notes, "overridden: the symbol of this name holds another definition");
	if (takes_all_callers)
		list_text(notes, "callers of every definition of this name are listed here");
	if (instance->copy_of)
		list_text(notes, arena_printf(arena, "copy: its code stands under the symbol %s",
					      text_visible(arena, instance->copy_of)));
	if (instance->linkage)
		list_text(notes, arena_printf(arena, "calls of it go to the symbol %s",
					      text_visible(arena, instance->linkage)));
}

static void add_instance(struct arena *arena, struct object *object, const struct page_image *shown,
			 const struct instance *instance)
{
	const struct function *function = shown->function;
	struct page_image of_instance = *shown;

	of_instance.where = where_text(arena, instance);
	object_text(object, KEY_where, of_instance.where);
	object_text(object, KEY_location, text_location(arena, instance));
	object_text(object, KEY_symbol, symbol_note(arena, instance));
	object_text(object, KEY_inlined, inlining_note(instance));
	object_text(object, KEY_own_declaration, own_declaration(arena, function, instance));
	add_notes(arena, object, instance, takes_all_callers(function, instance));
	add_sites(arena, object, KEY_inlined_callers, &of_instance, instance->inlined, instance->inlined_count);
	add_sites(arena, object, KEY_calls, &of_instance, instance->calls, instance->call_count);
	html_instance(arena, object, shown, instance);
}

static size_t count_instances(const struct function *function)
{
	size_t count = 0;

	for (uint32_t i = 0; i < function->instance_count; i++)
		count += !(function->instances[i].flags & INSTANCE_MENTIONED);
	return count;
}

/* Those of modules too: what the classes pass over is still there to be probed. */
static void add_instances(struct arena *arena, struct object *member, const struct page_image *shown)
{
	const struct function *function = shown->function;
	struct list *list = object_list(member, KEY_instances);
	size_t count = count_instances(function), listed = 0;
	size_t open = shown->input->site && !shown->main ? INSTANCES_OPEN_ASIDE : INSTANCES_OPEN;
	bool folds = count > open + open / 2;
	struct page_image here = *shown;
	struct extra_group *extra = NULL;

	for (uint32_t i = 0; i < function->instance_count; i++) {
		if (function->instances[i].flags & INSTANCE_MENTIONED)
			continue;
		if (folds && listed >= open && shown->input->site) {
			list = html_more_instances(arena, member, &here, count - open, &extra);
		} else if (folds && listed == open) {
			struct object *more = object_object(member, KEY_more_instances);

			object_number(more, KEY_count, count - listed);
			list = object_list(more, KEY_instances);
		}
		add_instance(arena, list_object(list), &here, &function->instances[i]);
		listed++;
	}
}

/* Whose they are is the linker's matter; where that is a guess it is said. */
static void add_import_calls(struct arena *arena, struct object *member, const struct page_image *shown)
{
	const struct function *function = shown->function;

	if (shown->input->site) {
		html_sites(arena, member, KEY_import_calls, shown, function->import_calls, function->import_call_count);
		if (function->import_call_count)
			object_text(member, KEY_import_note,
				    arena_printf(arena, "Called from %u module%s%s", function->imported_by,
						 plural(function->imported_by), status_import_doubt(function)));
		return;
	}
	struct site_lines found = site_lines_new(arena, function->import_calls, function->import_call_count);

	if (found.sum.sites == 0)
		return;
	struct object *list = object_object(member, KEY_import_calls);

	object_text(list, KEY_count,
		    arena_printf(arena, "%zu site%s in %zu function%s of %u module%s%s", found.sum.sites,
				 plural(found.sum.sites), found.sum.callers, plural(found.sum.callers),
				 function->imported_by, plural(function->imported_by), status_import_doubt(function)));
	add_lines(list, found.lines, found.count);
}

static void add_symbols(struct arena *arena, struct object *member, const struct function *function)
{
	struct object *symbols = function->symbol_count ? object_object(member, KEY_symbols) : NULL;
	struct list *list = symbols ? object_list(symbols, KEY_items) : NULL;

	for (uint32_t i = 0; i < function->symbol_count; i++) {
		const struct symbol *symbol = &function->symbols[i];

		if (i == SYMBOLS_OPEN) {
			struct object *more = object_object(symbols, KEY_more);

			object_number(more, KEY_count, function->symbol_count - SYMBOLS_OPEN);
			list = object_list(more, KEY_items);
		}
		struct object *object = list_object(list);

		object_text(object, KEY_address, object_address(arena, symbol->section, symbol->address));
		object_text(object, KEY_end,
			    object_address(arena, symbol->section, symbol->address + symbol->size_bytes));
		object_text(object, KEY_name, text_visible(arena, symbol->name));
		object_text(object, KEY_binding, text_binding(arena, symbol->binding));
		object_text(object, KEY_module, is_module(symbol->object) ? visible(arena, symbol->object) : NULL);
	}
}

static void add_suffixes(struct arena *arena, struct object *member, const struct function *function)
{
	struct symbol_suffix suffixes[SUFFIXES_MAX];
	size_t count = status_suffixes(arena, function, suffixes, ARRAY_LEN(suffixes));

	if (count == 0)
		return;
	struct list *list = object_list(object_object(member, KEY_suffixes), KEY_items);

	for (size_t i = 0; i < count; i++) {
		struct object *object = list_object(list);

		object_text(object, KEY_name, suffixes[i].example);
		object_text(object, KEY_text, suffixes[i].meaning);
	}
}

static void add_declaration(struct arena *arena, struct object *member, const struct function *function)
{
	const char *name = function->readable ? function->readable : function->name;

	if (function_is_assembler(function))
		object_text(member, KEY_no_declaration, "written in assembler, so its parameters are unknown");
	else if (function->prototype)
		object_text(member, KEY_declaration, text_declaration(arena, name, function->prototype));
	else
		object_text(member, KEY_no_declaration, "unknown");
}

static const char *language_text(uint8_t language)
{
	static const char *const texts[] = {
		[LANGUAGE_C] = NULL,
		[LANGUAGE_ASM] = "assembler",
		[LANGUAGE_RUST] = "Rust",
		[LANGUAGE_OTHER] = "language unknown",
	};

	return language < ARRAY_LEN(texts) ? texts[language] : NULL;
}

static void add_taken(struct arena *arena, struct object *member, const struct function *function)
{
	struct taken_lines found = taken_lines_new(arena, function);
	struct object *list = object_object(member, KEY_taken);

	object_text(list, KEY_count, found.summary);
	if (found.count == 0)
		return;
	object_flag(list, KEY_some, true);
	add_lines(list, found.lines, found.count);
}

void atlas_image(struct arena *arena, struct object *member, const struct page_input *input,
		 const struct function *function, bool main)
{
	struct page_image shown = {
		.input = input,
		.function = function,
		.main = main,
		.bytes = input->extra ? &input->extra->bytes : NULL,
	};
	const char *issues = status_issues(arena, function);

	object_text(member, KEY_issues, issues);
	object_text(member, KEY_cell, status_cell(arena, function));
	object_text(member, KEY_language, language_text(function->language));
	add_declaration(arena, member, function);
	object_text(member, KEY_collision, status_collision(arena, function));
	object_text(member, KEY_inlining, status_inlining(arena, function));
	object_text(member, KEY_transformed, status_transformation(function));
	object_text(member, KEY_exported, export_text(arena, function));
	object_text(member, KEY_attach, attach_text(arena, function));
	add_suffixes(arena, member, function);
	add_instances(arena, member, &shown);
	add_sites(arena, member, KEY_alias_calls, &shown, function->alias_calls, function->alias_call_count);
	add_import_calls(arena, member, &shown);
	add_taken(arena, member, function);
	add_symbols(arena, member, function);
}
