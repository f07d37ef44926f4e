/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is too long for a function's page gets pages of its own beside it, by image:
 * lists of callers, and instances of a function that hundreds of units have.
 */
#ifndef ATLAS_RENDER_EXTRA_PAGES_H
#define ATLAS_RENDER_EXTRA_PAGES_H

#include "render/page/layout.h"
#include "render/page/page.h"
#include "render/page/sites.h"

/* A list, or instances, on one page or several. */
struct extra_group {
	const struct image *image;
	const char *title;	/* "Direct callers" */
	const char *where;	/* a list: the instance it is of; may be NULL */
	struct site_rows rows;	/* a list's */
	size_t count;		/* rows, or instances */
	unsigned pages;		/* so far */
	const char *first_link; /* of the first of them */
	size_t bytes;		/* about what is on the last page so far */
};

struct extra_page {
	const struct extra_group *group;
	const char *link;
	struct object *values;
	struct list *instances; /* in `values`, where they are that */
	size_t from, to;	/* of the rows or instances, counted from 0 */
};

/* Those of one function's page. */
struct extra_pages {
	VEC(struct extra_page) items;
	size_t bytes; /* about what the lists on the function's page itself are */
};

/* Whether a list may stand where `bytes` stand already; then it is added to them.  `roomy`: on a page that has no other
 * end. */
bool extra_list_fits(const struct site_rows *rows, bool roomy, size_t *bytes);
/* Gives a list pages of its own: from `made`, which has image, title, where and rows. */
const struct extra_group *extra_list_add(struct arena *arena, struct extra_pages *pages, const struct page_input *input,
					 const struct extra_group *made);
/* Begins instances that have pages of their own: image, title and count are given. */
struct extra_group *extra_instances_new(struct arena *arena, const struct extra_group *made);
/* Where the next instance goes: on a new page if the last one is full. */
struct list *extra_instances_next(struct arena *arena, struct extra_pages *pages, const struct page_input *input,
				  struct extra_group *group);
/* How many of the list are where, the largest share first: "drivers/net 812, fs/ext4 120, elsewhere 30". */
const char *extra_list_folders(struct arena *arena, const struct site_rows *rows);
/* The whole page, at page->link. */
void extra_page_run(struct arena *arena, struct layout *layout, const struct template *template,
		    const struct page_input *input, const struct extra_pages *pages, const struct extra_page *page,
		    struct str *out);

/* html_page.c: a row of a table of callers. */
void html_site_row(struct arena *arena, struct list *rows, const struct page_input *input, const struct site_row *row);

#endif
