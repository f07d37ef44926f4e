// SPDX-License-Identifier: GPL-2.0-or-later
/* What the source itself says: includes, declarations, the piece that shows the file's role. */
#include <string.h>

#include "atlas/type.h"
#include "render/page/keys.h"
#include "render/words/text.h"
#include "source_page.h"

#define NAMES_MAX    200 /* of one kind; the rest is counted */
#define NO_TREE	     "Unknown: no source tree that was given (--source) has this file."
#define NOT_PARSED   "Unknown: the file was not parsed."
#define TAB_COLUMNS  8
#define SNIPPET_ROOM 200 /* columns; longer lines are cut */

/* "a/b" and "../c.h" make "a/c.h"; NULL if that leads out of the tree. */
static const char *join_path(struct arena *arena, const char *folder, const char *name)
{
	AUTO_STR struct str path = {0};

	str_add(&path, folder);
	while (*name) {
		size_t length = strcspn(name, "/");

		if (length == 2 && strncmp(name, "..", 2) == 0) {
			const char *slash = path.length ? strrchr(path.data, '/') : NULL;

			if (!path.length)
				return NULL;
			path.length = slash ? (size_t)(slash - path.data) : 0;
			path.data[path.length] = '\0';
		} else if (length && !(length == 1 && *name == '.')) {
			str_add(&path, path.length ? "/" : "");
			str_addn(&path, name, length);
		}
		name += length + (name[length] == '/');
	}
	return arena_strdup(arena, path.data ? path.data : "");
}

static bool is_there(const struct source_page *page, const char *path)
{
	return path &&
	       (source_file_find(page->tree->source, path) != SIZE_MAX || url_source(page->arena, page->plan, path));
}

/* Where an #include leads; what depends on the architecture or on the build stays open: NULL. */
static const char *resolve(const struct source_page *page, const struct source_include *include)
{
	const char *own = folder_of(page->arena, page->path), *arch = "";
	const char *const folders[] = {"include", "include/uapi", "%s/include", "%s/include/uapi"};

	if (include->computed)
		return NULL;
	const char *beside = include->system ? NULL : join_path(page->arena, own, include->name);

	if (is_there(page, beside))
		return beside;
	if (str_starts(page->path, "arch/")) {
		size_t length = strcspn(page->path + strlen("arch/"), "/");

		arch = arena_strndup(page->arena, page->path, strlen("arch/") + length);
	}
	for (size_t i = 0; i < ARRAY_LEN(folders); i++) {
		bool of_arch = folders[i][0] == '%';
		const char *folder = of_arch ? arena_printf(page->arena, "%s%s", arch, folders[i] + 2) : folders[i];
		const char *path = of_arch && !*arch ? NULL : join_path(page->arena, folder, include->name);

		if (is_there(page, path))
			return path;
	}
	return NULL;
}

const char *source_include_path(const struct source_page *page, const struct source_include *include)
{
	return page->tree ? resolve(page, include) : NULL;
}

static const char *under_condition(struct source_page *page, const char *condition)
{
	return condition ? arena_printf(page->arena, " if %s", text_visible(page->arena, condition)) : NULL;
}

static const char *unknown_reason(const struct source_page *page)
{
	if (!page->tree)
		return NO_TREE;
	return page->file.state == SOURCE_PARSED ? NULL : NOT_PARSED;
}

static void add_includes(struct source_page *page)
{
	struct object *section = source_section(page, "Dependency Surface");
	const char *unknown = unknown_reason(page);
	struct list *notes = NULL;

	if (unknown || !page->file.include_count) {
		source_note(section, &notes, unknown ? unknown : "The file includes no header.");
		return;
	}
	struct list *entries = source_list(section);

	for (size_t i = 0; i < page->file.include_count; i++) {
		const struct source_include *include = &page->file.includes[i];
		const char *path = resolve(page, include);
		struct list *parts = source_entry(entries, NULL);

		source_part(parts, text_visible(page->arena, include->name),
			    path ? source_href(page, url_source(page->arena, page->plan, path)) : NULL);
		if (include->computed)
			source_plain(parts, "a macro names the file");
		if (include->condition)
			source_plain(parts, under_condition(page, include->condition) + 1);
	}
}

/* Names of one kind as a list entry that begins with how many there are. */
struct name_entry {
	struct source_page *page;
	struct list *entries, *parts;
	const char *kind;
	size_t count, shown;
};

static void name_entry_begin(struct name_entry *entry, const char *kind, size_t count)
{
	entry->kind = kind;
	entry->count = count;
	entry->shown = 0;
	entry->parts =
		count ? source_entry(entry->entries, arena_printf(entry->page->arena, "%s (%zu)", kind, count)) : NULL;
}

static bool name_entry_room(struct name_entry *entry)
{
	if (++entry->shown <= NAMES_MAX)
		return true;
	if (entry->shown == NAMES_MAX + 1)
		source_plain(entry->parts, arena_printf(entry->page->arena, "and %zu more", entry->count - NAMES_MAX));
	return false;
}

static void add_type_names(struct name_entry *entry, enum source_type_kind kind, const char *word)
{
	const struct source_file *file = &entry->page->file;
	size_t count = 0;

	for (size_t i = 0; i < file->type_count; i++)
		count += file->types[i].kind == kind;
	name_entry_begin(entry, word, count);
	for (size_t i = 0; i < file->type_count; i++)
		if (file->types[i].kind == kind && name_entry_room(entry))
			source_part(entry->parts, text_visible(entry->page->arena, file->types[i].name), NULL);
}

static void add_from_tree(struct name_entry *entry)
{
	struct source_page *page = entry->page;
	const struct source_file *file = &page->file;

	name_entry_begin(entry, "syscall", file->syscall_count);
	for (size_t i = 0; i < file->syscall_count; i++)
		if (name_entry_room(entry))
			source_part(entry->parts, text_visible(page->arena, file->syscalls[i].name), NULL);
	add_type_names(entry, SOURCE_STRUCT, "struct");
	add_type_names(entry, SOURCE_UNION, "union");
	add_type_names(entry, SOURCE_ENUM, "enum");
	add_type_names(entry, SOURCE_TYPEDEF, "typedef");
	name_entry_begin(entry, "function", file->function_count);
	for (size_t i = 0; i < file->function_count; i++)
		if (name_entry_room(entry))
			source_part_function(page, entry->parts, file->functions[i].name);
	name_entry_begin(entry, "operation table", file->table_count);
	for (size_t i = 0; i < file->table_count; i++)
		if (name_entry_room(entry))
			source_part(entry->parts,
				    arena_printf(page->arena, "%s (struct %s)",
						 text_visible(page->arena, file->tables[i].name),
						 text_visible(page->arena, file->tables[i].type)),
				    NULL);
	name_entry_begin(entry, "module init", file->initcall_count);
	for (size_t i = 0; i < file->initcall_count; i++)
		if (name_entry_room(entry))
			source_part_function(page, entry->parts,
					     file->initcalls[i].function ? file->initcalls[i].function
									 : file->initcalls[i].argument);
	name_entry_begin(entry, "export", file->export_count);
	for (size_t i = 0; i < file->export_count; i++)
		if (name_entry_room(entry))
			source_part_function(page, entry->parts, file->exports[i].name);
}

/* Sorted by kind and name; a name comes once for each size. */
static bool is_another(const struct file_type *types, size_t i, enum type_kind kind)
{
	return types[i].kind == kind &&
	       (i == 0 || types[i - 1].kind != kind || strcmp(types[i - 1].name, types[i].name) != 0);
}

static void add_image_types(struct name_entry *entry, const struct file_facts *facts, enum type_kind kind)
{
	size_t count, names = 0;
	const struct file_type *types = source_types(facts, entry->page->id, &count);

	for (size_t i = 0; i < count; i++)
		names += is_another(types, i, kind);
	name_entry_begin(entry, type_kind_text(kind), names);
	for (size_t i = 0; i < count; i++)
		if (is_another(types, i, kind) && name_entry_room(entry))
			source_part(entry->parts, text_visible(entry->page->arena, types[i].name), NULL);
}

static void add_image_functions(struct name_entry *entry)
{
	struct source_page *page = entry->page;
	size_t count = 0;

	for (size_t i = 0; i < page->row_count; i++)
		count += page->rows[i].of_image[page->main] != NULL;
	name_entry_begin(entry, "function", count);
	for (size_t i = 0; i < page->row_count; i++)
		if (page->rows[i].of_image[page->main] && name_entry_room(entry))
			source_part_function(page, entry->parts, page->rows[i].name);
}

/* Without a tree: what one image has of the file, and nothing of the others. */
static void add_from_image(struct name_entry *entry)
{
	struct source_page *page = entry->page;
	const struct file_facts *facts = &page->set->facts[page->main];
	size_t count;

	add_image_types(entry, facts, TYPE_STRUCT);
	add_image_types(entry, facts, TYPE_UNION);
	add_image_types(entry, facts, TYPE_ENUM);
	add_image_functions(entry);
	const struct file_initcall *calls = source_initcalls(facts, page->id, &count);

	name_entry_begin(entry, "module init", count);
	for (size_t i = 0; i < count; i++)
		if (name_entry_room(entry))
			source_part_function(page, entry->parts, page->set->names[calls[i].name]);
	const struct file_export *exports = source_exports(facts, page->id, &count);

	name_entry_begin(entry, "export", count);
	for (size_t i = 0; i < count; i++)
		if (name_entry_room(entry))
			source_part_function(page, entry->parts, page->set->names[exports[i].name]);
}

static void add_declared(struct source_page *page)
{
	struct object *section = source_section(page, "Detected Declarations");
	struct list *notes = NULL;
	const char *unknown = unknown_reason(page);
	struct name_entry entry = {.page = page, .entries = source_list(section)};

	if (!unknown) {
		add_from_tree(&entry);
		if (page->file.macro_count)
			source_plain(source_entry(entry.entries, "macros"),
				     arena_printf(page->arena, "%u #define lines", page->file.macro_count));
		return;
	}
	source_note(section, &notes, unknown);
	if (page->main == NO_IMAGE)
		return;
	source_note(section, &notes,
		    arena_printf(page->arena,
				 "What %s knows of it; system calls%s and tables of operations are unknown:",
				 page->plan->images[page->main].name,
				 page->set->facts[page->main].types_known ? "" : ", structs, enums"));
	add_from_image(&entry);
}

static const char *const snippet_words[] = {
	[SNIPPET_NONE] = "",
	[SNIPPET_INITCALL] = "Registers what is called at the start",
	[SNIPPET_EXPORT] = "An exported symbol",
	[SNIPPET_TABLE] = "A table of operations",
	[SNIPPET_SYSCALL] = "A system call",
	[SNIPPET_FUNCTION] = "A function",
	[SNIPPET_TYPE] = "A struct",
};

/* Tabs as blanks, and all else that could move the line made visible. */
static void add_line(struct arena *arena, struct str *out, const char *line, size_t length)
{
	AUTO_STR struct str wide = {0};

	str_add(&wide, "");
	for (size_t i = 0; i < length && wide.length < SNIPPET_ROOM; i++) {
		if (line[i] == '\t')
			do
				str_addc(&wide, ' ');
			while (wide.length % TAB_COLUMNS);
		else
			str_addc(&wide, line[i]);
	}
	str_add(out, text_visible(arena, wide.data));
}

static void add_lines(struct source_page *page, struct object *code)
{
	const struct source_snippet *snippet = &page->file.snippet;
	AUTO_STR struct str text = {0};
	const char *line = snippet->text;

	for (uint32_t number = snippet->line; *line; number++) {
		size_t length = strcspn(line, "\n");

		str_addf(&text, "%s%5u  ", text.length ? "\n" : "", number);
		add_line(page->arena, &text, line, length);
		line += length + (line[length] == '\n');
	}
	object_text(code, KEY_text, arena_strdup(page->arena, text.data ? text.data : ""));
}

static void add_snippet(struct source_page *page)
{
	const struct source_snippet *snippet = &page->file.snippet;
	struct object *section = source_section(page, "Annotated Snippet");
	const char *unknown = unknown_reason(page);
	struct list *notes = NULL;

	if (unknown || snippet->kind == SNIPPET_NONE) {
		source_note(section, &notes, unknown ? unknown : "Nothing in the file stands out.");
		return;
	}
	source_note(section, &notes,
		    arena_printf(page->arena, "%s, from line %u%s.", snippet_words[snippet->kind], snippet->line,
				 snippet->cut ? "; it goes on after what is shown" : ""));
	add_lines(page, object_object(section, KEY_snippet));
}

void source_add_declarations(struct source_page *page)
{
	add_includes(page);
	add_declared(page);
	add_snippet(page);
}
