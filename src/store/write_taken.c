// SPDX-License-Identifier: GPL-2.0-or-later
/* Places that hold addresses of functions, as rows of their table. */
#include <string.h>

#include "store/rows.h"
#include "store/writer.h"

/* The places of an object stand together, by name: so does what a reader asks for. */
struct places {
	const struct writer *writer;
	uint32_t *order; /* of the facts' places */
};

static str_id target_name(const struct facts *facts, const struct fact_taken *taken)
{
	return taken->function == NO_INDEX ? taken->import : facts->functions.items[taken->function].name;
}

void use_taken_texts(struct writer *w)
{
	const struct facts *facts = w->facts;

	for (size_t i = 0; i < facts->taken.count; i++) {
		const struct fact_taken *taken = &facts->taken.items[i];

		text_ids_use(&w->names, &w->dicts->names, facts, target_name(facts, taken));
		text_ids_use(&w->paths, &w->dicts->paths, facts, taken->file);
		text_ids_use(&w->labels, &w->dicts->labels, facts, taken->data);
		text_ids_use(&w->labels, &w->dicts->labels, facts, taken->field);
	}
}

static bool is_import(const struct facts *facts, const struct fact_taken *taken)
{
	return taken->function == NO_INDEX || facts_object_of(facts, taken->function) != taken->object;
}

/* That of a function with one symbol is known anyway. */
static int64_t symbol_or_null(const struct writer *w, const struct fact_taken *taken)
{
	if (taken->symbol == NO_INDEX || w->facts->functions.items[taken->function].symbols == 1)
		return ROW_NULL;
	return w->symbol + taken->symbol;
}

static int64_t text_or_null(const struct text_ids *texts, str_id id)
{
	return id ? texts->ids[id] : ROW_NULL;
}

static void fill_taken(const void *context, size_t n, struct row *row)
{
	const struct places *places = context;
	const struct writer *w = places->writer;
	const struct fact_taken *taken = &w->facts->taken.items[places->order[n]];
	const int64_t values[] = {
		w->image,
		w->names.ids[target_name(w->facts, taken)],
		w->object + taken->object,
		(taken->kind == TAKEN_CODE ? TAKEN_ROW_CODE : 0) | (is_import(w->facts, taken) ? TAKEN_ROW_IMPORT : 0),
		symbol_or_null(w, taken),
		taken->holder == NO_INDEX ? ROW_NULL : w->function + taken->holder,
		text_or_null(&w->paths, taken->file),
		text_or_null(&w->labels, taken->data),
		taken->offset,
		text_or_null(&w->labels, taken->field),
	};

	memcpy(row->values, values, sizeof(values));
}

static int compare_places(const void *left, const void *right, void *context)
{
	const struct writer *w = context;
	uint32_t i = *(const uint32_t *)left, k = *(const uint32_t *)right;
	const struct fact_taken *a = &w->facts->taken.items[i], *b = &w->facts->taken.items[k];

	if (a->object != b->object)
		return a->object < b->object ? -1 : 1;
	uint32_t a_name = w->names.ids[target_name(w->facts, a)], b_name = w->names.ids[target_name(w->facts, b)];

	if (a_name != b_name)
		return a_name < b_name ? -1 : 1;
	return i < k ? -1 : i > k;
}

static struct error *write_read(struct writer *w)
{
	const struct facts *facts = w->facts;
	AUTO_FREE int64_t *places = xcalloc(facts->objects.count, sizeof(*places));
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get(w->store, STATEMENT_taken_next, &stmt));
	TRY(sql_step(w->store, stmt, &row));
	int64_t next = sqlite3_column_int64(stmt, 0);

	sqlite3_reset(stmt);
	for (size_t i = 0; i < facts->taken.count; i++)
		places[facts->taken.items[i].object]++;
	for (size_t i = 0; i < facts->objects.count; i++) {
		const struct fact_object *object = &facts->objects.items[i];

		if (!object->taken_data && !places[i])
			continue;
		TRY(sql_get2(w->store, STATEMENT_taken_read_insert, w->object + (int64_t)i, object->taken_code, &stmt));
		sqlite3_bind_int64(stmt, 3, next);
		sqlite3_bind_int64(stmt, 4, places[i]);
		TRY(sql_run(w->store, stmt));
		next += places[i];
	}
	return NULL;
}

struct error *write_taken(struct writer *w)
{
	size_t count = w->facts->taken.count;
	AUTO_FREE uint32_t *order = xcalloc(count, sizeof(*order));
	struct places places = {w, order};

	for (size_t i = 0; i < count; i++)
		order[i] = (uint32_t)i;
	if (count)
		qsort_r(order, count, sizeof(*order), compare_places, w);
	TRY(write_read(w));
	return rows_insert(w->store, STATEMENT_taken_insert, &(struct row_source){&places, count, fill_taken});
}
