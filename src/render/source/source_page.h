/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The page of one source file, as a list of sections: each has texts, facts,
 * lists, a piece of source or a table, all made of parts that may be links.
 */
#ifndef ATLAS_RENDER_SOURCE_PAGE_H
#define ATLAS_RENDER_SOURCE_PAGE_H

#include "atlas/template.h"
#include "render/page/site_writer.h"
#include "source_set.h"

/* A function of the file, in whatever image or tree. */
struct source_row {
	const char *name;
	const struct source_function *written; /* in the tree; NULL: not there */
	const struct file_function **of_image; /* per image; NULL where it has none here */
	uint32_t line;			       /* in the tree, else in an image; 0 unknown */
	size_t line_image;		       /* which; NO_IMAGE: the tree */
};

struct source_page {
	struct arena *arena; /* of the page */
	const struct site_data *data;
	const struct site_plan *plan;
	const struct source_set *set;
	bool markdown;
	const char *path;
	uint32_t id;			/* of the path in the atlas; 0: no image knows it */
	const struct source_tree *tree; /* the one shown; NULL: none that was given has the file */
	struct source_file file;	/* of it */
	bool *compiled;			/* per image: it is a unit there, or holds code */
	size_t main;			/* the image told of in full; NO_IMAGE: none compiles it */
	struct source_row *rows;	/* by line, then name */
	size_t row_count;
	struct list *sections;
};

/* source_page.c: the values of the page. */
struct object *source_page_values(struct arena *arena, const struct site_data *data, size_t number, bool markdown);

/* Its file in trees and images; the rows come later. */
void source_page_begin(struct source_page *page, struct arena *arena, const struct site_data *data, size_t number,
		       bool markdown);
/* source_key.c */
page_key source_page_key(const struct site_data *data, size_t number);

/* source_parts.c */

/* A link of this page to another one (urls.h), as the format writes it; NULL stays NULL. */
const char *source_href(const struct source_page *page, const char *url);
struct object *source_section(struct source_page *page, const char *title);
struct list *source_list(struct object *section);  /* its entries */
struct list *source_facts(struct object *section); /* for source_fact() */
void source_note(struct object *section, struct list **notes, const char *text);
void source_fact(struct source_page *page, struct list *facts, const char *name, const char *value);
/* A list entry or a cell: its parts follow, parted by commas. */
struct list *source_entry(struct list *entries, const char *label);
struct list *source_cell(struct list *cells);
void source_part(struct list *parts, const char *text, const char *href);
/* `note` follows the text. */
void source_part_noted(struct list *parts, const char *text, const char *href, const char *note);
void source_plain(struct list *parts, const char *text); /* not set as code */
void source_part_file(struct source_page *page, struct list *parts, const char *path);
/* NULL: the function has no page in this run. */
const char *source_function_href(struct source_page *page, const char *name);
void source_part_function(struct source_page *page, struct list *parts, const char *name);
/* The table of a section: its rows. */
struct list *source_table(struct object *section, const char *label, const char *const *columns, size_t count);
struct list *source_cells(struct list *rows, const char *anchor); /* its cells */
/* "6.1.176-1-cloud-amd64, ...": images whose flag is set; "all N" where all are. */
const char *source_images(struct source_page *page, const bool *of_image);
const char *source_number(struct arena *arena, uint64_t number);

/* source_rows.c: functions of trees and images put together. */
void source_rows_gather(struct source_page *page);
bool source_is_release(const struct source_page *page, size_t image);

/* The sections; each adds what it has. */
void source_add_declarations(struct source_page *page); /* source_text.c */
void source_add_compiled(struct source_page *page);	/* source_built.c */
void source_add_functions(struct source_page *page);
void source_add_exports(struct source_page *page);
void source_add_initcalls(struct source_page *page);
void source_add_structs(struct source_page *page); /* source_structs.c */
void source_add_headers(struct source_page *page); /* source_links.c */
void source_add_calls(struct source_page *page);
void source_add_primitives(struct source_page *page);
void source_add_moves(struct source_page *page);

/* Where an #include of the shown tree leads; NULL where that depends on the build. */
const char *source_include_path(const struct source_page *page, const struct source_include *include);

/* What the traits are told from: kinds of data/traits.tsv. */
bool source_has_kind(const struct source_page *page, const char *kind);

#endif
