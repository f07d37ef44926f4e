/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: model */
/* Names that are a macro over another function (data/renames.tsv).  All texts live as long as the process. */
#ifndef ATLAS_RENAMES_H
#define ATLAS_RENAMES_H

#include <stddef.h>

struct rename_entry {
	const char *name;  /* what the source calls */
	const char *over;  /* the function behind it */
	const char *since; /* release, or NULL */
	const char *reason;
};

/* The entry whose macro is `name`, or NULL. */
const struct rename_entry *rename_of_macro(const char *name);
/* The n-th entry whose function is `over`, or NULL. */
const struct rename_entry *rename_over(const char *over, size_t n);

#endif
