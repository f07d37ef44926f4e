/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The objects of some facts, being written. */
#ifndef STORE_WRITER_H
#define STORE_WRITER_H

#include "store/dicts.h"
#include "store/text_ids.h"

/* What an object has of each table: a run of indexes in the facts, and of ids in the atlas. */
struct object_run {
	uint32_t first_function, functions;
	uint32_t first_instance, instances;
	uint32_t first_symbol, symbols;
	uint32_t first_edge, edges;
	uint32_t read_functions;
};

struct writer {
	struct store *store;
	const struct facts *facts;
	struct dicts *dicts;
	struct text_ids names, paths, labels;
	uint32_t *prototypes, *chains; /* ids in the atlas, by index in the facts */
	uint8_t *roles;		       /* enum role, by function */
	int64_t *attach;	       /* ids in the atlas, by symbol; 0: unknown */
	int64_t image;
	bool joined; /* a module put on its own */
	/* First ids. */
	int64_t object, function, instance, symbol, edge;
};

enum role role_of(const struct facts *facts, uint32_t function);

/* Functions, instances, symbols and edges: the tables with many rows. */
struct error *write_rows(struct writer *writer) MUST_CHECK;

/* Where probes attach: the verdicts symbols refer to, and what the kernel can do (write_attach.c). */
struct error *write_attach(struct writer *writer) MUST_CHECK;
/* What the objects export (write_exports.c). */
struct error *write_exports(struct writer *writer) MUST_CHECK;
/* write_files.c: compiled files and initcalls. */
void use_file_texts(struct writer *writer);
struct error *write_files(struct writer *writer) MUST_CHECK;
/* write_taken.c: places that hold addresses of functions. */
void use_taken_texts(struct writer *writer);
struct error *write_taken(struct writer *writer) MUST_CHECK;

/* write_types.c */
void use_type_paths(struct writer *writer);
struct error *write_types(struct writer *writer) MUST_CHECK;

#endif
