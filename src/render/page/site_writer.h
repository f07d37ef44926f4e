/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writing the site's pages that are not a function's: what they share. */
#ifndef ATLAS_RENDER_SITE_WRITER_H
#define ATLAS_RENDER_SITE_WRITER_H

#include "layout.h"
#include "manifest.h"
#include "marks.h"
#include "page.h"
#include "urls.h"

/* What the function pages' writing has gathered. */
struct site_data {
	const struct site_plan *plan;
	struct arena *arena;	       /* for the run */
	const marks *all_marks;	       /* per wanted name and image */
	const change_set *all_changes; /* likewise */
	const unsigned char *written;  /* per wanted name */
	const page_key *keys;	       /* likewise; NULL: not known */
	struct manifest *manifest;
};

struct site_writer {
	const struct site_data *data;
	struct arena arena; /* for the page at hand */
	struct arena whole; /* for the run */
	struct templates *templates;
	struct layout layout;
	struct str text;
	char *made;		 /* the directory last made; owned */
	VEC(const char *) links; /* of all pages written; in `whole` */
	struct store *store;	 /* see site_writer_store() */
	struct manifest_page page;
};

struct error *site_writer_open(const struct site_data *data, struct site_writer *writer) MUST_CHECK;
void site_writer_close(struct site_writer *writer);
/* The atlas, opened when first asked for; belongs to the writer. */
struct error *site_writer_store(struct site_writer *writer, struct store **store) MUST_CHECK;
/* Writes the page at `page->link` from the template and the values, which live in writer->arena; then resets that. */
struct error *site_write(struct site_writer *writer, const char *template_file, const struct layout_page *page,
			 struct object *values) MUST_CHECK;
/* The same as Markdown, at `link`, which ends in .md. */
struct error *site_write_markdown(struct site_writer *writer, const char *template_file, const char *link,
				  struct object *values) MUST_CHECK;
/* Writes writer->text as it is to the file behind `link`. */
struct error *site_write_text(struct site_writer *writer, const char *link) MUST_CHECK;

/* Rows of function names with what their issues are in each group: `columns`, and `rows` of name, href, cells. */
void site_add_columns(struct site_writer *writer, struct object *page);
void site_add_row(struct site_writer *writer, struct list *rows, size_t wanted);
/* The lists there are, by first byte of a name: `items`.  `shown`: the one at hand has no link; '\0': none. */
#define LETTERS 256
void site_add_letters(struct site_writer *writer, struct object *page, const size_t *counts, char shown);
/* The number of a name among the wanted; SIZE_MAX if it is not one. */
size_t site_find_wanted(const struct site_plan *plan, const char *name);

/* The pages there are few of. */
struct error *site_write_attach(struct site_writer *writer) MUST_CHECK;
struct error *site_write_images(struct site_writer *writer) MUST_CHECK;
struct error *site_write_pairs(struct site_writer *writer) MUST_CHECK;
struct error *site_write_overview(struct site_writer *writer) MUST_CHECK;
struct error *site_write_search(struct site_writer *writer) MUST_CHECK;
struct error *site_write_assets(struct site_writer *writer) MUST_CHECK;
struct error *site_write_feeds(struct site_writer *writer) MUST_CHECK;

/* Counts of one image. */
struct site_counts {
	size_t names;		  /* functions it has */
	size_t plain;		  /* of these, without any mark */
	size_t marks[MARK_COUNT]; /* by mark */
};

void site_count_image(const struct site_data *data, size_t image, struct site_counts *counts);

#endif
