// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static _Noreturn void out_of_memory(void)
{
	static const char line[] = "atlasgen: out of memory; nothing was changed in the atlas\n";
	ssize_t ignored = write(STDERR_FILENO, line, sizeof(line) - 1);

	(void)ignored;
	_exit(1);
}

void *xmalloc(size_t size_bytes)
{
	void *memory = malloc(size_bytes ? size_bytes : 1);

	if (!memory)
		out_of_memory();
	return memory;
}

void *xcalloc(size_t count, size_t size_bytes)
{
	void *memory = calloc(count ? count : 1, size_bytes ? size_bytes : 1);

	if (!memory)
		out_of_memory();
	return memory;
}

void *xrealloc(void *old, size_t size_bytes)
{
	void *memory = realloc(old, size_bytes ? size_bytes : 1);

	if (!memory)
		out_of_memory();
	return memory;
}

char *xstrndup(const char *text, size_t length)
{
	char *copy = xmalloc(length + 1);

	memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

char *xstrdup(const char *text)
{
	return xstrndup(text, strlen(text));
}

char *xvasprintf(const char *fmt, va_list args)
{
	char *text;

	if (vasprintf(&text, fmt, args) < 0)
		out_of_memory();
	return text;
}

char *xasprintf(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	char *text = xvasprintf(fmt, args);

	va_end(args);
	return text;
}

void *vec_grow_(void *items, size_t count, size_t *room, size_t item_bytes)
{
	size_t want = *room ? *room * 2 : 16;

	if (want > SIZE_MAX / item_bytes || want <= count)
		out_of_memory();
	*room = want;
	return xrealloc(items, want * item_bytes);
}

void cleanup_free(void *pointer_to_pointer)
{
	free(*(void **)pointer_to_pointer);
}

/* Chunks double up to this size, so that small arenas stay small. */
#define CHUNK_MAX_BYTES (1u << 20)
#define CHUNK_MIN_BYTES (1u << 12)

struct arena_chunk {
	struct arena_chunk *next;
	size_t size_bytes;
	char data[] __attribute__((aligned(16)));
};

void arena_init(struct arena *arena)
{
	*arena = (struct arena){0};
}

static void chunks_free(struct arena_chunk *chunk)
{
	while (chunk) {
		struct arena_chunk *next = chunk->next;

		free(chunk);
		chunk = next;
	}
}

void arena_fini(struct arena *arena)
{
	chunks_free(arena->chunks);
	arena_init(arena);
}

void arena_reset(struct arena *arena)
{
	if (!arena->chunks)
		return;
	chunks_free(arena->chunks->next);
	arena->chunks->next = NULL;
	arena->at = arena->chunks->data;
	arena->end = arena->at + arena->chunks->size_bytes;
}

static void arena_grow(struct arena *arena, size_t need)
{
	size_t size = arena->chunks ? arena->chunks->size_bytes * 2 : CHUNK_MIN_BYTES;

	if (size > CHUNK_MAX_BYTES)
		size = CHUNK_MAX_BYTES;
	if (size < need)
		size = need;
	struct arena_chunk *chunk = xmalloc(sizeof(*chunk) + size);

	chunk->next = arena->chunks;
	chunk->size_bytes = size;
	arena->chunks = chunk;
	arena->at = chunk->data;
	arena->end = chunk->data + size;
}

void *arena_alloc(struct arena *arena, size_t size_bytes)
{
	if (size_bytes > SIZE_MAX / 2)
		out_of_memory();
	/* Nothing asked for is a place of its own too, never NULL. */
	size_bytes = size_bytes ? (size_bytes + 7) & ~(size_t)7 : 8;
	if ((size_t)(arena->end - arena->at) < size_bytes)
		arena_grow(arena, size_bytes);
	void *memory = arena->at;

	arena->at += size_bytes;
	return memory;
}

void *arena_zalloc(struct arena *arena, size_t size_bytes)
{
	return memset(arena_alloc(arena, size_bytes), 0, size_bytes);
}

void *arena_copy(struct arena *arena, const void *items, size_t size_bytes)
{
	void *copy = arena_alloc(arena, size_bytes);

	return size_bytes ? memcpy(copy, items, size_bytes) : copy;
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
	char *copy = arena_alloc(arena, length + 1);

	memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return arena_strndup(arena, text, strlen(text));
}

char *arena_vprintf(struct arena *arena, const char *fmt, va_list args)
{
	AUTO_FREE char *text = xvasprintf(fmt, args);

	return arena_strdup(arena, text);
}

char *arena_printf(struct arena *arena, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	char *text = arena_vprintf(arena, fmt, args);

	va_end(args);
	return text;
}
