// SPDX-License-Identifier: GPL-2.0-or-later
/* Compiled files and initcalls, as rows of their tables. */
#include <string.h>

#include "store/rows.h"
#include "store/writer.h"

void use_file_texts(struct writer *w)
{
	const struct facts *facts = w->facts;

	for (size_t i = 0; i < facts->units.count; i++)
		text_ids_use(&w->paths, &w->dicts->paths, facts, facts->units.items[i].file);
	for (size_t i = 0; i < facts->initcalls.count; i++) {
		const struct fact_initcall *call = &facts->initcalls.items[i];

		text_ids_use(&w->names, &w->dicts->names, facts, call->name);
		text_ids_use(&w->paths, &w->dicts->paths, facts, call->file);
		text_ids_use(&w->labels, &w->dicts->labels, facts, call->module);
	}
	for (size_t i = 0; i < facts->exports.count; i++)
		text_ids_use(&w->paths, &w->dicts->paths, facts, facts->exports.items[i].file);
}

static void fill_unit(const void *context, size_t n, struct row *row)
{
	const struct writer *w = context;
	const struct fact_unit *unit = &w->facts->units.items[n];

	row->values[0] = w->object + unit->object;
	row->values[1] = w->paths.ids[unit->file];
}

static void fill_initcall(const void *context, size_t n, struct row *row)
{
	const struct writer *w = context;
	const struct fact_initcall *call = &w->facts->initcalls.items[n];

	row->values[0] = w->object + call->object;
	row->values[1] = (int64_t)n;
	row->values[2] = w->names.ids[call->name];
	row->values[3] = call->file ? w->paths.ids[call->file] : ROW_NULL;
	row->values[4] = call->module ? w->labels.ids[call->module] : ROW_NULL;
	row->values[5] = call->line ? call->line : ROW_NULL;
	row->text = intern_text(&w->facts->strings, call->level);
	row->text_length = (uint32_t)strlen(row->text);
}

struct error *write_files(struct writer *w)
{
	const struct facts *facts = w->facts;
	sqlite3_stmt *stmt;

	for (size_t i = 0; i < facts->objects.count; i++) {
		const struct fact_object *object = &facts->objects.items[i];
		int flags = (object->units_read ? FILES_ROW_UNITS : 0) | (object->inits_read ? FILES_ROW_INITS : 0);

		if (!flags)
			continue;
		TRY(sql_get2(w->store, STATEMENT_files_read_insert, w->object + (int64_t)i, flags, &stmt));
		TRY(sql_run(w->store, stmt));
	}
	TRY(rows_insert(w->store, STATEMENT_unit_insert, &(struct row_source){w, facts->units.count, fill_unit}));
	return rows_insert(w->store, STATEMENT_initcall_insert,
			   &(struct row_source){w, facts->initcalls.count, fill_initcall});
}
