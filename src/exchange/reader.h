/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A stream being read: the facts so far and what the callers' names still have to become. */
#ifndef EXCHANGE_READER_H
#define EXCHANGE_READER_H

#include <jansson.h>

#include "atlas/exchange.h"
#include "atlas/facts.h"
#include "atlas/intern.h"
#include "atlas/mem.h"

/* A function as an edge names it. */
struct caller {
	str_id path; /* 0: the stream says null */
	str_id name;
	uint32_t object;
};

/* A place that holds an address, until it is known which functions there are. */
struct pending_taken {
	struct fact_taken taken; /* without function, symbol and holder */
	str_id name;		 /* of the function whose address it is */
	uint32_t of;		 /* the object that has it */
	str_id symbol;		 /* 0: its only one */
	uint64_t address;	 /* of the symbol */
	str_id holder;		 /* 0: none */
};

/* Row of the facts by interned name; NO_INDEX where there is none. */
typedef VEC(uint32_t) row_by_name;

struct reader {
	struct facts *facts;   /* borrowed; until reader_resolve() the `caller` of an edge is an id of `callers` */
	struct str *warnings;  /* borrowed */
	struct intern callers; /* of the bytes of a struct caller */
	struct intern chains;  /* of {parent, name}: chain n has id n + 1 */
	row_by_name functions;
	row_by_name objects;
	VEC(struct pending_taken) taken;
	struct intern sections; /* of the bytes of a struct section_key: section n of the facts has id n + 1 */
};

#define VMLINUX "vmlinux"

void reader_init(struct reader *reader, struct facts *facts, struct str *warnings);
void reader_fini(struct reader *reader);

/* Row of the linked object called `name`, added if it is new; NULL is vmlinux. */
uint32_t reader_object(struct reader *reader, const char *name);
/* From an offset in a module's section to the address the facts have for it; a section that is new is added. */
struct error *reader_address(struct reader *reader, const json_t *owner, uint32_t object, uint64_t *address) MUST_CHECK;
/* Row of the function called `name`, NO_INDEX if none was read yet. */
uint32_t reader_function(const struct reader *reader, str_id name);
/* Adds a function without instances and symbols; the name must be new. */
struct fact_function *reader_add_function(struct reader *reader, str_id name);

/* Id of a caller, the same for the same words. */
str_id reader_caller(struct reader *reader, struct caller caller);

/* The header, into facts->image. */
struct error *read_image(const json_t *line, const struct exchange_overrides *overrides,
			 struct image_name *image) MUST_CHECK;
/* An object line: compiled files and initcalls. */
struct error *read_files(struct reader *reader, const json_t *line) MUST_CHECK;
/* Lines of kinds "types" and "type". */
struct error *read_types_known(struct reader *reader, const json_t *line) MUST_CHECK;
struct error *read_type(struct reader *reader, const json_t *line) MUST_CHECK;
/* The bits of a list of words, bit 0 with them; 0 if there is no list, or a word that is not known. */
struct error *read_words(const json_t *owner, const char *key, const char *(*word)(unsigned bit),
			 uint16_t *bits) MUST_CHECK;
/* A function line. */
struct error *read_function(struct reader *reader, const json_t *line) MUST_CHECK;
/* Both lists of callers of the last instance. */
struct error *read_callers(struct reader *reader, const json_t *instance) MUST_CHECK;
/* Places that hold the address of the last function. */
struct error *read_taken(struct reader *reader, const json_t *line) MUST_CHECK;
/* What the header says of where such places were searched for. */
struct error *read_searched(struct reader *reader, const json_t *line) MUST_CHECK;
/* Ties them, and exports, to functions, after facts_split(). */
void reader_resolve_taken(struct reader *reader);
/* "caller" of an object, or "path" and "name"; leaves `object` alone. */
struct error *reader_caller_name(struct reader *reader, const json_t *item, struct caller *ret) MUST_CHECK;
/* Turns the callers of all edges into instances; the last step. */
void reader_resolve(struct reader *reader);

#endif
