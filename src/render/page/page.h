/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From what the atlas knows of one function to the values of its page. */
#ifndef ATLAS_RENDER_PAGE_H
#define ATLAS_RENDER_PAGE_H

#include "atlas/function.h"
#include "atlas/groups.h"
#include "atlas/presence.h"
#include "atlas/template.h"
#include "render/words/objects.h"
#include "render/words/tables.h"
#include "site_plan.h"

/* The page's function is a macro over another one, or another name is a macro over it. */
struct page_rename {
	const struct rename_entry *entry;
	const char *link;			 /* relative path of the other page; NULL if it has none */
	const struct function *const *functions; /* of entry->over, per image */
	bool is_macro;				 /* the page's own name is the macro */
};

/* Bit per enum change_kind. */
typedef uint64_t change_set;
#define CHANGE_SET_UNKNOWN ((change_set)1 << 63) /* something could not be compared */

struct page_input {
	const char *name;
	const struct image *images;
	size_t image_count;
	const struct groups *groups;
	const struct function *const *functions; /* per image; NULL where it does not name it */
	const struct object_functions *objects;	 /* per image: of all its objects; NULL: `functions` are all */
	const struct page_rename *renames;
	size_t rename_count;
	const struct site_plan *links; /* where other pages are; NULL: they are not linked to */
	const struct site_plan *site;  /* HTML: rows and links are made from it; NULL for Markdown */
	struct extra_pages *extra;     /* HTML: out, what gets pages of its own (extra_pages.h) */
	size_t main_image;	       /* HTML: the one shown first and open; NO_IMAGE: none has it */
	change_set *of_images;	       /* out, per image: against the one it is compared with; may be NULL */
};

/* The published style shows vmlinux only; false if no image has anything to show. */
bool depsurf_page_exists(const struct page_input *input);
struct object *depsurf_page(struct arena *arena, const struct page_input *input);

/* The atlas's own style. */
struct object *atlas_page(struct arena *arena, const struct page_input *input);

/* Parts of it. */
void atlas_matrix(struct arena *arena, struct object *page, const struct page_input *input);
void atlas_image(struct arena *arena, struct object *member, const struct page_input *input,
		 const struct function *function, bool main);
/* Where probes attach, over all images: `verdicts`; none where no image knows. */
void atlas_verdicts(struct arena *arena, struct object *page, const struct page_input *input);
void atlas_differences(struct arena *arena, struct object *page, const struct page_input *input);
/* The id of an image's part of the page. */
const char *atlas_anchor(struct arena *arena, const struct image *image);
/* To the page of the other name; NULL if there is none. */
const char *atlas_rename_link(struct arena *arena, const struct page_input *input, const struct page_rename *rename);
/* The rename that tells why `image` may have no function of this name; NULL if there is none. */
const struct page_rename *atlas_rename(const struct page_input *input, size_t image);
/* The same where it does have none, so that the name is nothing but a macro there. */
const struct page_rename *atlas_macro(const struct page_input *input, size_t image);

#endif
