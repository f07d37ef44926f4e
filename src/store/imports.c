// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls of a name that are recorded under another name, or in another object. */
#include <string.h>

#include "store/internal.h"

/* Columns of aliases_of and imports_of. */
enum { COL_INSTANCE, COL_OBJECT, COL_ROLE, COL_FIRST_EDGE, COL_CALLS, COL_NAME, COL_LINKAGE };

static struct error *read_import(struct store *store, sqlite3_stmt *stmt, int64_t asked, struct import *import)
{
	int64_t name = sqlite3_column_int64(stmt, COL_NAME);

	*import = (struct import){
		.instance = sqlite3_column_int64(stmt, COL_INSTANCE),
		.object_id = sqlite3_column_int64(stmt, COL_OBJECT),
		.first_edge = sqlite3_column_int64(stmt, COL_FIRST_EDGE),
		.calls = sqlite3_column_int64(stmt, COL_CALLS),
		.linkage = sqlite3_column_int64(stmt, COL_LINKAGE),
		.role = (enum role)sqlite3_column_int(stmt, COL_ROLE),
	};
	if (name != asked)
		TRY(cached_name(store, name, &import->as));
	return cached_object(store, import->object_id, &import->object);
}

struct error *imports_read(struct store *store, enum statement which, int64_t image_id, int64_t name_id,
			   struct import_list *list)
{
	struct error *err = NULL;
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get2(store, which, image_id, name_id, &stmt));
	while (!(err = sql_step(store, stmt, &row)) && row)
		if ((err = read_import(store, stmt, name_id, vec_push(&list->imports))))
			break;
	sqlite3_reset(stmt);
	return err;
}

static int compare_imports(const void *left, const void *right)
{
	const struct import *a = left, *b = right;
	int order = a->object->is_vmlinux == b->object->is_vmlinux ? strcmp(a->object->name, b->object->name)
								   : b->object->is_vmlinux - a->object->is_vmlinux;

	return order ? order : a->instance < b->instance ? -1 : a->instance > b->instance;
}

void imports_sort(struct import_list *list)
{
	if (list->imports.count)
		qsort(list->imports.items, list->imports.count, sizeof(*list->imports.items), compare_imports);
}

struct error *import_sites(struct store *store, struct arena *arena, const struct import *import,
			   struct site_list *list)
{
	size_t first = list->sites.count;

	TRY(sites_on(store, arena, import->first_edge, import->calls, list));
	for (size_t i = first; i < list->sites.count; i++)
		list->sites.items[i].as = import->as;
	return NULL;
}
