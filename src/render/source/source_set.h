/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the pages of source files are made from: facts of every image by file,
 * and the source trees that were given.  Read before the workers start, and only
 * looked into by them.
 */
#ifndef ATLAS_RENDER_SOURCE_SET_H
#define ATLAS_RENDER_SOURCE_SET_H

#include "atlas/digest.h"
#include "atlas/file_facts.h"
#include "atlas/source.h"
#include "render/page/site_plan.h"
#include "source_words.h"

struct source_tree {
	struct source *source; /* owned */
	const char *version;   /* NULL unknown */
	bool *of_image;	       /* per image: the same release */
};

/* Most functions of a file are in another one in the image compared with. */
struct source_move {
	uint32_t from, to;    /* path ids */
	size_t before, after; /* images */
	uint32_t moved, of;   /* functions */
};

struct source_set {
	struct source_words *words;
	const char *const *names, *const *paths; /* by id */
	size_t name_count, path_count;
	uint32_t *by_path;	   /* path ids by their text */
	bool *primitive;	   /* by name id */
	const char **labels;	   /* per image: short, and no other has it */
	struct file_facts *facts;  /* per image */
	struct source_tree *trees; /* in the order they were given */
	size_t tree_count;
	digest key; /* of what all pages share: tables, labels, which files have a page */
	VEC(struct source_move) moves;
};

/* Reads what the options ask for; `set` is NULL for a style without source pages. */
struct error *source_set_read(struct store *store, struct arena *arena, const struct site_plan *plan,
			      struct source_set **set) MUST_CHECK;
/* Once plan->paths are all there: sets the key. */
void source_set_end(struct source_set *set, const struct site_plan *plan);
void source_set_close(struct source_set *set); /* NULL is none */

/* 0: no image knows the path. */
uint32_t source_set_path(const struct source_set *set, const char *path);
/* All files that have a page, in byte order, each once: those of plan->places and, unless names limit the run, of
 * `set`. */
const char **source_set_paths(const struct source_set *set, struct arena *arena, const struct site_plan *plan,
			      size_t *count);

/* Runs of an image's lists. */
const struct file_function *source_functions(const struct file_facts *facts, uint32_t path, size_t *count);
const struct file_export *source_exports(const struct file_facts *facts, uint32_t path, size_t *count);
const struct file_initcall *source_initcalls(const struct file_facts *facts, uint32_t path, size_t *count);
const struct file_unit *source_units(const struct file_facts *facts, uint32_t path, size_t *count);
const struct pair_count *source_links(const struct file_facts *facts, uint32_t unit, size_t *count);
const struct pair_count *source_links_in(const struct file_facts *facts, uint32_t path, size_t *count);
const struct pair_count *source_uses(const struct file_facts *facts, uint32_t unit, size_t *count);

const struct file_type *source_types(const struct file_facts *facts, uint32_t path, size_t *count);

/* source_moves.c: fills set->moves. */
void source_moves_find(struct source_set *set, const struct site_plan *plan);

#endif
