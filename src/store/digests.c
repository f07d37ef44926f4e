// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Digests of an image's functions, from one walk through its rows.  What a name's
 * rows say is added up: a sum does not care in which order they come, and where
 * order is seen, each row has its place among its own in it.
 */
#include "store/digests.h"

/* An object of the image: columns of digest_objects. */
enum { FUNCTIONS, INSTANCES, SYMBOLS, EDGES, TAKEN, RUNS };

struct digest_object {
	struct {
		int64_t first, count;
	} runs[RUNS];
	int64_t id;
	digest what; /* what is known of it as a whole */
};

struct function_part {
	int64_t name, first_instance;
};

struct instance_part {
	int64_t name, linkage, first_edge;
	digest as_caller;
};

/* Rows of all objects by id, from the smallest one on; what lies between objects is never touched. */
#define RUN_OF(T)             \
	struct {              \
		T *items;     \
		int64_t base; \
		size_t count; \
	}

struct walk {
	struct store *store;
	const struct digests *digests;
	VEC(struct digest_object) objects;
	const struct digest_object *object; /* at hand */
	RUN_OF(struct function_part) functions;
	RUN_OF(struct instance_part) instances;
	RUN_OF(digest) symbols;
	uint64_t *by_name;
};

#define ROW_AT(run, id) \
	((id) >= (run)->base && (size_t)((id) - (run)->base) < (run)->count ? &(run)->items[(id) - (run)->base] : NULL)

static int64_t column(sqlite3_stmt *stmt, int number)
{
	return sqlite3_column_int64(stmt, number);
}

static void add_to(struct walk *walk, int64_t name, digest value)
{
	uint32_t index = name_index_of(&walk->digests->index, name);

	if (index != NO_NAME)
		walk->by_name[index] += value;
}

/* The columns from `first` on, as they are. */
static digest add_columns(digest so_far, sqlite3_stmt *stmt, int first)
{
	for (int i = first; i < sqlite3_column_count(stmt); i++)
		so_far = digest_add(so_far, (uint64_t)column(stmt, i));
	return so_far;
}

static struct error *read_function(struct walk *walk, sqlite3_stmt *stmt)
{
	enum { ID, NAME, FIRST_INSTANCE, READABLE, PROTOTYPE, REST };
	const struct digests *digests = walk->digests;
	struct function_part *part = ROW_AT(&walk->functions, column(stmt, ID));
	digest value = digest_add(walk->object->what, 'f');

	if (!part)
		return NULL;
	*part = (struct function_part){column(stmt, NAME), column(stmt, FIRST_INSTANCE)};
	value = digest_add(value, id_digest(&digests->names, column(stmt, NAME)));
	value = digest_add(value, id_digest(&digests->names, column(stmt, READABLE)));
	value = digest_add(value, id_digest(&digests->prototypes, column(stmt, PROTOTYPE)));
	add_to(walk, part->name, add_columns(value, stmt, REST));
	return NULL;
}

static struct error *read_symbol(struct walk *walk, sqlite3_stmt *stmt)
{
	enum { ID, FUNCTION, NAME, ATTACH, REST };
	const struct function_part *function = ROW_AT(&walk->functions, column(stmt, FUNCTION));
	digest *symbol = ROW_AT(&walk->symbols, column(stmt, ID));
	digest value = digest_add(walk->object->what, 's');

	if (!symbol || !function)
		return NULL;
	value = digest_add(value, id_digest(&walk->digests->names, column(stmt, NAME)));
	value = digest_add(value, id_digest(&walk->digests->attach, column(stmt, ATTACH)));
	*symbol = add_columns(value, stmt, REST);
	add_to(walk, function->name, *symbol);
	return NULL;
}

static struct error *read_instance(struct walk *walk, sqlite3_stmt *stmt)
{
	enum { ID, FUNCTION, LINKAGE, FIRST_EDGE, FILE, DECL_FILE, PROTOTYPE, COPY_OF, SYMBOL, ADDRESS };
	const struct digests *digests = walk->digests;
	const struct function_part *function = ROW_AT(&walk->functions, column(stmt, FUNCTION));
	struct instance_part *part = ROW_AT(&walk->instances, column(stmt, ID));
	const digest *symbol = ROW_AT(&walk->symbols, column(stmt, SYMBOL));
	digest value = digest_add(walk->object->what, 'i');

	if (!part || !function)
		return NULL;
	*part = (struct instance_part){function->name, column(stmt, LINKAGE), column(stmt, FIRST_EDGE), 0};
	part->as_caller = digest_add(digest_add(walk->object->what, id_digest(&digests->names, part->name)),
				     id_digest(&digests->paths, column(stmt, FILE)));
	part->as_caller = digest_add(part->as_caller, (uint64_t)column(stmt, ADDRESS));
	value = digest_add(value, (uint64_t)(column(stmt, ID) - function->first_instance));
	value = digest_add(value, id_digest(&digests->names, part->linkage));
	value = digest_add(value, id_digest(&digests->paths, column(stmt, FILE)));
	value = digest_add(value, id_digest(&digests->paths, column(stmt, DECL_FILE)));
	value = digest_add(value, id_digest(&digests->prototypes, column(stmt, PROTOTYPE)));
	value = digest_add(value, id_digest(&digests->names, column(stmt, COPY_OF)));
	value = digest_add(value, symbol ? *symbol : 0);
	value = add_columns(value, stmt, ADDRESS);
	add_to(walk, part->name, value);
	/* What is recorded under this name concerns the one it is linked as, too. */
	add_to(walk, part->linkage, digest_add(value, id_digest(&digests->names, part->name)));
	return NULL;
}

static struct error *read_edge(struct walk *walk, sqlite3_stmt *stmt)
{
	enum { ID, CALLEE, CALLER, CHAIN, REST };
	const struct instance_part *callee = ROW_AT(&walk->instances, column(stmt, CALLEE));
	const struct instance_part *caller = ROW_AT(&walk->instances, column(stmt, CALLER));
	digest value = digest_add(walk->object->what, 'e');

	if (!callee)
		return NULL;
	value = digest_add(value, (uint64_t)(column(stmt, ID) - callee->first_edge));
	value = digest_add(value, caller ? caller->as_caller : 0);
	value = digest_add(value, id_digest(&walk->digests->chains, column(stmt, CHAIN)));
	value = add_columns(value, stmt, REST);
	add_to(walk, callee->name, value);
	add_to(walk, callee->linkage, digest_add(value, id_digest(&walk->digests->names, callee->name)));
	return NULL;
}

static struct error *read_export(struct walk *walk, sqlite3_stmt *stmt)
{
	enum { NAME, NAMESPACE, REST };
	digest value = digest_add(walk->object->what, 'x');

	value = digest_add(value, id_digest(&walk->digests->names, column(stmt, NAMESPACE)));
	add_to(walk, column(stmt, NAME), add_columns(value, stmt, REST));
	return NULL;
}

static struct error *read_taken(struct walk *walk, sqlite3_stmt *stmt)
{
	enum { ID, NAME, SYMBOL, HOLDER, PATH, LABEL, FIELD, REST };
	const struct digests *digests = walk->digests;
	const struct function_part *holder = ROW_AT(&walk->functions, column(stmt, HOLDER));
	const digest *symbol = ROW_AT(&walk->symbols, column(stmt, SYMBOL));
	digest value = digest_add(walk->object->what, 't');

	value = digest_add(value, (uint64_t)(column(stmt, ID) - walk->object->runs[TAKEN].first));
	value = digest_add(value, symbol ? *symbol : 0);
	value = digest_add(value, holder ? id_digest(&digests->names, holder->name) : 0);
	value = digest_add(value, id_digest(&digests->paths, column(stmt, PATH)));
	value = digest_add(value, id_digest(&digests->labels, column(stmt, LABEL)));
	value = digest_add(value, id_digest(&digests->labels, column(stmt, FIELD)));
	add_to(walk, column(stmt, NAME), add_columns(value, stmt, REST));
	return NULL;
}

typedef struct error *(*row_reader)(struct walk *walk, sqlite3_stmt *stmt);

static struct error *read_rows(struct walk *walk, sqlite3_stmt *stmt, row_reader read)
{
	struct error *err;
	bool row;

	while (!(err = sql_step(walk->store, stmt, &row)) && row)
		if ((err = read(walk, stmt)))
			break;
	return err;
}

static struct error *read_run(struct walk *walk, enum statement which, int run, row_reader read)
{
	sqlite3_stmt *stmt;

	TRY(sql_get2(walk->store, which, walk->object->runs[run].first, walk->object->runs[run].count, &stmt));
	return read_rows(walk, stmt, read);
}

static struct error *add_sections(struct walk *walk, struct digest_object *object)
{
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(walk->store, STATEMENT_sections_of, object->id, &stmt));
	for (;;) {
		TRY(sql_step(walk->store, stmt, &row));
		if (!row)
			return NULL;
		object->what = digest_text(object->what, (const char *)sqlite3_column_text(stmt, 0));
		object->what = add_columns(object->what, stmt, 1);
	}
}

static struct error *read_object(struct walk *walk, sqlite3_stmt *stmt)
{
	enum { ID = 2 * RUNS, EXPORTS_READ, TAKEN_READ, EVIDENCE, NAME };
	struct digest_object object = {.id = column(stmt, ID)};

	for (int i = 0; i < RUNS; i++) {
		object.runs[i].first = column(stmt, 2 * i);
		object.runs[i].count = column(stmt, 2 * i + 1);
	}
	object.what = digest_text(DIGEST_START, (const char *)sqlite3_column_text(stmt, NAME));
	for (int i = EXPORTS_READ; i <= EVIDENCE; i++)
		object.what = digest_add(object.what, (uint64_t)column(stmt, i));
	TRY(add_sections(walk, &object));
	vec_add(&walk->objects, object);
	return NULL;
}

/* From the first to the last id of all objects; a damaged atlas may say anything. */
static struct error *span(const struct walk *walk, int run, int64_t *base, size_t *count)
{
	int64_t low = INT64_MAX, high = 0;

	for (size_t i = 0; i < walk->objects.count; i++) {
		int64_t first = walk->objects.items[i].runs[run].first, rows = walk->objects.items[i].runs[run].count;

		if (first < 0 || rows < 0 || first > INT32_MAX || rows > INT32_MAX)
			return error_new(ERROR_STORE, "%s: the atlas is damaged; remove it and scan the images again",
					 walk->store->path);
		low = rows && first < low ? first : low;
		high = rows && first + rows > high ? first + rows : high;
	}
	*base = low;
	*count = high > low ? (size_t)(high - low) : 0;
	return NULL;
}

static struct error *make_room(struct walk *walk)
{
	TRY(span(walk, FUNCTIONS, &walk->functions.base, &walk->functions.count));
	TRY(span(walk, INSTANCES, &walk->instances.base, &walk->instances.count));
	TRY(span(walk, SYMBOLS, &walk->symbols.base, &walk->symbols.count));
	walk->functions.items = xcalloc(walk->functions.count, sizeof(*walk->functions.items));
	walk->instances.items = xcalloc(walk->instances.count, sizeof(*walk->instances.items));
	walk->symbols.items = xcalloc(walk->symbols.count, sizeof(*walk->symbols.items));
	return NULL;
}

static struct error *walk_object(struct walk *walk)
{
	sqlite3_stmt *stmt;

	TRY(read_run(walk, STATEMENT_digest_functions, FUNCTIONS, read_function));
	TRY(read_run(walk, STATEMENT_digest_symbols, SYMBOLS, read_symbol));
	TRY(read_run(walk, STATEMENT_digest_instances, INSTANCES, read_instance));
	TRY(sql_get1(walk->store, STATEMENT_digest_exports, walk->object->id, &stmt));
	return read_rows(walk, stmt, read_export);
}

/* Callers may stand in an object that comes later. */
static struct error *walk_objects(struct walk *walk)
{
	for (size_t i = 0; i < walk->objects.count; i++) {
		walk->object = &walk->objects.items[i];
		TRY(walk_object(walk));
	}
	for (size_t i = 0; i < walk->objects.count; i++) {
		walk->object = &walk->objects.items[i];
		TRY(read_run(walk, STATEMENT_digest_edges, EDGES, read_edge));
		TRY(read_run(walk, STATEMENT_digest_taken, TAKEN, read_taken));
	}
	return NULL;
}

static struct error *walk_image(struct walk *walk, const struct image *image, uint64_t *rest)
{
	sqlite3_stmt *stmt;

	TRY(sql_get1(walk->store, STATEMENT_digest_objects, image->id, &stmt));
	TRY(read_rows(walk, stmt, read_object));
	TRY(make_room(walk));
	TRY(walk_objects(walk));
	/* Who may hold a function's address is known as far as the least known object. */
	TRY(sql_get1(walk->store, STATEMENT_taken_searched_all, image->id, &stmt));
	bool row;

	TRY(sql_step(walk->store, stmt, &row));
	*rest = row ? (uint64_t)column(stmt, 0) : 0;
	sqlite3_reset(stmt);
	return NULL;
}

struct error *store_digests_image(struct store *store, const struct digests *digests, const struct image *image,
				  uint64_t *by_name, uint64_t *rest)
{
	struct walk walk = {.store = store, .digests = digests, .by_name = by_name};
	struct error *err = walk_image(&walk, image, rest);

	vec_free(&walk.objects);
	free(walk.functions.items);
	free(walk.instances.items);
	free(walk.symbols.items);
	return err;
}
