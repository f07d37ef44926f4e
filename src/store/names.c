// SPDX-License-Identifier: GPL-2.0-or-later
/* Lists of names. */
#include <string.h>

#include "store/internal.h"

struct name_list {
	VEC(const char *) texts;
};

static void keep_names(struct arena *arena, struct name_list *list, const char *const **names, size_t *count)
{
	*names = vec_keep(arena, &list->texts);
	*count = list->texts.count;
	vec_free(&list->texts);
}

static struct error *is_read(struct store *store, int64_t name_id, bool *answer)
{
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(store, STATEMENT_name_is_read, name_id, &stmt));
	TRY(sql_step(store, stmt, &row));
	*answer = row && sqlite3_column_int(stmt, 0);
	sqlite3_reset(stmt);
	return NULL;
}

static struct error *collect_names(struct store *store, struct arena *arena, const struct globs *globs,
				   struct name_list *list)
{
	struct error *err = NULL;
	sqlite3_stmt *stmt;
	bool row, read;

	TRY(sql_get(store, STATEMENT_names_all, &stmt));
	while (!(err = sql_step(store, stmt, &row)) && row) {
		const char *text = (const char *)sqlite3_column_text(stmt, 0);

		if (!text || !globs_match(globs, text))
			continue;
		if ((err = is_read(store, sqlite3_column_int64(stmt, 1), &read)))
			break;
		if (read)
			vec_add(&list->texts, sql_text(arena, stmt, 0));
	}
	sqlite3_reset(stmt);
	return err;
}

struct error *store_names(struct store *store, struct arena *arena, const struct globs *globs,
			  const char *const **names, size_t *count)
{
	struct name_list list = {0};
	struct error *err = collect_names(store, arena, globs, &list);

	if (err) {
		vec_free(&list.texts);
		return err;
	}
	keep_names(arena, &list, names, count);
	return NULL;
}

/* Ids that came already. */
struct id_set {
	VEC(bool) has;
};

/* True the first time. */
static bool id_set_add(struct id_set *set, int64_t id)
{
	if (id < 0)
		return false;
	while ((int64_t)set->has.count <= id)
		vec_add(&set->has, false);
	bool is_new = !set->has.items[id];

	set->has.items[id] = true;
	return is_new;
}

static struct error *collect_image_names(struct store *store, struct arena *arena, int64_t image_id,
					 struct name_list *list)
{
	struct id_set seen = {0};
	struct error *err = NULL;
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(store, STATEMENT_image_names, image_id, &stmt));
	while (!(err = sql_step(store, stmt, &row)) && row)
		if (id_set_add(&seen, sqlite3_column_int64(stmt, 1)))
			vec_add(&list->texts, sql_text(arena, stmt, 0));
	vec_free(&seen.has);
	return err;
}

struct error *store_image_names(struct store *store, struct arena *arena, const struct image *image,
				const char *const **names, size_t *count)
{
	struct name_list list = {0};
	struct error *err = collect_image_names(store, arena, image->id, &list);

	if (err) {
		vec_free(&list.texts);
		return err;
	}
	keep_names(arena, &list, names, count);
	return NULL;
}

/* Names further away than this share of their length are no help. */
static unsigned distance_limit(const char *name)
{
	size_t limit = strlen(name) / 3;

	return limit < 2 ? 2 : (unsigned)limit;
}

struct near {
	const char *text;
	unsigned distance;
};

/* The nearest names so far, nearest first, at most `limit` of them. */
struct near_list {
	struct near *items;
	size_t count, limit;
};

static unsigned worst(const struct near_list *list, unsigned limit)
{
	if (list->count < list->limit)
		return limit;
	unsigned last = list->items[list->count - 1].distance;

	return last ? last - 1 : 0;
}

static void insert_near(struct near_list *list, const char *text, unsigned distance)
{
	size_t at = list->count < list->limit ? list->count++ : list->count - 1;

	for (; at > 0 && list->items[at - 1].distance > distance; at--)
		list->items[at] = list->items[at - 1];
	list->items[at] = (struct near){text, distance};
}

static struct error *collect_near(struct store *store, struct arena *arena, const char *name, struct near_list *list)
{
	struct error *err = NULL;
	unsigned limit = distance_limit(name);
	sqlite3_stmt *stmt;
	bool row, read;

	TRY(sql_get(store, STATEMENT_names_all, &stmt));
	while (!(err = sql_step(store, stmt, &row)) && row) {
		const char *text = (const char *)sqlite3_column_text(stmt, 0);
		unsigned bound = worst(list, limit);
		unsigned distance = text ? str_distance(name, text, bound) : bound + 1;

		if (distance > bound)
			continue;
		if ((err = is_read(store, sqlite3_column_int64(stmt, 1), &read)))
			break;
		if (read)
			insert_near(list, sql_text(arena, stmt, 0), distance);
	}
	sqlite3_reset(stmt);
	return err;
}

struct error *store_nearest(struct store *store, struct arena *arena, const char *name, size_t limit,
			    const char *const **names, size_t *count)
{
	struct near_list list = {.items = arena_alloc(arena, limit * sizeof(*list.items)), .limit = limit};

	*count = 0;
	if (limit == 0)
		return NULL;
	TRY(collect_near(store, arena, name, &list));
	const char **texts = arena_alloc(arena, list.count * sizeof(*texts));

	for (size_t i = 0; i < list.count; i++)
		texts[i] = list.items[i].text;
	*names = texts;
	*count = list.count;
	return NULL;
}
