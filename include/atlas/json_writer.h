/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * JSON, written as a stream: commas and quoting are the writer's business,
 * nesting is the caller's.  Output is compact and always valid UTF-8: bytes that
 * are not become U+FFFD.
 *
 *	struct json_writer json;
 *
 *	jw_to_file(&json, stdout);
 *	jw_begin_object(&json);
 *	jw_key(&json, "name"), jw_string(&json, name);
 *	jw_end_object(&json);
 *	jw_newline(&json);
 *	TRY(jw_finish(&json));
 */
#ifndef ATLAS_JSON_WRITER_H
#define ATLAS_JSON_WRITER_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "atlas/error.h"
#include "atlas/str.h"

/* Containers in one another; more is a bug of the caller. */
#define JSON_MAX_DEPTH 63

struct json_writer {
	struct str *to;	    /* `buffer`, or the string of jw_to_str() */
	struct str buffer;  /* owned; what `file` has not got yet */
	FILE *file;	    /* borrowed; NULL: everything goes to `to` */
	uint64_t has_items; /* bit per depth: a comma is due */
	unsigned depth;
	bool after_key;
	int write_errno; /* of the first write that failed; 0: none */
};

/* Appends to `text`, which must outlive the writer.  Nothing to finish. */
void jw_to_str(struct json_writer *json, struct str *text);
/* Writes to `file`, which the caller keeps and closes. */
void jw_to_file(struct json_writer *json, FILE *file);
/* Hands what is left to the file and frees the writer; an error if any write of the file failed. */
struct error *jw_finish(struct json_writer *json) MUST_CHECK;

void jw_begin_object(struct json_writer *json);
void jw_end_object(struct json_writer *json);
void jw_begin_array(struct json_writer *json);
void jw_end_array(struct json_writer *json);

void jw_key(struct json_writer *json, const char *key);
void jw_string(struct json_writer *json, const char *text); /* NULL is written as null */
void jw_string_n(struct json_writer *json, const char *text, size_t length);
void jw_u64(struct json_writer *json, uint64_t value);
void jw_i64(struct json_writer *json, int64_t value);
void jw_hex(struct json_writer *json, uint64_t value); /* the string "0x..." */
void jw_bool(struct json_writer *json, bool value);
void jw_null(struct json_writer *json);
/* `text` is JSON already. */
void jw_raw(struct json_writer *json, const char *text);
/* Between two values of the outermost level, and at the end. */
void jw_newline(struct json_writer *json);

/* A key with its value. */
void jw_put_text(struct json_writer *json, const char *key, const char *text); /* NULL is written as null */
void jw_put_bool(struct json_writer *json, const char *key, bool value);
void jw_put_u64(struct json_writer *json, const char *key, uint64_t value);
void jw_put_hex(struct json_writer *json, const char *key, uint64_t value);
/* The same, but nothing at all for NULL, and for false. */
void jw_put_known(struct json_writer *json, const char *key, const char *text);
void jw_put_if(struct json_writer *json, const char *key, bool value);

#endif
