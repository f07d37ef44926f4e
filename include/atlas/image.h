/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: model */
/* An image as the atlas knows it. */
#ifndef ATLAS_IMAGE_H
#define ATLAS_IMAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "atlas/image_name.h"

/* Strings live in the arena of the call that read it; NULL is unknown. */
struct image {
	int64_t id;
	const char *name; /* 6.1.176-1-cloud-amd64 */
	const char *version, *revision, *flavor, *arch, *label, *release, *banner, *build_id, *producer, *scope;
	const char *path; /* input it was read from */
	enum evidence evidence;
	bool modules_read; /* any module is in */
	int64_t module_count;
	int64_t function_count, instance_count, edge_count, symbol_count;
};

#endif
