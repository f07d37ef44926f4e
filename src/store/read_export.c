// SPDX-License-Identifier: GPL-2.0-or-later
/* What is stored of a function's export. */
#include "store/internal.h"

struct error *export_read(struct store *store, struct arena *arena, int64_t function_id,
			  struct function_export *exported)
{
	sqlite3_stmt *stmt;
	bool row;

	*exported = (struct function_export){EXPORT_UNKNOWN, 0, NULL};
	TRY(sql_get1(store, STATEMENT_export_of, function_id, &stmt));
	TRY(sql_step(store, stmt, &row));
	if (row && sqlite3_column_int(stmt, 0)) {
		bool listed = sqlite3_column_type(stmt, 1) != SQLITE_NULL;
		bool gpl = sqlite3_column_int(stmt, 1) & EXPORT_ROW_GPL;

		exported->state = !listed ? EXPORT_NO : gpl ? EXPORT_GPL : EXPORT_PLAIN;
		exported->crc = (uint32_t)sqlite3_column_int64(stmt, 2);
		exported->namespace = sql_text(arena, stmt, 3);
	}
	sqlite3_reset(stmt);
	return NULL;
}
