// SPDX-License-Identifier: GPL-2.0-or-later
/* What images made of the file: where it was compiled, its functions, exports and initcalls. */
#include <stdlib.h>
#include <string.h>

#include "atlas/classify.h"
#include "atlas/facts.h"
#include "render/page/keys.h"
#include "render/words/text.h"
#include "source_page.h"

#define OBJECTS_MAX   12
#define COLUMNS(list) list, ARRAY_LEN(list)

/* What a file's absence from an image means. */
static const char *absence(const struct source_page *page, size_t image)
{
	const struct image *of = &page->plan->images[image];

	if (of->scope)
		return "unknown: only some functions of the image were read";
	if (!page->set->facts[image].units_known)
		return "unknown: the image does not tell which files it was made of";
	return of->modules_read ? "not compiled" : "not in vmlinux; its modules were not read";
}

/* Objects that were linked from the unit. */
static void add_objects(struct source_page *page, size_t image, struct list *parts)
{
	const struct file_facts *facts = &page->set->facts[image];
	size_t count;
	const struct file_unit *units = source_units(facts, page->id, &count);

	for (size_t i = 0; i < count && i < OBJECTS_MAX; i++)
		source_part(parts, text_visible(page->arena, facts->objects[units[i].object]), NULL);
	if (count > OBJECTS_MAX)
		source_plain(parts, arena_printf(page->arena, "and %zu more modules", count - OBJECTS_MAX));
	if (count)
		return;
	/* No unit of its own: its code is in the units of others. */
	const struct pair_count *links = source_links_in(facts, page->id, &count);
	size_t units_with = 0;

	for (size_t i = 0; i < count; i++)
		units_with += links[i].inlined != 0;
	source_plain(parts,
		     units_with ? arena_printf(page->arena, "code of it is in %zu other file%s that %s compiled",
					       units_with, units_with == 1 ? "" : "s", units_with == 1 ? "was" : "were")
				: "its functions were met in what other files include");
}

void source_add_compiled(struct source_page *page)
{
	static const char *const columns[] = {"image", "in"};
	struct object *section = source_section(page, "Images That Compile It");
	struct list *rows = source_table(section, "Images", COLUMNS(columns));

	for (size_t i = 0; i < page->plan->image_count; i++) {
		struct list *cells = source_cells(rows, NULL), *name = source_cell(cells), *parts = source_cell(cells);

		source_part(name, page->plan->images[i].name,
			    page->markdown ? NULL : url_image(page->arena, &page->plan->images[i]));
		if (page->compiled[i])
			add_objects(page, i, parts);
		else
			source_plain(parts, absence(page, i));
	}
}

static const char *class_words(struct arena *arena, const struct file_function *function)
{
	static const char *const words[] = {
		[INLINE_UNKNOWN] = "symbol only",	  [INLINE_NO] = "not inlined",
		[INLINE_SELECTIVE] = "inlined in places", [INLINE_FULL] = "inlined everywhere",
		[INLINE_NO_SYMBOL] = "no symbol",
	};
	const char *inlining = function->inlining < ARRAY_LEN(words) ? words[function->inlining] : "unknown";
	bool shared = function->collision != COLLISION_UNKNOWN && function->collision != COLLISION_UNIQUE_GLOBAL &&
		      function->collision != COLLISION_UNIQUE_STATIC;

	return arena_printf(arena, "%s, %s%s%s", function->flags & INSTANCE_EXTERNAL ? "global" : "static", inlining,
			    function->transformed ? ", transformed" : "", shared ? ", name shared" : "");
}

static const char *cell_words(const struct source_page *page, const struct source_row *row, size_t image)
{
	if (row->of_image[image])
		return class_words(page->arena, row->of_image[image]);
	return page->plan->images[image].scope ? "not read" : "absent";
}

/* Images by what they say, the commonest first told; those that do not compile the file have nothing to say. */
static void add_classes(struct source_page *page, const struct source_row *row, struct list *cells)
{
	size_t count = page->plan->image_count;
	struct list *parts = source_cell(cells);
	const char **words = arena_zalloc(page->arena, (count + 1) * sizeof(*words));
	bool *same = arena_zalloc(page->arena, count + 1);

	for (size_t i = 0; i < count; i++)
		words[i] = page->compiled[i] ? cell_words(page, row, i) : NULL;
	for (size_t i = 0; i < count; i++) {
		const char *of_this = words[i];
		bool all = true;

		for (size_t k = 0; k < count && of_this; k++) {
			same[k] = words[k] && strcmp(of_this, words[k]) == 0;
			all = all && (same[k] || !page->compiled[k]);
		}
		for (size_t k = 0; k < count && of_this; k++)
			words[k] = same[k] ? NULL : words[k];
		if (of_this)
			source_plain(parts,
				     all ? of_this
					 : arena_printf(page->arena, "%s: %s", source_images(page, same), of_this));
	}
}

/* The macro of the tree whose lines make what stands at `line`. */
static const char *macro_at(const struct source_page *page, uint32_t line)
{
	for (size_t i = 0; line && i < page->file.function_count; i++) {
		const struct source_function *function = &page->file.functions[i];

		if (function->macro && line >= function->first_line && line <= function->end_line)
			return function->macro;
	}
	for (size_t i = 0; line && i < page->file.initcall_count; i++)
		if (page->file.initcalls[i].line == line)
			return page->file.initcalls[i].macro;
	return NULL;
}

/* What tree and images of its release disagree on; NULL: nothing, or nobody knows. */
static const char *disagreement(const struct source_page *page, const struct source_row *row)
{
	bool there = false, compiled = false, partly = false;

	for (size_t i = 0; i < page->plan->image_count; i++) {
		if (!source_is_release(page, i))
			continue;
		there = there || row->of_image[i];
		compiled = compiled || page->compiled[i];
		partly = partly || page->plan->images[i].scope || !page->set->facts[i].units_known ||
			 page->plan->images[i].evidence != EVIDENCE_DWARF;
	}
	if (row->written && !there && compiled && !partly)
		return row->written->condition
			       ? arena_printf(page->arena, "⚠️ in no image of %s: needs %s", page->tree->version,
					      text_visible(page->arena, row->written->condition))
			       : arena_printf(page->arena, "⚠️ in no image of %s: configuration, or unused",
					      page->tree->version);
	if (row->written || !there || page->file.state != SOURCE_PARSED)
		return NULL;
	uint32_t line = 0;

	for (size_t i = 0; i < page->plan->image_count; i++)
		if (source_is_release(page, i) && row->of_image[i])
			line = row->of_image[i]->line;
	const char *macro = macro_at(page, line);

	return macro ? arena_printf(page->arena, "made by %s", text_visible(page->arena, macro))
		     : "⚠️ in images only: a macro makes it, or the tree is another";
}

static void add_written(struct source_page *page, const struct source_row *row, struct list *cells)
{
	struct list *parts = source_cell(cells);
	const char *fault = page->tree ? disagreement(page, row) : NULL;

	if (!page->tree)
		source_plain(parts, "unknown");
	else if (row->written)
		source_plain(parts, row->written->macro	      ? arena_printf(page->arena, "made by %s",
									     text_visible(page->arena, row->written->macro))
				    : row->written->is_static ? "static"
							      : "global");
	else if (page->file.state != SOURCE_PARSED)
		source_plain(parts, "not parsed");
	else if (!fault)
		source_plain(parts, "not in this tree");
	if (fault)
		source_plain(parts, fault);
}

/* The line is that of the tree, or of one image; a link elsewhere leads to the same release. */
static void add_place(struct source_page *page, const struct source_row *row, struct list *cells)
{
	struct list *parts = source_cell(cells);
	const struct image of_tree = {.version = page->tree && page->tree->version ? page->tree->version : ""};
	const struct image *release = row->line_image == NO_IMAGE ? &of_tree : &page->plan->images[row->line_image];

	if (!row->line)
		return;
	source_part_noted(parts, source_number(page->arena, row->line),
			  url_elixir(page->arena, release, page->path, row->line),
			  row->line_image != NO_IMAGE && page->tree
				  ? arena_printf(page->arena, "in %s", page->set->labels[row->line_image])
				  : "");
}

void source_add_functions(struct source_page *page)
{
	static const char *const columns[] = {"function", "line", "source", "images"};
	struct object *section = source_section(page, "Functions");
	struct list *notes = NULL;

	if (!page->row_count) {
		source_note(section, &notes,
			    page->tree && page->file.state == SOURCE_PARSED
				    ? "None, in the source and in all images."
				    : "No image has a function of this file; the source is unknown.");
		return;
	}
	source_note(section, &notes,
		    page->tree
			    ? arena_printf(page->arena,
					   "Source: the tree of %s. Images: those that compile the file; one text for "
					   "all means that they agree.",
					   page->tree->version ? page->tree->version : "an unknown version")
			    : "No source tree was given: what is not compiled is unknown.");
	struct list *rows = source_table(section, "Functions", COLUMNS(columns));

	for (size_t i = 0; i < page->row_count; i++) {
		const struct source_row *row = &page->rows[i];
		struct list *cells = source_cells(rows, url_function_id(page->arena, row->name));

		source_part_function(page, source_cell(cells), row->name);
		add_place(page, row, cells);
		add_written(page, row, cells);
		add_classes(page, row, cells);
	}
}

/* Exports and initcalls: what an entry is in the tree and in each image, one row a key. */
struct named_entry {
	const char *name, *what; /* "GPL, namespace X"; "level 4" */
	bool written;
	bool *of_image;
	const char **details;  /* per image: CRC */
	const char *condition; /* the #if around it in the tree; NULL: none */
	uint32_t line;
};

#define AT_EXIT "when the module goes"

struct entry_list {
	VEC(struct named_entry) items;
	struct source_page *page;
};

static struct named_entry *entry_get(struct entry_list *list, const char *name, const char *what)
{
	size_t images = list->page->plan->image_count + 1;

	for (size_t i = 0; i < list->items.count; i++)
		if (strcmp(list->items.items[i].name, name) == 0 && strcmp(list->items.items[i].what, what) == 0)
			return &list->items.items[i];
	vec_add(&list->items, ((struct named_entry){
				      .name = name,
				      .what = what,
				      .of_image = arena_zalloc(list->page->arena, images * sizeof(bool)),
				      .details = arena_zalloc(list->page->arena, images * sizeof(char *)),
			      }));
	return &list->items.items[list->items.count - 1];
}

static const char *export_words(struct arena *arena, bool gpl, const char *space)
{
	const char *kind = gpl ? "GPL only" : "for all";

	return space && *space ? arena_printf(arena, "%s, namespace %s", kind, text_visible(arena, space)) : kind;
}

static void gather_exports(struct source_page *page, struct entry_list *list)
{
	for (size_t i = 0; page->tree && i < page->file.export_count; i++) {
		const struct source_export *written = &page->file.exports[i];
		struct named_entry *entry =
			entry_get(list, written->name, export_words(page->arena, written->gpl, written->space));

		entry->written = true;
		entry->line = written->line;
		entry->condition = written->condition;
	}
	for (size_t i = 0; i < page->plan->image_count; i++) {
		const struct file_facts *facts = &page->set->facts[i];
		size_t count;
		const struct file_export *exports = source_exports(facts, page->id, &count);

		for (size_t k = 0; k < count; k++) {
			struct named_entry *entry = entry_get(
				list, page->set->names[exports[k].name],
				export_words(page->arena, exports[k].gpl, page->set->names[exports[k].namespace]));

			entry->of_image[i] = true;
			entry->details[i] = exports[k].crc ? arena_printf(page->arena, "0x%08x", exports[k].crc) : NULL;
		}
	}
}

/* What runs when a module goes is left out of what is built in. */
static bool keeps_exits(const struct source_page *page, size_t image)
{
	const struct file_facts *facts = &page->set->facts[image];
	size_t count;
	const struct file_unit *units = source_units(facts, page->id, &count);

	for (size_t i = 0; i < count; i++)
		if (strcmp(facts->objects[units[i].object], "vmlinux") != 0)
			return true;
	return false;
}

/* Whether all images of the tree's release that compile the file lack it. */
static bool is_missing(const struct source_page *page, const struct named_entry *entry, bool exports)
{
	bool compiled = false;

	for (size_t i = 0; i < page->plan->image_count; i++) {
		const struct file_facts *facts = &page->set->facts[i];
		bool known = exports ? facts->exports_known : facts->initcalls_known;

		if (!source_is_release(page, i) || !page->compiled[i] ||
		    (strcmp(entry->what, AT_EXIT) == 0 && !keeps_exits(page, i)))
			continue;
		if (entry->of_image[i] || !known || page->plan->images[i].scope)
			return false;
		compiled = true;
	}
	return compiled;
}

static bool in_release(const struct source_page *page, const struct named_entry *entry)
{
	for (size_t i = 0; i < page->plan->image_count; i++)
		if (source_is_release(page, i) && entry->of_image[i])
			return true;
	return false;
}

static const char *entry_source(const struct source_page *page, const struct named_entry *entry, bool exports)
{
	if (!page->tree)
		return "unknown";
	const char *condition =
		entry->condition ? arena_printf(page->arena, ", if %s", text_visible(page->arena, entry->condition))
				 : "";

	if (entry->written)
		return is_missing(page, entry, exports)
			       ? arena_printf(page->arena, "⚠️ line %u%s, but in no image of %s", entry->line,
					      condition, page->tree->version)
			       : arena_printf(page->arena, "line %u%s", entry->line, condition);
	if (page->file.state != SOURCE_PARSED)
		return "not parsed";
	return in_release(page, entry) ? "⚠️ in images only" : "not in this tree";
}

/* "6.1...: 0x1234" per image with a detail; else the images together. */
static void add_entry_images(struct source_page *page, const struct named_entry *entry, struct list *cells)
{
	struct list *parts = source_cell(cells);
	bool *plain = arena_zalloc(page->arena, page->plan->image_count + 1), any = false;

	for (size_t i = 0; i < page->plan->image_count; i++) {
		plain[i] = entry->of_image[i] && !entry->details[i];
		any = any || plain[i];
		if (entry->of_image[i] && entry->details[i])
			source_plain(parts,
				     arena_printf(page->arena, "%s: %s", page->set->labels[i], entry->details[i]));
	}
	if (any || list_length(parts) == 0)
		source_plain(parts, source_images(page, plain));
}

static void add_entries(struct source_page *page, struct entry_list *list, struct object *section,
			const char *const *columns, bool exports)
{
	struct list *rows = source_table(section, exports ? "Exports" : "Initcalls", columns, 4);

	for (size_t i = 0; i < list->items.count; i++) {
		const struct named_entry *entry = &list->items.items[i];
		struct list *cells = source_cells(rows, NULL);

		source_part_function(page, source_cell(cells), entry->name);
		source_plain(source_cell(cells), entry->what);
		source_plain(source_cell(cells), entry_source(page, entry, exports));
		add_entry_images(page, entry, cells);
	}
}

/* Why the list may not be whole. */
static const char *not_known(const struct source_page *page, bool exports)
{
	bool known = false;

	for (size_t i = 0; i < page->plan->image_count; i++) {
		const struct file_facts *facts = &page->set->facts[i];

		known = known || (page->compiled[i] && (exports ? facts->exports_known : facts->initcalls_known));
	}
	if (!known && !page->tree)
		return "Unknown: neither an image nor a source tree tells.";
	if (!known)
		return "No image tells of it; what the source says:";
	return page->tree ? NULL : "No source tree was given: what images say.";
}

void source_add_exports(struct source_page *page)
{
	static const char *const columns[] = {"symbol", "exported", "source", "images and CRC"};
	struct object *section = source_section(page, "Exports");
	struct entry_list list = {.page = page};
	struct list *notes = NULL;
	const char *unknown = not_known(page, true);

	gather_exports(page, &list);
	if (unknown)
		source_note(section, &notes, unknown);
	if (list.items.count)
		add_entries(page, &list, section, columns, true);
	else
		source_note(section, &notes, "None.");
	vec_free(&list.items);
}

/* A module calls at its load what is built in at a level: the source cannot know which it will be. */
static const char *level_words(struct arena *arena, const char *level)
{
	if (!level)
		return "level unknown";
	if (strcmp(level, "module") == 0)
		return "when the module is loaded";
	if (strcmp(level, "exit") == 0)
		return AT_EXIT;
	return arena_printf(arena, "level %s", text_visible(arena, level));
}

static void gather_image_calls(struct source_page *page, struct entry_list *list, size_t image)
{
	size_t count;
	const struct file_initcall *calls = source_initcalls(&page->set->facts[image], page->id, &count);

	for (size_t k = 0; k < count; k++) {
		const char *name = page->set->names[calls[k].name];
		struct named_entry *entry = entry_get(list, name, level_words(page->arena, calls[k].level));

		entry->of_image[image] = true;
		/* Linked into a module, the same line of the source is its init. */
		for (size_t i = 0; i < list->items.count && strcmp(calls[k].level, "module") == 0; i++)
			if (list->items.items[i].written && strcmp(list->items.items[i].name, name) == 0 &&
			    !entry->written && !str_eq(list->items.items[i].what, AT_EXIT)) {
				entry->written = true;
				entry->line = list->items.items[i].line;
				list->items.items[i].of_image[image] = true;
				list->items.items[i].details[image] = "as a module";
			}
	}
}

static void write_call(struct entry_list *list, const struct source_initcall *written, const char *name,
		       const char *what)
{
	struct named_entry *entry = entry_get(list, name, what);

	entry->written = true;
	entry->line = written->line;
	entry->condition = written->condition;
}

/* module_platform_driver(x) and its kin make both x_init() and x_exit(). */
static void gather_written_call(struct source_page *page, struct entry_list *list,
				const struct source_initcall *written)
{
	const char *name = written->function ? written->function : written->argument;
	bool both = str_starts(written->macro, "module_") && !str_eq(written->macro, "module_init") &&
		    str_ends(name, "_init");

	write_call(list, written, name, level_words(page->arena, written->level));
	if (both)
		write_call(list, written,
			   arena_printf(page->arena, "%.*s_exit", (int)(strlen(name) - strlen("_init")), name),
			   AT_EXIT);
}

void source_add_initcalls(struct source_page *page)
{
	static const char *const columns[] = {"function", "called", "source", "images"};
	struct object *section = source_section(page, "Initcalls");
	struct entry_list list = {.page = page};
	struct list *notes = NULL;
	const char *unknown = not_known(page, false);

	for (size_t i = 0; page->tree && i < page->file.initcall_count; i++)
		gather_written_call(page, &list, &page->file.initcalls[i]);
	for (size_t i = 0; i < page->plan->image_count; i++)
		gather_image_calls(page, &list, i);
	if (unknown)
		source_note(section, &notes, unknown);
	if (list.items.count)
		add_entries(page, &list, section, columns, false);
	else
		source_note(section, &notes, "None.");
	vec_free(&list.items);
}
