// SPDX-License-Identifier: GPL-2.0-or-later
/* One image into the tables. */
#include <string.h>

#include "store/writer.h"

static struct error *take_ids(struct writer *w)
{
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get(w->store, STATEMENT_next_ids, &stmt));
	TRY(sql_step(w->store, stmt, &row));
	w->image = sqlite3_column_int64(stmt, 0);
	w->object = sqlite3_column_int64(stmt, 1);
	w->function = sqlite3_column_int64(stmt, 2);
	w->instance = sqlite3_column_int64(stmt, 3);
	w->symbol = sqlite3_column_int64(stmt, 4);
	w->edge = sqlite3_column_int64(stmt, 5);
	sqlite3_reset(stmt);
	return NULL;
}

static struct error *load_names(struct writer *w)
{
	const struct facts *facts = w->facts;

	TRY(text_dict_load(w->store, STATEMENT_names_load, facts, &w->names));
	for (size_t i = 0; i < facts->functions.count; i++) {
		text_dict_use(&w->names, facts, facts->functions.items[i].name);
		text_dict_use(&w->names, facts, facts->functions.items[i].readable);
	}
	for (size_t i = 0; i < facts->instances.count; i++) {
		text_dict_use(&w->names, facts, facts->instances.items[i].copy_of);
		text_dict_use(&w->names, facts, facts->instances.items[i].linkage);
	}
	for (size_t i = 0; i < facts->symbols.count; i++)
		text_dict_use(&w->names, facts, facts->symbols.items[i].name);
	for (size_t i = 0; i < facts->chains.count; i++)
		text_dict_use(&w->names, facts, facts->chains.items[i].name);
	return text_dict_write(w->store, STATEMENT_name_insert, facts, &w->names);
}

static struct error *load_paths(struct writer *w)
{
	const struct facts *facts = w->facts;

	TRY(text_dict_load(w->store, STATEMENT_paths_load, facts, &w->paths));
	for (size_t i = 0; i < facts->instances.count; i++) {
		text_dict_use(&w->paths, facts, facts->instances.items[i].file);
		text_dict_use(&w->paths, facts, facts->instances.items[i].decl_file);
	}
	return text_dict_write(w->store, STATEMENT_path_insert, facts, &w->paths);
}

static struct error *write_name_words(struct writer *w)
{
	sqlite3_stmt *stmt;

	TRY(sql_get1(w->store, STATEMENT_name_words_insert, (int64_t)w->names.dict.stored, &stmt));
	return sql_run(w->store, stmt);
}

static struct error *write_dictionaries(struct writer *w)
{
	w->prototypes = xcalloc(w->facts->prototypes.count, sizeof(*w->prototypes));
	w->chains = xcalloc(w->facts->chains.count, sizeof(*w->chains));
	TRY(load_names(w));
	TRY(load_paths(w));
	TRY(write_name_words(w));
	TRY(write_prototypes(w->store, w->facts, w->prototypes));
	return write_chains(w->store, w->facts, w->names.ids, w->chains);
}

static void bind_text(sqlite3_stmt *stmt, int column, const char *text)
{
	sqlite3_bind_text(stmt, column, text, -1, SQLITE_STATIC);
}

static int64_t count_read(const struct facts *facts)
{
	int64_t read = 0;

	for (size_t i = 0; i < facts->functions.count; i++)
		read += !(facts->functions.items[i].flags & FUNCTION_MENTIONED);
	return read;
}

static void bind_image_text(const struct writer *w, sqlite3_stmt *stmt, const char *name)
{
	const struct facts *facts = w->facts;
	const struct image_name *image = &facts->image;
	const struct fact_object *first = facts->objects.count ? facts->objects.items : NULL;
	const char *texts[] = {
		name,
		image->version,
		image->revision,
		image->flavor,
		image->arch,
		image->label,
		image->release,
		image->banner,
		image->build_id,
		image->producer,
		image->scope,
		first ? intern_text(&facts->strings, first->path) : NULL,
	};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		bind_text(stmt, (int)i + 2, texts[i]);
}

static struct error *write_image_row(struct writer *w, const char *name)
{
	const struct facts *facts = w->facts;
	const int64_t numbers[] = {
		facts->image.evidence,
		facts->objects.count > 1,
		w->object,
		(int64_t)facts->objects.count,
		w->function,
		(int64_t)facts->functions.count,
		w->instance,
		(int64_t)facts->instances.count,
		w->symbol,
		(int64_t)facts->symbols.count,
		w->edge,
		(int64_t)facts->edges.count,
		count_read(facts),
	};
	sqlite3_stmt *stmt;

	TRY(sql_get1(w->store, STATEMENT_image_insert, w->image, &stmt));
	bind_image_text(w, stmt, name);
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		sqlite3_bind_int64(stmt, (int)i + 14, numbers[i]);
	return sql_run(w->store, stmt);
}

static struct error *write_objects(struct writer *w)
{
	const struct facts *facts = w->facts;
	sqlite3_stmt *stmt;

	TRY(sql_get(w->store, STATEMENT_object_insert, &stmt));
	for (size_t i = 0; i < facts->objects.count; i++) {
		const struct fact_object *object = &facts->objects.items[i];

		sqlite3_bind_int64(stmt, 1, w->object + (int64_t)i);
		sqlite3_bind_int64(stmt, 2, w->image);
		bind_text(stmt, 3, intern_text(&facts->strings, object->name));
		bind_text(stmt, 4, intern_text(&facts->strings, object->path));
		bind_text(stmt, 5, intern_text(&facts->strings, object->build_id));
		TRY(sql_run(w->store, stmt));
	}
	return NULL;
}

static struct error *write_all(struct writer *w, const char *name)
{
	TRY(take_ids(w));
	TRY(write_dictionaries(w));
	TRY(write_image_row(w, name));
	TRY(write_objects(w));
	TRY(write_rows(w));
	/* A sample of each index is enough for the planner. */
	return sql_exec(w->store, "PRAGMA analysis_limit = 400; ANALYZE;");
}

struct error *write_facts(struct store *store, const struct facts *facts, const char *name)
{
	struct writer w = {.store = store, .facts = facts};
	struct error *err = write_all(&w, name);

	text_dict_fini(&w.names);
	text_dict_fini(&w.paths);
	free(w.prototypes);
	free(w.chains);
	return err;
}
