// SPDX-License-Identifier: GPL-2.0-or-later
/* Definitions of types, and which object has them. */
#include <string.h>

#include "atlas/type_pool.h"
#include "store/type_body.h"
#include "store/type_dicts.h"
#include "store/type_rows.h"
#include "store/writer.h"

/* Words that are new, and how often they stand in definitions that are new. */
struct new_words {
	const struct dict *dict;
	struct intern texts;
	VEC(uint32_t) uses; /* by number in `texts` */
};

static void count_word(struct new_words *words, const char *text)
{
	if (!text || intern_find(&words->dict->known, text))
		return;
	str_id id = intern(&words->texts, text);

	while (words->uses.count <= id)
		vec_add(&words->uses, 0);
	words->uses.items[id]++;
}

static void count_words(struct new_words *words, const struct type *type)
{
	count_word(words, type->text);
	for (uint32_t i = 0; i < type->member_count; i++) {
		count_word(words, type->members[i].name);
		count_word(words, type->members[i].type);
	}
}

static int by_use(const void *left, const void *right, void *context)
{
	const struct new_words *words = context;
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

	if (words->uses.items[a] != words->uses.items[b])
		return words->uses.items[a] > words->uses.items[b] ? -1 : 1;
	return strcmp(intern_text(&words->texts, a), intern_text(&words->texts, b));
}

static struct error *add_words(struct writer *w, struct type_dicts *types, struct new_words *words)
{
	size_t count = words->texts.entries.count - 1;
	AUTO_FREE uint32_t *order = xcalloc(count + 1, sizeof(*order));

	for (size_t i = 0; i < count; i++)
		order[i] = (uint32_t)i + 1;
	if (count)
		qsort_r(order, count, sizeof(*order), by_use, words);
	for (size_t i = 0; i < count; i++)
		intern(&types->words.known, intern_text(&words->texts, order[i]));
	return dict_store_new(w->store, STATEMENT_type_word_insert, &types->words);
}

/* Names and words of the definitions that were not written in this transaction. */
static struct error *write_texts(struct writer *w, struct type_dicts *types)
{
	struct new_words words = {.dict = &types->words};

	intern_init(&words.texts);
	for (size_t i = 0; i < w->facts->types.count; i++) {
		uint32_t number = w->facts->types.items[i].type;
		const struct type *type = type_pool_get(number);

		if (types->stored[number].name)
			continue;
		intern(&types->names.known, type->name);
		count_words(&words, type);
	}
	struct error *err = add_words(w, types, &words);

	if (!err)
		err = dict_store_new(w->store, STATEMENT_type_name_insert, &types->names);
	intern_fini(&words.texts);
	vec_free(&words.uses);
	return err;
}

static uint32_t word_number(void *context, const char *text)
{
	struct type_dicts *types = context;

	return intern_find(&types->words.known, text);
}

/* A row of table type. */
struct type_row {
	const struct type *type;
	struct str body;
	int64_t flags;
};

static bool is_like_row(sqlite3_stmt *stmt, const struct type_row *row)
{
	const void *body = sqlite3_column_blob(stmt, 4);

	return sqlite3_column_int64(stmt, 1) == (int64_t)row->type->kind &&
	       sqlite3_column_int64(stmt, 2) == row->flags &&
	       (size_t)sqlite3_column_bytes(stmt, 4) == row->body.length && body &&
	       memcmp(body, row->body.data, row->body.length) == 0;
}

static bool is_row(sqlite3_stmt *stmt, const struct type_row *row)
{
	return is_like_row(stmt, row) && sqlite3_column_int64(stmt, 3) == (int64_t)row->type->size_bytes;
}

/* The variant of `name` that the row is; NO_INDEX if there is none yet, then `next` is a free one. */
static struct error *find_variant(struct store *store, uint32_t name, const struct type_row *row, uint32_t *found,
				  uint32_t *next)
{
	sqlite3_stmt *stmt;
	bool have;

	*found = NO_INDEX;
	*next = 0;
	TRY(sql_get1(store, STATEMENT_type_variants, name, &stmt));
	for (;;) {
		TRY(sql_step(store, stmt, &have));
		if (!have)
			return NULL;
		*next = (uint32_t)sqlite3_column_int64(stmt, 0) + 1;
		if (is_row(stmt, row)) {
			*found = *next - 1;
			sqlite3_reset(stmt);
			return NULL;
		}
	}
}

static struct error *insert_type(struct store *store, uint32_t name, uint32_t variant, const struct type_row *row)
{
	sqlite3_stmt *stmt;

	TRY(sql_get2(store, STATEMENT_type_insert, name, variant, &stmt));
	sqlite3_bind_int64(stmt, 3, row->type->kind);
	sqlite3_bind_int64(stmt, 4, row->flags);
	sqlite3_bind_int64(stmt, 5, (int64_t)row->type->size_bytes);
	sqlite3_bind_blob64(stmt, 6, row->body.data, row->body.length, SQLITE_STATIC);
	return sql_run(store, stmt);
}

static struct error *write_definition(struct writer *w, struct type_dicts *types, uint32_t number, bool new_name)
{
	const struct type *type = type_pool_get(number);
	struct type_row row = {.type = type};
	uint32_t name = intern_find(&types->names.known, type->name), variant = NO_INDEX, next = 0;
	struct error *err = NULL;

	row.flags = (type->declared ? TYPE_ROW_DECLARED : 0) | (type->is_unsigned ? TYPE_ROW_UNSIGNED : 0);
	type_body_write(type, word_number, types, &row.body);
	if (!new_name)
		err = find_variant(w->store, name, &row, &variant, &next);
	if (!err && variant == NO_INDEX) {
		variant = next;
		err = insert_type(w->store, name, variant, &row);
	}
	str_free(&row.body);
	if (!err)
		types->stored[number] = (struct stored_type){name, variant};
	return err;
}

static struct error *write_definitions(struct writer *w, struct type_dicts *types)
{
	uint32_t old_names = (uint32_t)types->names.stored;

	TRY(write_texts(w, types));
	AUTO_FREE bool *met = xcalloc(types->names.stored - old_names + 1, sizeof(*met));

	for (size_t i = 0; i < w->facts->types.count; i++) {
		uint32_t number = w->facts->types.items[i].type;

		if (types->stored[number].name)
			continue;
		uint32_t name = intern_find(&types->names.known, type_pool_get(number)->name);
		bool first = name >= old_names && !met[name - old_names];

		if (first)
			met[name - old_names] = true;
		TRY(write_definition(w, types, number, first));
	}
	return NULL;
}

static uint64_t base_key(uint32_t name, enum type_kind kind)
{
	return ((uint64_t)name << 8 | kind) + 1;
}

static struct base_type *find_base(const struct type_dicts *types, uint64_t key)
{
	size_t mask = types->base_count - 1, at = hash_u64(key) & mask;

	while (types->base[at].key && types->base[at].key != key)
		at = (at + 1) & mask;
	return &types->base[at];
}

static void add_base(struct type_dicts *types, size_t *used, uint64_t key, uint32_t variant)
{
	if (2 * (*used + 1) > types->base_count) {
		struct base_type *old = types->base;
		size_t count = types->base_count;

		types->base_count *= 2;
		types->base = xcalloc(types->base_count, sizeof(*types->base));
		for (size_t i = 0; i < count; i++)
			if (old[i].key)
				*find_base(types, old[i].key) = old[i];
		free(old);
	}
	struct base_type *slot = find_base(types, key);

	*used += slot->key == 0;
	*slot = (struct base_type){key, slot->key ? NO_INDEX : variant};
}

static struct error *load_base(struct writer *w, struct type_dicts *types)
{
	sqlite3_stmt *stmt;
	size_t used = 0;
	bool row;

	if (types->base_image == w->image && types->base)
		return NULL;
	free(types->base);
	types->base_count = 1024;
	types->base = xcalloc(types->base_count, sizeof(*types->base));
	types->base_image = w->image;
	TRY(sql_get1(w->store, STATEMENT_type_places_of_vmlinux, w->image, &stmt));
	for (;;) {
		TRY(sql_step(w->store, stmt, &row));
		if (!row)
			return NULL;
		add_base(types, &used,
			 base_key((uint32_t)sqlite3_column_int64(stmt, 0),
				  (enum type_kind)sqlite3_column_int64(stmt, 2)),
			 (uint32_t)sqlite3_column_int64(stmt, 1));
	}
}

static bool is_vmlinux(const struct writer *w, uint32_t object)
{
	return strcmp(intern_text(&w->facts->strings, w->facts->objects.items[object].name), "vmlinux") == 0;
}

/* type_is_vaguer() than what vmlinux has: a typedef of what the module only declares. */
static struct error *is_vaguer_than(struct writer *w, struct type_dicts *types, const struct type *type,
				    const struct base_type *base, bool *vaguer)
{
	struct type_row row = {.type = type};
	sqlite3_stmt *stmt;
	bool more = true;

	if (type->kind != TYPE_TYPEDEF || type->size_bytes || base->variant == NO_INDEX)
		return NULL;
	TRY(sql_get1(w->store, STATEMENT_type_variants, intern_find(&types->names.known, type->name), &stmt));
	type_body_write(type, word_number, types, &row.body);
	struct error *err = NULL;

	while (!err && more && !*vaguer) {
		err = sql_step(w->store, stmt, &more);
		*vaguer = !err && more && sqlite3_column_int64(stmt, 0) == (int64_t)base->variant &&
			  is_like_row(stmt, &row);
	}
	sqlite3_reset(stmt);
	str_free(&row.body);
	return err;
}

/* A module has no row for what its vmlinux says already. */
static struct error *says_vmlinux(struct writer *w, struct type_dicts *types, const struct fact_type *fact, bool *says)
{
	const struct stored_type *stored = &types->stored[fact->type];
	const struct type *type = type_pool_get(fact->type);
	const struct base_type *base = find_base(types, base_key(stored->name, type->kind));

	*says = false;
	if (!base->key || fact->units)
		return NULL;
	/* Which of vmlinux's definitions a module means that only declares one is vmlinux's to tell. */
	*says = base->variant == stored->variant || type->declared;
	return *says ? NULL : is_vaguer_than(w, types, type, base, says);
}

static char *units_json(const struct writer *w, const struct fact_type *fact)
{
	struct str json = {0};

	for (uint32_t i = 0; i < fact->units; i++)
		str_addf(&json, "%c%u", i ? ',' : '[', w->paths.ids[w->facts->type_units.items[fact->first_unit + i]]);
	str_addc(&json, ']');
	return str_take(&json);
}

static struct error *write_place(struct writer *w, const struct type_dicts *types, const struct fact_type *fact)
{
	const struct stored_type *stored = &types->stored[fact->type];
	AUTO_FREE char *units = fact->units ? units_json(w, fact) : NULL;
	sqlite3_stmt *stmt;

	TRY(sql_get2(w->store, STATEMENT_type_place_insert, w->image, stored->name, &stmt));
	sqlite3_bind_int64(stmt, 3, stored->variant);
	sqlite3_bind_int64(stmt, 4, w->object + fact->object);
	if (fact->decl_file)
		sqlite3_bind_int64(stmt, 5, w->paths.ids[fact->decl_file]);
	else
		sqlite3_bind_null(stmt, 5);
	if (fact->decl_line)
		sqlite3_bind_int64(stmt, 6, fact->decl_line);
	else
		sqlite3_bind_null(stmt, 6);
	sqlite3_bind_text(stmt, 7, units, -1, SQLITE_STATIC);
	return sql_run(w->store, stmt);
}

static struct error *write_places(struct writer *w, struct type_dicts *types, bool vmlinux)
{
	for (size_t i = 0; i < w->facts->types.count; i++) {
		const struct fact_type *fact = &w->facts->types.items[i];
		bool told = false;

		if (is_vmlinux(w, fact->object) != vmlinux)
			continue;
		if (!vmlinux)
			TRY(says_vmlinux(w, types, fact, &told));
		if (!told)
			TRY(write_place(w, types, fact));
	}
	return NULL;
}

void use_type_paths(struct writer *w)
{
	for (size_t i = 0; i < w->facts->types.count; i++)
		text_ids_use(&w->paths, &w->dicts->paths, w->facts, w->facts->types.items[i].decl_file);
	for (size_t i = 0; i < w->facts->type_units.count; i++)
		text_ids_use(&w->paths, &w->dicts->paths, w->facts, w->facts->type_units.items[i]);
}

struct error *write_types(struct writer *w)
{
	struct type_dicts *types;
	sqlite3_stmt *stmt;

	for (size_t i = 0; i < w->facts->objects.count; i++) {
		if (!w->facts->objects.items[i].types_read)
			continue;
		TRY(sql_get1(w->store, STATEMENT_types_read_insert, w->object + (int64_t)i, &stmt));
		TRY(sql_run(w->store, stmt));
	}
	if (!w->facts->types.count)
		return NULL;
	TRY(type_dicts_get(w->store, &w->dicts->types));
	types = w->dicts->types;
	TRY(write_definitions(w, types));
	TRY(write_places(w, types, true));
	if (w->facts->objects.count == 1 && is_vmlinux(w, 0)) {
		types->base_image = 0;
		return NULL;
	}
	/* Where vmlinux is among the objects, it was just written. */
	if (!w->joined)
		types->base_image = 0;
	TRY(load_base(w, types));
	return write_places(w, types, false);
}
