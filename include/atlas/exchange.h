/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The exchange format: one image as JSON Lines, a header and then one line per
 * function (docs/facts.md).
 *
 * A stream names a caller by path and name, struct facts by instance.  Where no
 * such instance was read, the reader makes one: of the function of that name if
 * there is one (INSTANCE_MENTIONED), else of a function that is added after all
 * read ones (FUNCTION_MENTIONED).
 */
#ifndef ATLAS_EXCHANGE_H
#define ATLAS_EXCHANGE_H

#include <stdio.h>

#include "atlas/error.h"
#include "atlas/facts.h"
#include "atlas/files.h"
#include "atlas/function.h"
#include "atlas/json_writer.h"
#include "atlas/str.h"
#include "atlas/type.h"

/* Said by the user, stronger than what a header says.  NULL and empty: nothing said. */
struct exchange_overrides {
	const char *version, *revision, *flavor, *arch, *label;
	struct globs scope;
};

/*
 * Reads a stream to its end into `facts`, which the caller has initialised and
 * must not use after an error.  `name` is what errors call the stream.
 * `warnings`: lines, empty if none.
 */
struct error *exchange_read(FILE *in, const char *name, const struct exchange_overrides *overrides, struct facts *facts,
			    struct str *warnings) MUST_CHECK;

/* The first line.  What `searched` does not name is not known to be searched for addresses of functions. */
void exchange_write_header(struct json_writer *json, const struct image_name *image,
			   const struct searched_object *searched, size_t searched_count);
/* One line: what an object is made of; none where nothing is known. */
void exchange_write_files(struct json_writer *json, const struct object_files *files);
/*
 * One line: the functions of one name in the objects of an image, as
 * store_functions() gives them, at least one.  Calls from other objects stand
 * among the direct callers.  Instances that were only mentioned are left out.
 */
void exchange_write_functions(struct json_writer *json, const struct function *const *functions, size_t count);
/* A line that tells of which objects the types are known, and one for each definition. */
void exchange_write_types_known(struct json_writer *json, const char *const *objects, size_t count);
void exchange_write_type(struct json_writer *json, const struct type_place *place);

#endif
