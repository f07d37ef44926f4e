// SPDX-License-Identifier: GPL-2.0-or-later
/* Taking objects and images out of the tables. */
#include "store/internal.h"
#include "store/type_rows.h"

/* What object_ranges says of one object: first ids and counts. */
enum { FUNCTIONS = 0, INSTANCES = 2, SYMBOLS = 4, EDGES = 6, OBJECT = 8, RANGE_COLUMNS };

struct object_ranges {
	int64_t columns[RANGE_COLUMNS];
};

struct range_list {
	VEC(struct object_ranges) objects;
};

static struct error *read_ranges(struct store *store, int64_t image_id, enum removal removal, const char *name,
				 struct range_list *list)
{
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(store, STATEMENT_object_ranges, image_id, &stmt));
	sqlite3_bind_text(stmt, 2, name, -1, SQLITE_STATIC);
	if (removal == REMOVE_TOGETHER)
		sqlite3_bind_int(stmt, 3, 1);
	else
		sqlite3_bind_null(stmt, 3);
	for (;;) {
		TRY(sql_step(store, stmt, &row));
		if (!row)
			return NULL;
		struct object_ranges *ranges = vec_push(&list->objects);

		for (int i = 0; i < RANGE_COLUMNS; i++)
			ranges->columns[i] = sqlite3_column_int64(stmt, i);
	}
}

static struct error *run1(struct store *store, enum statement which, int64_t id)
{
	sqlite3_stmt *stmt;

	TRY(sql_get1(store, which, id, &stmt));
	return sql_run(store, stmt);
}

static struct error *remove_object(struct store *store, int64_t image_id, const struct object_ranges *ranges)
{
	static const struct {
		enum statement statement;
		int column; /* of the first id; the count follows */
	} tables[] = {
		{STATEMENT_outgoing_delete, INSTANCES},	 {STATEMENT_edges_delete, EDGES},
		{STATEMENT_symbols_delete, SYMBOLS},	 {STATEMENT_instances_delete, INSTANCES},
		{STATEMENT_functions_delete, FUNCTIONS},
	};
	sqlite3_stmt *stmt;

	for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
		const int64_t *range = &ranges->columns[tables[i].column];

		TRY(sql_get2(store, tables[i].statement, range[0], range[1], &stmt));
		TRY(sql_run(store, stmt));
	}
	TRY(remove_types(store, image_id, ranges->columns[OBJECT]));
	TRY(run1(store, STATEMENT_taken_delete, ranges->columns[OBJECT]));
	TRY(run1(store, STATEMENT_taken_read_delete, ranges->columns[OBJECT]));
	TRY(run1(store, STATEMENT_sections_delete, ranges->columns[OBJECT]));
	TRY(run1(store, STATEMENT_exports_delete, ranges->columns[OBJECT]));
	TRY(run1(store, STATEMENT_units_delete, ranges->columns[OBJECT]));
	TRY(run1(store, STATEMENT_initcalls_delete, ranges->columns[OBJECT]));
	TRY(run1(store, STATEMENT_files_read_delete, ranges->columns[OBJECT]));
	TRY(run1(store, STATEMENT_attach_gates_delete, ranges->columns[OBJECT]));
	TRY(run1(store, STATEMENT_exports_read_delete, ranges->columns[OBJECT]));
	return run1(store, STATEMENT_object_delete, ranges->columns[OBJECT]);
}

/* All aliases of an image at once: they are not stored by object. */
static struct error *remove_aliases(struct store *store, int64_t image_id, enum removal removal,
				    const struct range_list *list)
{
	sqlite3_stmt *stmt;

	if (removal == REMOVE_ALL)
		return run1(store, STATEMENT_image_aliases_delete, image_id);
	for (size_t i = 0; i < list->objects.count; i++) {
		const int64_t *range = &list->objects.items[i].columns[INSTANCES];

		TRY(sql_get2(store, STATEMENT_aliases_delete, image_id, range[0], &stmt));
		sqlite3_bind_int64(stmt, 3, range[1]);
		TRY(sql_run(store, stmt));
	}
	return NULL;
}

struct error *remove_objects(struct store *store, int64_t image_id, enum removal removal, const char *name)
{
	struct range_list list = {0};
	struct error *err = read_ranges(store, image_id, removal, name, &list);

	if (!err && removal == REMOVE_ALL)
		err = remove_image_types(store, image_id);
	if (!err)
		err = remove_aliases(store, image_id, removal, &list);
	for (size_t i = 0; !err && i < list.objects.count; i++)
		err = remove_object(store, image_id, &list.objects.items[i]);
	vec_free(&list.objects);
	return err;
}

struct error *remove_image_row(struct store *store, int64_t image_id)
{
	return run1(store, STATEMENT_image_delete, image_id);
}

struct error *store_remove_image(struct store *store, int64_t image_id)
{
	TRY(store_begin(store));
	struct error *err = remove_objects(store, image_id, REMOVE_ALL, NULL);

	if (!err)
		err = remove_image_row(store, image_id);
	return store_finish(store, err ? err : sweep_types(store));
}
