// SPDX-License-Identifier: GPL-2.0-or-later
/* What the file has to do with others: headers, calls, primitives, files it was renamed from and to. */
#include <stdlib.h>
#include <string.h>

#include "render/page/keys.h"
#include "render/words/text.h"
#include "source_page.h"

#define ROWS_MAX      60
#define COLUMNS(list) list, ARRAY_LEN(list)

static const struct file_facts *main_facts(const struct source_page *page)
{
	return page->main == NO_IMAGE ? NULL : &page->set->facts[page->main];
}

static const char *main_name(const struct source_page *page)
{
	return page->plan->images[page->main].name;
}

/* Why nothing is known; NULL: something is. */
static const char *no_calls(const struct source_page *page)
{
	if (page->main == NO_IMAGE)
		return "Unknown: no image that was read compiles the file.";
	if (page->plan->images[page->main].evidence == EVIDENCE_SYMBOLS)
		return "Unknown: the image has no DWARF.";
	return NULL;
}

/* A file beside this one, with counts. */
struct other_file {
	uint32_t path, count;
};

struct other_files {
	struct other_file *items;
	size_t count, sum;
};

static int most_first(const void *a, const void *b)
{
	const struct other_file *x = a, *y = b;

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return x->path < y->path ? -1 : x->path > y->path;
}

enum what { CALLS, COPIES };

/* `in`: files that lead here, else those this one leads to. */
static struct other_files gather(const struct source_page *page, bool in, enum what what)
{
	const struct file_facts *facts = main_facts(page);
	size_t count;
	const struct pair_count *links =
		in ? source_links_in(facts, page->id, &count) : source_links(facts, page->id, &count);
	struct other_files files = {arena_alloc(page->arena, (count + 1) * sizeof(*files.items)), 0, 0};

	for (size_t i = 0; i < count; i++) {
		uint32_t sites = what == CALLS ? links[i].calls : links[i].inlined;

		if (!sites)
			continue;
		files.items[files.count++] = (struct other_file){in ? links[i].left : links[i].right, sites};
		files.sum += sites;
	}
	qsort(files.items, files.count, sizeof(*files.items), most_first);
	return files;
}

static void add_file_rows(struct source_page *page, struct object *section, const char *label,
			  const struct other_files *files, const char *unit_of_count)
{
	const char *const columns[] = {"file", unit_of_count};
	struct list *rows = source_table(section, label, COLUMNS(columns));

	for (size_t i = 0; i < files->count && i < ROWS_MAX; i++) {
		struct list *cells = source_cells(rows, NULL), *name = source_cell(cells);

		if (files->items[i].path)
			source_part_file(page, name, page->set->paths[files->items[i].path]);
		else
			source_plain(name, "a file the image does not tell (assembler, or another object)");
		source_plain(source_cell(cells), source_number(page->arena, files->items[i].count));
	}
	if (files->count > ROWS_MAX) {
		struct list *cells = source_cells(rows, NULL);

		source_plain(source_cell(cells), arena_printf(page->arena, "%zu more files", files->count - ROWS_MAX));
		source_plain(source_cell(cells), "");
	}
}

static bool is_header(const char *path)
{
	return str_ends(path, ".h");
}

static void add_users(struct source_page *page)
{
	struct object *section = source_section(page, "Files That Hold Its Code");
	const char *unknown = no_calls(page);
	struct list *notes = NULL;

	if (unknown) {
		source_note(section, &notes, unknown);
		return;
	}
	struct other_files files = gather(page, true, COPIES);

	source_note(section, &notes,
		    arena_printf(page->arena,
				 "In %s %zu compiled file%s: %zu copies, inlined or with code of their own.",
				 main_name(page), files.count, files.count == 1 ? "" : "s", files.sum));
	if (files.count)
		add_file_rows(page, section, "Files", &files, "copies");
}

/* Of the headers named by #include lines: the paths that are certain. */
static bool is_included(const struct source_page *page, const char *path)
{
	for (size_t i = 0; i < page->file.include_count; i++) {
		const char *found = source_include_path(page, &page->file.includes[i]);

		if (found && strcmp(found, path) == 0)
			return true;
	}
	return false;
}

static void add_header_row(struct source_page *page, struct list *rows, const struct other_file *file)
{
	struct list *cells = source_cells(rows, NULL);
	const char *path = page->set->paths[file->path];
	bool parsed = page->tree && page->file.state == SOURCE_PARSED;

	source_part_file(page, source_cell(cells), path);
	source_plain(source_cell(cells), source_number(page->arena, file->count));
	source_plain(source_cell(cells), !parsed		   ? "unknown"
					 : is_included(page, path) ? "by this file"
								   : "by other headers, or as asm/ or generated");
}

void source_add_headers(struct source_page *page)
{
	static const char *const columns[] = {"header", "copies", "included"};

	if (is_header(page->path)) {
		add_users(page);
		return;
	}
	struct object *section = source_section(page, "Headers That Contributed Code");
	const char *unknown = no_calls(page);
	struct list *notes = NULL;

	if (unknown) {
		source_note(section, &notes, unknown);
		return;
	}
	struct other_files files = gather(page, false, COPIES);

	source_note(section, &notes,
		    files.count
			    ? arena_printf(page->arena,
					   "In %s, by copies of their functions, inlined or with code of their own. "
					   "Macros leave no trace.",
					   main_name(page))
			    : arena_printf(page->arena, "None in %s.", main_name(page)));
	if (!files.count)
		return;
	struct list *rows = source_table(section, "Headers", COLUMNS(columns));

	for (size_t i = 0; i < files.count && i < ROWS_MAX; i++)
		if (files.items[i].path)
			add_header_row(page, rows, &files.items[i]);
	if (files.count > ROWS_MAX)
		source_note(section, &notes,
			    arena_printf(page->arena, "%zu more are not listed.", files.count - ROWS_MAX));
}

static void add_calls(struct source_page *page, bool in)
{
	struct object *section = source_section(page, in ? "Calls Into It" : "Calls Out Of It");
	const char *unknown = no_calls(page);
	struct list *notes = NULL;

	if (unknown) {
		source_note(section, &notes, unknown);
		return;
	}
	struct other_files files = gather(page, in, CALLS);

	source_note(
		section, &notes,
		arena_printf(
			page->arena, "In %s: %zu call site%s, %zu file%s. Calls through pointers are not known%s.",
			main_name(page), files.sum, files.sum == 1 ? "" : "s", files.count, files.count == 1 ? "" : "s",
			in && !page->plan->images[page->main].modules_read ? ", and of modules only what was read is"
									   : ""));
	if (files.count)
		add_file_rows(page, section, in ? "Callers by file" : "Callees by file", &files, "call sites");
}

void source_add_calls(struct source_page *page)
{
	add_calls(page, false);
	add_calls(page, true);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The kinds of primitives that are used, each once, in byte order. */
static size_t kinds_of(const struct source_page *page, const struct pair_count *uses, size_t count, const char **kinds)
{
	size_t found = 0;

	for (size_t i = 0; i < count; i++) {
		const char *name = page->set->names[uses[i].right];
		const char *what = source_words_primitive(page->set->words, name).what;
		size_t k = 0;

		while (k < found && strcmp(kinds[k], what) != 0)
			k++;
		if (k == found)
			kinds[found++] = what;
	}
	qsort(kinds, found, sizeof(*kinds), by_text);
	return found;
}

static void add_kind(struct source_page *page, struct list *rows, const char *kind, const struct pair_count *uses,
		     size_t count)
{
	struct list *cells = source_cells(rows, NULL), *parts;

	source_plain(source_cell(cells), kind);
	parts = source_cell(cells);
	for (size_t i = 0; i < count; i++) {
		const char *name = page->set->names[uses[i].right];

		if (strcmp(source_words_primitive(page->set->words, name).what, kind) != 0)
			continue;
		source_part_noted(parts, text_function(page->arena, name), source_function_href(page, name),
				  arena_printf(page->arena, "×%u%s", uses[i].calls + uses[i].inlined,
					       uses[i].calls ? "" : " inlined"));
	}
}

void source_add_primitives(struct source_page *page)
{
	static const char *const columns[] = {"kind", "used"};
	struct object *section = source_section(page, "Primitives");
	const char *unknown = no_calls(page);
	struct list *notes = NULL;
	size_t count = 0;

	if (unknown) {
		source_note(section, &notes, unknown);
		return;
	}
	const struct pair_count *uses = source_uses(main_facts(page), page->id, &count);

	source_note(
		section, &notes,
		count ? arena_printf(page->arena,
				     "Locks, allocations and the like that the code calls in %s, by its call sites.",
				     main_name(page))
		      : arena_printf(page->arena, "None in %s.", main_name(page)));
	if (!count)
		return;
	const char **kinds = arena_alloc(page->arena, (count + 1) * sizeof(*kinds));
	size_t found = kinds_of(page, uses, count, kinds);
	struct list *rows = source_table(section, "Primitives", COLUMNS(columns));

	for (size_t i = 0; i < found; i++)
		add_kind(page, rows, kinds[i], uses, count);
}

void source_add_moves(struct source_page *page)
{
	struct object *section = source_section(page, "Renames Across Versions");
	struct list *notes = NULL, *entries = NULL;

	for (size_t i = 0; i < page->set->moves.count; i++) {
		const struct source_move *move = &page->set->moves.items[i];
		bool from = move->from == page->id;

		if (!page->id || (!from && move->to != page->id))
			continue;
		if (!entries)
			entries = source_list(section);
		struct list *parts = source_entry(entries, from ? "to" : "from");

		source_part_file(page, parts, page->set->paths[from ? move->to : move->from]);
		source_plain(parts,
			     arena_printf(page->arena, "%u of %u functions, between %s and %s", move->moved, move->of,
					  page->plan->images[move->before].name, page->plan->images[move->after].name));
	}
	if (!entries)
		source_note(section, &notes,
			    page->plan->image_count > 1 ? "None between the images that are compared."
							: "Unknown: there is one image only.");
}
