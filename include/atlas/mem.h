/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory: allocation that does not return NULL, arenas, growing arrays and
 * scope guards.
 *
 * Running out of memory ends the process with one line and status 1; nothing
 * in the atlas is touched by that, since every write is one transaction.
 */
#ifndef ATLAS_MEM_H
#define ATLAS_MEM_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

void *xmalloc(size_t size_bytes);
void *xcalloc(size_t count, size_t size_bytes);
void *xrealloc(void *old, size_t size_bytes);
char *xstrdup(const char *text);
char *xstrndup(const char *text, size_t length);
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
char *xvasprintf(const char *fmt, va_list args) __attribute__((format(printf, 1, 0)));

/* An arena hands out memory that lives until the arena ends.  Not shared between threads. */
struct arena {
	struct arena_chunk *chunks;
	char *at;
	char *end;
};

void arena_init(struct arena *arena);
void arena_fini(struct arena *arena);
/* Forgets everything handed out but keeps the newest chunk for the next use. */
void arena_reset(struct arena *arena);
void *arena_alloc(struct arena *arena, size_t size_bytes); /* aligned to 8, not cleared */
void *arena_zalloc(struct arena *arena, size_t size_bytes);
void *arena_copy(struct arena *arena, const void *items, size_t size_bytes); /* `items` may be NULL for none */
char *arena_strndup(struct arena *arena, const char *text, size_t length);
char *arena_strdup(struct arena *arena, const char *text);
char *arena_vprintf(struct arena *arena, const char *fmt, va_list args) __attribute__((format(printf, 2, 0)));
char *arena_printf(struct arena *arena, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/*
 * VEC(T) declares a growing array type; vec_push() returns the new, uninitialised
 * element.  `items` is on the heap and belongs to the vector; vec_free() ends it.
 */
#define VEC(T)                \
	struct {              \
		T *items;     \
		size_t count; \
		size_t room;  \
	}

void *vec_grow_(void *items, size_t count, size_t *room, size_t item_bytes);

#define vec_push(v)                                                                                        \
	((v)->count == (v)->room                                                                           \
		 ? (void)((v)->items = vec_grow_((v)->items, (v)->count, &(v)->room, sizeof(*(v)->items))) \
		 : (void)0,                                                                                \
	 &(v)->items[(v)->count++])
#define vec_add(v, value) (*vec_push(v) = (value))
/* A copy of the elements, for as long as the arena lives. */
#define vec_keep(arena, v) arena_copy((arena), (v)->items, (v)->count * sizeof(*(v)->items))
#define vec_free(v)	   (free((v)->items), (v)->items = NULL, (v)->count = (v)->room = 0)

void cleanup_free(void *pointer_to_pointer);
#define AUTO_FREE __attribute__((cleanup(cleanup_free)))

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#endif
