/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kinds of pages a site has a great many of.  Search, sitemap and the worker
 * processes know of no other list: a kind is added by a struct page_kind in its
 * own file, and its line in page_kinds.c.
 */
#ifndef ATLAS_RENDER_PAGE_KINDS_H
#define ATLAS_RENDER_PAGE_KINDS_H

#include "render/page/site_writer.h"

struct page_kind {
	const char *name; /* "source": what the search calls it, and the folder of its pages */
	bool by_letter;	  /* pages are NAME/L/TEXT.html, L by page_letter(); else NAME/TEXT.html */
	size_t (*count)(const struct site_data *data);
	/* What page `number` is called, as the atlas has it, and where it is (urls.h); no link: there is no page. */
	const char *(*text)(const struct site_data *data, size_t number);
	const char *(*link)(struct arena *arena, const struct site_data *data, size_t number);
	/* Of all the page is made from (page_keys.h); absent: it is made in every run. */
	page_key (*key)(const struct site_data *data, size_t number);
	/* Writes it, with site_write(), in a worker process; NULL: they are written when the lists begin. */
	struct error *(*write)(struct site_writer *writer, size_t number);
	/* The pages that lead to them, in the one process that is left then; may be NULL. */
	struct error *(*write_lists)(struct site_writer *writer);
};

extern const struct page_kind function_kind, source_kind, type_kind;

/* All kinds, in the order in which they are told. */
extern const struct page_kind *const page_kinds[];
extern const size_t page_kind_count;

/* Every page of the HTML site but the functions', which are written. */
struct error *page_kinds_write(const struct site_data *data) MUST_CHECK;
/* Of a run that writes Markdown only: pages of source files. */
struct error *page_kinds_write_markdown(const struct site_data *data) MUST_CHECK;

#endif
