// SPDX-License-Identifier: GPL-2.0-or-later
/* Types that go with an object or an image. */
#include <string.h>

#include "store/dicts.h"
#include "store/type_dicts.h"
#include "store/type_rows.h"

static struct error *run2(struct store *store, enum statement which, int64_t a, int64_t b)
{
	sqlite3_stmt *stmt;

	TRY(sql_get2(store, which, a, b, &stmt));
	return sql_run(store, stmt);
}

struct error *remove_types(struct store *store, int64_t image_id, int64_t object_id)
{
	sqlite3_stmt *stmt;

	TRY(run2(store, STATEMENT_type_places_delete, image_id, object_id));
	TRY(sql_get1(store, STATEMENT_types_read_delete, object_id, &stmt));
	return sql_run(store, stmt);
}

struct error *remove_image_types(struct store *store, int64_t image_id)
{
	sqlite3_stmt *stmt;

	TRY(sql_get1(store, STATEMENT_type_places_delete_all, image_id, &stmt));
	return sql_run(store, stmt);
}

struct error *sweep_types(struct store *store)
{
	struct type_dicts *types = store->dicts ? store->dicts->types : NULL;
	sqlite3_stmt *stmt;

	/* What this transaction wrote before may be among what goes. */
	if (types && types->stored)
		memset(types->stored, 0, types->stored_count * sizeof(*types->stored));
	TRY(sql_get(store, STATEMENT_types_sweep, &stmt));
	return sql_run(store, stmt);
}
