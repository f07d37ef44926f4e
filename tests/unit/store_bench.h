/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An atlas in a directory of its own, for the tests of the store. */
#ifndef TEST_STORE_BENCH_H
#define TEST_STORE_BENCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#include "atlas/store.h"
#include "store_facts.h"

#define ok(expr)                                               \
	do {                                                   \
		struct error *err_ = (expr);                   \
		if (err_)                                      \
			fail_msg("%s: %s", #expr, err_->text); \
	} while (0)

struct bench {
	char dir[64];
	char *path;
	struct store *store;
	struct arena arena;
};

static inline int setup(void **state)
{
	struct bench *b = xcalloc(1, sizeof(*b));

	strcpy(b->dir, "/tmp/atlas-store.XXXXXX");
	assert_non_null(mkdtemp(b->dir));
	b->path = xasprintf("%s/atlas.db", b->dir);
	arena_init(&b->arena);
	ok(store_open(b->path, STORE_CREATE, &b->store));
	*state = b;
	return 0;
}

static inline int teardown(void **state)
{
	struct bench *b = *state;

	store_close(b->store);
	arena_fini(&b->arena);
	unlink(b->path);
	rmdir(b->dir);
	free(b->path);
	free(b);
	return 0;
}

static inline void write_small(struct bench *b, const char *version, const char *build_id)
{
	struct facts facts;

	small_facts(&facts, version, build_id);
	ok(facts_check(&facts));
	ok(store_write_image(b->store, &facts, CONFLICT_REFUSE));
	facts_fini(&facts);
}

static inline const struct image *image_of(struct bench *b, const char *pattern)
{
	const struct image *image;

	ok(store_find_image(b->store, &b->arena, pattern, &image));
	return image;
}

static inline const struct function *function_of(struct bench *b, const char *image, const char *name)
{
	const struct function *function;

	ok(store_function(b->store, &b->arena, image_of(b, image), name, &function));
	return function;
}

static inline struct error *rows_header(void *context, int columns, const char *const *names)
{
	(void)context, (void)columns, (void)names;
	return NULL;
}

static inline struct error *rows_add(void *context, int columns, const char *const *values, const bool *numeric)
{
	struct str *text = context;

	(void)numeric;
	for (int i = 0; i < columns; i++) {
		str_add(text, i ? "|" : "");
		str_add(text, values[i] ? values[i] : "NULL");
	}
	str_add(text, "\n");
	return NULL;
}

/* Rows of a query as text: columns parted by "|", a line each.  Lives as long as the bench. */
static inline const char *rows_of(struct bench *b, const char *sql)
{
	struct store *store;
	struct str text = {0};
	const struct result_sink sink = {&text, rows_header, rows_add};

	ok(store_open(b->path, STORE_READ, &store));
	ok(store_query(store, sql, &sink));
	store_close(store);
	const char *kept = arena_strdup(&b->arena, text.data ? text.data : "");

	str_free(&text);
	return kept;
}

/* Holds what SQLite and the schema promise of every atlas. */
static inline void assert_sound(struct bench *b)
{
	assert_string_equal(rows_of(b, "PRAGMA integrity_check"), "ok\n");
	assert_string_equal(rows_of(b, "PRAGMA foreign_key_check"), "");
	assert_string_equal(rows_of(b, "SELECT count(*) FROM outgoing x, json_each(x.edges) j LEFT JOIN edge e "
				       "ON e.id = j.value AND e.caller = x.caller WHERE e.id IS NULL"),
			    "0\n");
	assert_string_equal(rows_of(b, "SELECT (SELECT count(*) FROM edge) = "
				       "(SELECT total(json_array_length(edges)) FROM outgoing)"),
			    "1\n");
}

#endif
