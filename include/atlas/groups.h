/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: model */
/*
 * Which images a page shows, in which groups, under which label, and with
 * which other image each is compared.
 */
#ifndef ATLAS_GROUPS_H
#define ATLAS_GROUPS_H

#include <stdbool.h>
#include <stddef.h>

#include "atlas/image.h"
#include "atlas/mem.h"

enum group_kind { GROUP_REGULAR, GROUP_ARCH, GROUP_FLAVOR, GROUP_COUNT };

#define NO_IMAGE SIZE_MAX

struct group_member {
	size_t image;		    /* index into the images given */
	const char *label;	    /* arena, or borrowed from the image */
	size_t compared;	    /* index of the image it is compared with, or NO_IMAGE */
	const char *compared_label; /* how that one is called in this comparison */
};

struct group {
	const char *title; /* "Regular", "Arch", "Flavor" */
	struct group_member *members;
	size_t count;
};

struct groups {
	size_t baseline; /* index into the images given */
	struct group groups[GROUP_COUNT];
};

/*
 * The newest amd64 image of the plain flavor; failing that the newest amd64
 * image; failing that the newest image of the commonest architecture, the plain
 * flavor first.  NO_IMAGE if there is none.
 */
size_t groups_default_baseline(const struct image *images, size_t count);

/* Version, revision, label, architecture, flavor: <0, 0, >0. */
int image_compare(const struct image *a, const struct image *b);

/* Images that are neither regular, nor of the baseline's version and so in the other two groups, are not shown. */
void groups_published(struct arena *arena, const struct image *images, size_t count, size_t baseline,
		      struct groups *groups);
/* Every image once. */
void groups_atlas(struct arena *arena, const struct image *images, size_t count, size_t baseline,
		  struct groups *groups);

/* Labels of the images that are compared with no other, by commas: "cloud 6.1, s390x 6.1".  NULL: there are none. */
const char *groups_alone(struct arena *arena, const struct groups *groups);

#endif
