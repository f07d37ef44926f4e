// SPDX-License-Identifier: GPL-2.0-or-later
/* The objects of one image, or one module, into the tables. */
#include <string.h>

#include "store/chain_dict.h"
#include "store/prototype_dict.h"
#include "store/writer.h"

static struct error *take_ids(struct writer *w)
{
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get(w->store, STATEMENT_next_ids, &stmt));
	TRY(sql_step(w->store, stmt, &row));
	w->object = sqlite3_column_int64(stmt, 1);
	w->function = sqlite3_column_int64(stmt, 2);
	w->instance = sqlite3_column_int64(stmt, 3);
	w->symbol = sqlite3_column_int64(stmt, 4);
	w->edge = sqlite3_column_int64(stmt, 5);
	sqlite3_reset(stmt);
	return NULL;
}

static struct error *write_names(struct writer *w)
{
	const struct facts *facts = w->facts;
	struct dict *dict = &w->dicts->names;

	for (size_t i = 0; i < facts->functions.count; i++) {
		text_ids_use(&w->names, dict, facts, facts->functions.items[i].name);
		text_ids_use(&w->names, dict, facts, facts->functions.items[i].readable);
	}
	for (size_t i = 0; i < facts->instances.count; i++) {
		text_ids_use(&w->names, dict, facts, facts->instances.items[i].copy_of);
		text_ids_use(&w->names, dict, facts, facts->instances.items[i].linkage);
	}
	for (size_t i = 0; i < facts->symbols.count; i++)
		text_ids_use(&w->names, dict, facts, facts->symbols.items[i].name);
	for (size_t i = 0; i < facts->chains.count; i++)
		text_ids_use(&w->names, dict, facts, facts->chains.items[i].name);
	for (size_t i = 0; i < facts->exports.count; i++) {
		text_ids_use(&w->names, dict, facts, facts->exports.items[i].name);
		text_ids_use(&w->names, dict, facts, facts->exports.items[i].namespace);
	}
	return text_ids_write(w->store, STATEMENT_name_insert, facts, dict, &w->names);
}

static struct error *write_paths(struct writer *w)
{
	const struct facts *facts = w->facts;
	struct dict *dict = &w->dicts->paths;

	for (size_t i = 0; i < facts->instances.count; i++) {
		text_ids_use(&w->paths, dict, facts, facts->instances.items[i].file);
		text_ids_use(&w->paths, dict, facts, facts->instances.items[i].decl_file);
	}
	use_type_paths(w);
	return text_ids_write(w->store, STATEMENT_path_insert, facts, dict, &w->paths);
}

static struct error *write_dictionaries(struct writer *w)
{
	TRY(dicts_get(w->store, &w->dicts));
	w->prototypes = xcalloc(w->facts->prototypes.count, sizeof(*w->prototypes));
	w->chains = xcalloc(w->facts->chains.count, sizeof(*w->chains));
	text_ids_init(&w->names, w->facts);
	text_ids_init(&w->paths, w->facts);
	text_ids_init(&w->labels, w->facts);
	use_taken_texts(w);
	use_file_texts(w);
	TRY(write_names(w));
	TRY(write_paths(w));
	TRY(text_ids_write(w->store, STATEMENT_label_insert, w->facts, &w->dicts->labels, &w->labels));
	TRY(write_prototypes(w->store, w->facts, &w->dicts->prototypes, w->prototypes));
	return write_chains(w->store, w->facts, w->names.ids, &w->dicts->chains, w->chains);
}

/* Functions of one object follow each other, and their other rows do so, too (facts.h). */
static void measure_objects(const struct writer *w, struct object_run *runs)
{
	const struct facts *facts = w->facts;

	for (size_t i = 0; i < facts->functions.count; i++) {
		const struct fact_function *function = &facts->functions.items[i];
		struct object_run *run = &runs[facts_object_of(facts, (uint32_t)i)];

		run->functions++;
		run->instances += function->instances;
		run->symbols += function->symbols;
		run->read_functions += w->roles[i] != ROLE_MENTIONED && w->roles[i] != ROLE_IMPORT;
		for (uint32_t n = 0; n < function->instances; n++) {
			const struct fact_instance *instance = &facts->instances.items[function->first_instance + n];

			run->edges += instance->inlined_edges + instance->call_edges;
		}
	}
	for (size_t i = 1; i < facts->objects.count; i++) {
		runs[i].first_function = runs[i - 1].first_function + runs[i - 1].functions;
		runs[i].first_instance = runs[i - 1].first_instance + runs[i - 1].instances;
		runs[i].first_symbol = runs[i - 1].first_symbol + runs[i - 1].symbols;
		runs[i].first_edge = runs[i - 1].first_edge + runs[i - 1].edges;
	}
}

static void bind_text(sqlite3_stmt *stmt, int column, const struct facts *facts, str_id id)
{
	sqlite3_bind_text(stmt, column, intern_text(&facts->strings, id), -1, SQLITE_STATIC);
}

static struct error *write_object(struct writer *w, size_t index, const struct object_run *run)
{
	const struct fact_object *object = &w->facts->objects.items[index];
	const int64_t numbers[] = {
		object->evidence,
		w->joined,
		w->function + run->first_function,
		run->functions,
		w->instance + run->first_instance,
		run->instances,
		w->symbol + run->first_symbol,
		run->symbols,
		w->edge + run->first_edge,
		run->edges,
		run->read_functions,
	};
	sqlite3_stmt *stmt;

	TRY(sql_get2(w->store, STATEMENT_object_insert, w->object + (int64_t)index, w->image, &stmt));
	bind_text(stmt, 3, w->facts, object->name);
	bind_text(stmt, 4, w->facts, object->path);
	bind_text(stmt, 5, w->facts, object->build_id);
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		sqlite3_bind_int64(stmt, (int)i + 6, numbers[i]);
	return sql_run(w->store, stmt);
}

static struct error *write_object_rows(struct writer *w)
{
	AUTO_FREE struct object_run *runs = xcalloc(w->facts->objects.count, sizeof(*runs));

	measure_objects(w, runs);
	for (size_t i = 0; i < w->facts->objects.count; i++)
		TRY(write_object(w, i, &runs[i]));
	return NULL;
}

static struct error *write_sections(struct writer *w)
{
	sqlite3_stmt *stmt;

	for (size_t i = 0; i < w->facts->sections.count; i++) {
		const struct fact_section *section = &w->facts->sections.items[i];

		TRY(sql_get2(w->store, STATEMENT_section_insert, w->object + section->object, (int64_t)section->base,
			     &stmt));
		sqlite3_bind_int64(stmt, 3, (int64_t)section->size_bytes);
		bind_text(stmt, 4, w->facts, section->name);
		TRY(sql_run(w->store, stmt));
	}
	return NULL;
}

static struct error *write_all(struct writer *w)
{
	TRY(take_ids(w));
	TRY(write_dictionaries(w));
	w->roles = xmalloc(w->facts->functions.count + 1);
	for (size_t i = 0; i < w->facts->functions.count; i++)
		w->roles[i] = (uint8_t)role_of(w->facts, (uint32_t)i);
	TRY(write_object_rows(w));
	TRY(write_sections(w));
	TRY(write_exports(w));
	TRY(write_files(w));
	TRY(write_attach(w));
	TRY(write_rows(w));
	TRY(write_types(w));
	return write_taken(w);
}

struct error *write_objects(struct store *store, const struct facts *facts, int64_t image_id, bool joined)
{
	struct writer w = {.store = store, .facts = facts, .image = image_id, .joined = joined};
	struct error *err = write_all(&w);

	text_ids_fini(&w.names);
	text_ids_fini(&w.paths);
	text_ids_fini(&w.labels);
	free(w.prototypes);
	free(w.chains);
	free(w.roles);
	free(w.attach);
	return err;
}
