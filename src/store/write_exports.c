// SPDX-License-Identifier: GPL-2.0-or-later
/* Exports as rows of the tables. */
#include "store/rows.h"
#include "store/writer.h"

static void fill_export(const void *context, size_t n, struct row *row)
{
	const struct writer *w = context;
	const struct fact_export *entry = &w->facts->exports.items[n];

	row->values[0] = w->object + entry->object;
	row->values[1] = w->names.ids[entry->name];
	row->values[2] = (entry->gpl ? EXPORT_ROW_GPL : 0) | (entry->function != NO_INDEX ? EXPORT_ROW_FUNCTION : 0);
	row->values[3] = entry->crc ? (int64_t)entry->crc : ROW_NULL;
	row->values[4] = entry->namespace ? w->names.ids[entry->namespace] : ROW_NULL;
	row->values[5] = entry->file ? w->paths.ids[entry->file] : ROW_NULL;
}

struct error *write_exports(struct writer *w)
{
	const struct facts *facts = w->facts;
	sqlite3_stmt *stmt;

	for (size_t i = 0; i < facts->objects.count; i++) {
		if (!facts->objects.items[i].exports_read)
			continue;
		TRY(sql_get1(w->store, STATEMENT_exports_read_insert, w->object + (int64_t)i, &stmt));
		TRY(sql_run(w->store, stmt));
	}
	return rows_insert(w->store, STATEMENT_export_insert,
			   &(struct row_source){w, facts->exports.count, fill_export});
}
