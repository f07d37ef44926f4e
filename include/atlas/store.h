/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The atlas: one SQLite file.  The only part of the program that speaks SQL.
 *
 * Writers: what is put between store_begin() and store_commit() is one
 * transaction, so a crash, a full disk or a kill leaves the atlas as it was.  A
 * second writer waits for the first and says so.
 */
#ifndef ATLAS_STORE_H
#define ATLAS_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "atlas/calls.h"
#include "atlas/error.h"
#include "atlas/facts.h"
#include "atlas/file_facts.h"
#include "atlas/files.h"
#include "atlas/function.h"
#include "atlas/image.h"
#include "atlas/mem.h"
#include "atlas/str.h"

struct store;

enum store_mode {
	STORE_READ,   /* must exist; never changed */
	STORE_WRITE,  /* must exist */
	STORE_CREATE, /* made if it is not there */
};

struct error *store_open(const char *path, enum store_mode mode, struct store **store) MUST_CHECK;
void store_close(struct store *store);

enum store_conflict {
	CONFLICT_REFUSE, /* same name, other build id: an error that names --replace and --label */
	CONFLICT_REPLACE,
};

/*
 * A transaction: begin, put any number of images and modules, commit.  An
 * ERROR_INPUT of store_put_*() means that this one was refused and nothing of it
 * written; the others may go on.  After any other error only store_abort() is
 * left.  store_commit() ends the transaction even if it fails.
 */
struct error *store_begin(struct store *store) MUST_CHECK;
struct error *store_commit(struct store *store) MUST_CHECK;
void store_abort(struct store *store);

/*
 * Puts the image of `facts`: vmlinux, and what else they hold.  An image of the
 * same name and build id is replaced, but the modules that were put into it stay,
 * since they still belong to it; they go if the build is another (CONFLICT_REPLACE),
 * if it has no build id, or if the globs of the scan are others.
 */
struct error *store_put_image(struct store *store, const struct facts *facts, enum store_conflict conflict,
			      int64_t *image_id) MUST_CHECK;
/*
 * Puts the module of `facts` (its only object) into an image; one of the same
 * name in it is replaced, whatever its build id.  Refused: another architecture, another
 * release where both are known, another scope than the image's (a name must be
 * either read or not read in an image), and a module that was imported with the
 * image.  `facts->image` may say no more than that.
 */
struct error *store_put_module(struct store *store, int64_t image_id, const struct facts *facts) MUST_CHECK;

/* Writes `facts` as one image in one transaction: begin, put, commit. */
struct error *store_write_image(struct store *store, const struct facts *facts,
				enum store_conflict conflict) MUST_CHECK;
struct error *store_remove_image(struct store *store, int64_t image_id) MUST_CHECK;
struct error *store_label_image(struct store *store, int64_t image_id, const char *label) MUST_CHECK;

/* All images, ordered by version, revision, arch, flavor. */
struct error *store_images(struct store *store, struct arena *arena, const struct image **images,
			   size_t *count) MUST_CHECK;
/* The only image whose name is, or matches the glob, `pattern`; an error lists what there is. */
struct error *store_find_image(struct store *store, struct arena *arena, const char *pattern,
			       const struct image **image) MUST_CHECK;

/* The images a module of `release` (vermagic's) and `arch` belongs to, in the same order. */
struct error *store_images_for_release(struct store *store, struct arena *arena, const char *release, const char *arch,
				       const struct image **images, size_t *count) MUST_CHECK;

/*
 * The functions called `name` in `image`, one for each linked object that has it:
 * vmlinux's first, then the modules' by their names, and last, if no object that was read
 * defines it, what modules import.  One with FUNCTION_MENTIONED was not read; such are
 * returned only where there is no other.
 */
struct error *store_functions(struct store *store, struct arena *arena, const struct image *image, const char *name,
			      const struct function *const **functions, size_t *count) MUST_CHECK;
/* Only vmlinux's, without import calls; NULL if it does not name it. */
struct error *store_function(struct store *store, struct arena *arena, const struct image *image, const char *name,
			     const struct function **function) MUST_CHECK;

/*
 * The callees of `function`: sites whose name, path and object are the callee's; by
 * instance, then by address, the unknown ones last.  What a module imports has the
 * path and object of its definer.
 */
struct error *store_callees(struct store *store, struct arena *arena, const struct function *function,
			    const struct site **sites, size_t *count) MUST_CHECK;

/* A linked object of an image.  `path` and `build_id` are NULL where unknown. */
struct object {
	const char *name; /* "vmlinux" or a module */
	const char *path; /* the file it was read from */
	const char *build_id;
};

/* The objects of an image that were searched for places that hold addresses of functions, as they came. */
struct error *store_searched(struct store *store, struct arena *arena, const struct image *image,
			     const struct searched_object **objects, size_t *count) MUST_CHECK;

/* Compiled files and initcalls of the objects of an image of which they are known; vmlinux first, then by name. */
struct error *store_files(struct store *store, struct arena *arena, const struct image *image,
			  const struct object_files **objects, size_t *count) MUST_CHECK;

enum store_dictionary { DICTIONARY_NAMES, DICTIONARY_PATHS };

/* Texts by their ids; 0 is NULL. */
struct error *store_dictionary(struct store *store, struct arena *arena, enum store_dictionary which,
			       const char *const **texts, size_t *count) MUST_CHECK;
/* What the image says of source files; `asked[id]`: names whose uses are counted, in all units. */
struct error *store_file_facts(struct store *store, struct arena *arena, const struct image *image, const bool *asked,
			       size_t asked_count, struct file_facts *facts) MUST_CHECK;

/* The object called `name`; NULL if the image has none. */
struct error *store_object(struct store *store, struct arena *arena, const struct image *image, const char *name,
			   const struct object **object) MUST_CHECK;

/* All objects of an image: vmlinux, then the modules by name. */
struct error *store_objects(struct store *store, struct arena *arena, const struct image *image,
			    const struct object **objects, size_t *count) MUST_CHECK;

/* Names that some image has read and `globs` admits, in byte order. */
struct error *store_names(struct store *store, struct arena *arena, const struct globs *globs,
			  const char *const **names, size_t *count) MUST_CHECK;
/*
 * The names of one image, each once, in the order they were first seen (export): vmlinux's, then the modules' by
 * module, then what is only imported; mentioned ones left out.
 */
struct error *store_image_names(struct store *store, struct arena *arena, const struct image *image,
				const char *const **names, size_t *count) MUST_CHECK;
/* Up to `limit` read names near `name`, nearest first. */
struct error *store_nearest(struct store *store, struct arena *arena, const char *name, size_t limit,
			    const char *const **names, size_t *count) MUST_CHECK;

/* The calls of the image's object of that name ("vmlinux", or a module); an error if there is none. */
struct error *store_calls(struct store *store, struct arena *arena, const struct image *image, const char *object,
			  struct recorded_calls *calls) MUST_CHECK;
/* A file that declares a function of this name, in some image. */
struct place {
	const char *path, *name;
};

/* By path, then by name, each once.  Places of one path share its text. */
struct error *store_places(struct store *store, struct arena *arena, const struct place **places,
			   size_t *count) MUST_CHECK;

/* One name's function calls another's, or holds an inlined copy of it.  Indexes into the names given. */
struct call_pair {
	uint32_t caller, callee;
};

/* All pairs of one image, each once; `names` as store_names() gives them. */
struct error *store_call_pairs(struct store *store, struct arena *arena, const struct image *image,
			       const char *const *names, size_t name_count, const struct call_pair **calls,
			       size_t *count) MUST_CHECK;

/* A symbol with a suffix (".isra.0"), and the function whose name its stem is. */
struct suffixed_symbol {
	int64_t function; /* symbols of one function follow each other */
	const char *symbol, *name;
};

struct error *store_suffixed_symbols(struct store *store, struct arena *arena, const struct image *image,
				     const struct suffixed_symbol **symbols, size_t *count) MUST_CHECK;

/*
 * What the atlas says of each name, as one number: another number if anything of it
 * changed that a page of that name may show, callers and symbols too.  For remaking only
 * what changed.  Digests go by texts, not by rows' numbers, so that they hold from
 * one atlas to another.
 */
struct digests;

struct digest_salts {
	const void *context;
	/* What a page that mentions the name, or the path, takes from elsewhere: whether there is a page to link to. */
	uint64_t (*name)(const void *context, const char *text);
	uint64_t (*path)(const void *context, const char *text);
};

/* What all images share.  `names` as store_names() gives them; on the heap. */
struct error *store_digests_open(struct store *store, const char *const *names, size_t count,
				 const struct digest_salts *salts, struct digests **digests) MUST_CHECK;
void store_digests_close(struct digests *digests);
/* Of one image: `by_name` has room for `count` numbers, all 0; `rest` is what concerns all of them. */
struct error *store_digests_image(struct store *store, const struct digests *digests, const struct image *image,
				  uint64_t *by_name, uint64_t *rest) MUST_CHECK;
/* Everything else the atlas has. */
struct error *store_digests_rest(struct store *store, uint64_t *rest) MUST_CHECK;

/* User SQL.  Read-only whatever it says. */
struct result_sink {
	void *context;
	/* Called once with the column names, before any row. */
	struct error *(*header)(void *context, int columns, const char *const *names);
	/* One row; a value is NULL for SQL NULL. `numeric[i]` tells numbers from text. */
	struct error *(*row)(void *context, int columns, const char *const *values, const bool *numeric);
};

struct error *store_query(struct store *store, const char *sql, const struct result_sink *sink) MUST_CHECK;
/* A named query ("@callers"), filtered by image and name globs; an unknown one is answered with the list. */
struct error *store_named_query(struct store *store, const char *name, const char *image_glob, const char *name_glob,
				const struct result_sink *sink) MUST_CHECK;

#endif
