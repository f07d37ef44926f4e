/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parts of the site's first page. */
#ifndef ATLAS_RENDER_SITE_OVERVIEW_H
#define ATLAS_RENDER_SITE_OVERVIEW_H

#include "render/page/site_writer.h"

/* Adds a plot to a list of them: title, plot, open. */
void site_add_plot(struct site_writer *writer, struct list *plots, const size_t *of_images, const char *what,
		   const char *id, bool open);
/* How many functions have a symbol with which suffix, by image: `suffixes`, absent where none has. */
struct error *site_add_suffixes(struct site_writer *writer, struct object *values) MUST_CHECK;

#endif
