// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Any bytes as a C file: facts whose lines are in the file, and that come back
 * the same when they are packed and unpacked.
 *
 * sources: src/source src/package src/base
 * libraries: tree-sitter archive lzma zstd z iberty
 * extra: tree-sitter-c/package/src/parser.c
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "atlas/source.h"
#include "source/codec.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void check_lines(const struct source_file *file)
{
	/* The line after the last is where what is not closed ends. */
	uint32_t last = file->line_count + 1;

	for (size_t i = 0; i < file->function_count; i++) {
		const struct source_function *function = &file->functions[i];

		if (!function->name[0] || function->first_line > function->line ||
		    function->line > function->end_line || function->end_line > last)
			abort();
	}
	for (size_t i = 0; i < file->problem_count; i++)
		if (file->problems[i].line > last || file->problems[i].end_line > last)
			abort();
	if (file->snippet.kind != SNIPPET_NONE && (!file->snippet.text || file->snippet.line > last))
		abort();
}

static void check_packing(struct source_file *file, struct arena *arena)
{
	AUTO_STR struct str first = {0}, second = {0};
	struct codec writing = {.out = &first};
	struct source_file read = {0};

	code_file(&writing, file);
	struct codec reading = {.at = (const unsigned char *)first.data,
				.end = (const unsigned char *)first.data + first.length,
				.arena = arena};

	code_file(&reading, &read);
	if (reading.bad || reading.at != reading.end)
		abort();
	writing.out = &second;
	code_file(&writing, &read);
	if (first.length != second.length || memcmp(first.data, second.data, first.length) != 0)
		abort();
}

/* Bytes that are no facts: refused, nothing else. */
static void unpack_anything(const uint8_t *bytes, size_t length, struct arena *arena)
{
	struct source_file file = {0};
	struct codec codec = {.at = bytes, .end = bytes + length, .arena = arena};

	code_file(&codec, &file);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct source_file file;
	struct arena arena;

	arena_init(&arena);
	char *text = arena_strndup(&arena, (const char *)bytes, length);
	struct error *err = source_parse("fuzz.c", text, length, &arena, &file);

	if (err)
		abort();
	check_lines(&file);
	check_packing(&file, &arena);
	unpack_anything(bytes, length, &arena);
	arena_fini(&arena);
	return 0;
}
