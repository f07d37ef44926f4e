/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a function's HTML page has beyond its Markdown one. */
#ifndef ATLAS_RENDER_HTML_H
#define ATLAS_RENDER_HTML_H

#include "extra_pages.h"
#include "render/page/page.h"

/* A function in an image, on the page of `input`. */
struct page_image {
	const struct page_input *input;
	const struct function *function;
	bool main;	   /* shown open */
	const char *where; /* the instance at hand; NULL: none */
	size_t *bytes;	   /* HTML: of the lists on the page at hand, this one or one beside it */
	bool roomy;	   /* HTML: that page ends when it is full */
};

/* Sites as the rows of a table, here or on pages of their own (extra_pages.h); sets `key` in `object`. */
void html_sites(struct arena *arena, struct object *object, template_key key, const struct page_image *shown,
		const struct site *sites, uint32_t count);
/* Where an instance goes that is not shown at once: on a page of its own, which `member` then leads to; `more` is NULL
 * before the first. */
struct list *html_more_instances(struct arena *arena, struct object *member, struct page_image *shown, size_t count,
				 struct extra_group **more);
void html_instance(struct arena *arena, struct object *object, const struct page_image *shown,
		   const struct instance *instance);
void html_member(struct arena *arena, struct object *member, const struct page_input *input, size_t image);
void html_cell(struct arena *arena, struct object *cell, const struct page_input *input, size_t image);
void html_pair(struct arena *arena, struct object *pair, const struct page_input *input,
	       const struct group_member *member);
/* The whole page: the values of atlas_page() and these; fills input->main_image and input->of_images. */
struct object *html_page(struct arena *arena, struct page_input *input);

/* Two declarations as one line of HTML, what went in <del>, what came in <ins>. */
const char *html_difference(struct arena *arena, const char *before, const char *after);
/* Address size and callers over the regular images as an SVG; NULL where there are fewer than two values. */
const char *html_timeline(struct arena *arena, const struct page_input *input);

#endif
