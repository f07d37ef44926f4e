// SPDX-License-Identifier: GPL-2.0-or-later
/* All functions of an image, object by object: functions, instances and symbols are one range of ids each. */
#include "atlas/bulk.h"

#include <string.h>

#include "store/internal.h"

/* Columns of object_ranges. */
enum { FIRST_FUNCTION, FUNCTIONS, FIRST_INSTANCE, INSTANCES, FIRST_SYMBOL, SYMBOLS, OBJECT = 8, RANGE_COLUMNS };

struct ranges {
	int64_t columns[RANGE_COLUMNS];
};

/* A function and where its rows are. */
struct sweep_row {
	struct function function;
	int64_t first_instance, first_symbol;
};

struct sweep {
	struct store *store;
	struct arena *arena;
	const struct image *image;
	const struct object_row *object; /* the one being read */
	int64_t next_id;		 /* that the next row must have */
	VEC(struct sweep_row) rows;	 /* of all objects */
	VEC(struct instance) instances;	 /* of the object: grown as rows come, a damaged atlas may promise any number */
	VEC(struct symbol) symbols;
	VEC(struct ranges) objects;
};

static struct error *damaged(struct store *store, const char *what)
{
	return error_new(ERROR_STORE,
			 "%s: the atlas is damaged: the %s of an image do not fit together; remove it and scan the "
			 "images again",
			 store->path, what);
}

static struct error *read_ranges(struct sweep *sweep)
{
	struct error *err;
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(sweep->store, STATEMENT_object_ranges, sweep->image->id, &stmt));
	sqlite3_bind_null(stmt, 2);
	sqlite3_bind_null(stmt, 3);
	while (!(err = sql_step(sweep->store, stmt, &row)) && row) {
		struct ranges *ranges = vec_push(&sweep->objects);

		for (int i = 0; i < RANGE_COLUMNS; i++)
			ranges->columns[i] = sqlite3_column_int64(stmt, i);
	}
	return err;
}

static struct error *read_function(struct sweep *sweep, sqlite3_stmt *stmt)
{
	struct sweep_row *row = vec_push(&sweep->rows);
	struct function *function = &row->function;
	int64_t prototype = sqlite3_column_int64(stmt, 2), readable = sqlite3_column_int64(stmt, 1);

	*row = (struct sweep_row){
		.function =
			{
				.image = sweep->image,
				.object = sweep->object->name,
				.instance_count = (uint32_t)sqlite3_column_int64(stmt, 4),
				.symbol_count = (uint32_t)sqlite3_column_int64(stmt, 6),
				.language = (uint8_t)sqlite3_column_int(stmt, 7),
				.flags = (uint8_t)sqlite3_column_int(stmt, 8),
			},
		.first_instance = sqlite3_column_int64(stmt, 3),
		.first_symbol = sqlite3_column_int64(stmt, 5),
	};
	class_read(stmt, 9, &function->class);
	if (readable)
		TRY(cached_name(sweep->store, readable, &function->readable));
	if (prototype)
		TRY(cached_prototype(sweep->store, prototype, &function->prototype));
	return cached_name(sweep->store, sqlite3_column_int64(stmt, 15), &function->name);
}

static struct error *read_instance(struct sweep *sweep, sqlite3_stmt *stmt)
{
	struct instance *instance = vec_push(&sweep->instances);
	int64_t file = sqlite3_column_int64(stmt, 1), decl_file = sqlite3_column_int64(stmt, 2);
	int64_t prototype = sqlite3_column_int64(stmt, 5);

	*instance = (struct instance){
		.id = sqlite3_column_int64(stmt, 0),
		.decl_line = (uint32_t)sqlite3_column_int64(stmt, 3),
		.object = sweep->object->name,
		.address = (uint64_t)sqlite3_column_int64(stmt, 4),
		.inlined_count = (uint32_t)sqlite3_column_int64(stmt, 6),
		.call_count = (uint32_t)sqlite3_column_int64(stmt, 7),
		.flags = (uint8_t)sqlite3_column_int(stmt, 8),
		.dw_inline = (uint8_t)sqlite3_column_int(stmt, 9),
	};
	if (instance->id != sweep->next_id++)
		return damaged(sweep->store, "instances");
	if (instance->address)
		instance->section = section_at(sweep->object, &instance->address);
	if (file)
		TRY(cached_path(sweep->store, file, &instance->file));
	if (decl_file)
		TRY(cached_path(sweep->store, decl_file, &instance->decl_file));
	return prototype ? cached_prototype(sweep->store, prototype, &instance->prototype) : NULL;
}

/* Columns of symbols_of. */
static struct error *read_symbol(struct sweep *sweep, sqlite3_stmt *stmt)
{
	struct symbol *symbol = vec_push(&sweep->symbols);

	*symbol = (struct symbol){
		.address = (uint64_t)sqlite3_column_int64(stmt, 2),
		.size_bytes = (uint64_t)sqlite3_column_int64(stmt, 3),
		.binding = (uint8_t)sqlite3_column_int(stmt, 4),
		.object = sweep->object->name,
	};
	if (sqlite3_column_int64(stmt, 0) != sweep->next_id++)
		return damaged(sweep->store, "symbols");
	symbol->section = section_at(sweep->object, &symbol->address);
	if (sqlite3_column_int64(stmt, 5))
		TRY(cached_attach(sweep->store, sqlite3_column_int64(stmt, 5), &symbol->attach));
	return cached_name(sweep->store, sqlite3_column_int64(stmt, 1), &symbol->name);
}

static struct error *read_rows(struct sweep *sweep, enum statement which, int64_t first, int64_t count,
			       struct error *(*read)(struct sweep *, sqlite3_stmt *))
{
	struct error *err;
	sqlite3_stmt *stmt;
	bool row;

	sweep->next_id = first;
	TRY(sql_get2(sweep->store, which, first, count, &stmt));
	while (!(err = sql_step(sweep->store, stmt, &row)) && row && !(err = read(sweep, stmt)))
		;
	sqlite3_reset(stmt);
	return err;
}

static bool is_run(int64_t first, uint32_t length, int64_t range_first, size_t range_length)
{
	return length == 0 || (first >= range_first && (uint64_t)(first - range_first) + length <= range_length);
}

/* Gives the functions from `row` on what was read of the object. */
static struct error *tie(struct sweep *sweep, const struct ranges *ranges, size_t row)
{
	size_t instance_count = sweep->instances.count, symbol_count = sweep->symbols.count;
	const struct instance *instances =
		arena_copy(sweep->arena, sweep->instances.items, instance_count * sizeof(*instances));
	const struct symbol *symbols = arena_copy(sweep->arena, sweep->symbols.items, symbol_count * sizeof(*symbols));

	for (; row < sweep->rows.count; row++) {
		struct sweep_row *one = &sweep->rows.items[row];
		int64_t first_instance = ranges->columns[FIRST_INSTANCE], first_symbol = ranges->columns[FIRST_SYMBOL];

		if (!is_run(one->first_instance, one->function.instance_count, first_instance, instance_count) ||
		    !is_run(one->first_symbol, one->function.symbol_count, first_symbol, symbol_count))
			return damaged(sweep->store, "functions");
		if (one->function.instance_count)
			one->function.instances = &instances[one->first_instance - first_instance];
		if (one->function.symbol_count)
			one->function.symbols = &symbols[one->first_symbol - first_symbol];
	}
	return NULL;
}

static struct error *read_object(struct sweep *sweep, const struct ranges *ranges)
{
	const int64_t *columns = ranges->columns;
	size_t row = sweep->rows.count;

	TRY(cached_object(sweep->store, columns[OBJECT], &sweep->object));
	sweep->instances.count = sweep->symbols.count = 0;
	TRY(read_rows(sweep, STATEMENT_functions_of_object, columns[FIRST_FUNCTION], columns[FUNCTIONS],
		      read_function));
	TRY(read_rows(sweep, STATEMENT_instances_of_object, columns[FIRST_INSTANCE], columns[INSTANCES],
		      read_instance));
	TRY(read_rows(sweep, STATEMENT_symbols_of, columns[FIRST_SYMBOL], columns[SYMBOLS], read_symbol));
	return tie(sweep, ranges, row);
}

static int compare_objects(const char *a, const char *b)
{
	bool in_vmlinux = strcmp(a, "vmlinux") == 0;

	if (in_vmlinux != (strcmp(b, "vmlinux") == 0))
		return in_vmlinux ? -1 : 1;
	return strcmp(a, b);
}

static int compare_functions(const void *left, const void *right)
{
	const struct function *a = left, *b = right;
	int order = a->name == b->name ? 0 : strcmp(a->name, b->name);

	return order ? order : compare_objects(a->object, b->object);
}

static int compare_exported(const void *left, const void *right)
{
	const struct exported_symbol *a = left, *b = right;
	int order = strcmp(a->name, b->name);

	return order ? order : compare_objects(a->object, b->object);
}

static const struct exported_symbol *find_export(const struct image_exports *exports, const struct function *function)
{
	const struct exported_symbol key = {.name = function->name, .object = function->object};

	return exports->count ? bsearch(&key, exports->symbols, exports->count, sizeof(key), compare_exported) : NULL;
}

static bool was_read(const struct image_exports *exports, const char *object)
{
	for (size_t i = 0; i < exports->object_count; i++)
		if (exports->objects[i] == object)
			return true;
	return false;
}

/* Functions of one object follow each other: whether its tables were read is looked up once. */
static void give_exports(const struct image_exports *exports, const struct sweep *sweep, size_t row)
{
	const char *object = row < sweep->rows.count ? sweep->rows.items[row].function.object : NULL;

	if (!object || !was_read(exports, object))
		return;
	for (; row < sweep->rows.count && sweep->rows.items[row].function.object == object; row++) {
		struct function *function = &sweep->rows.items[row].function;
		const struct exported_symbol *found = find_export(exports, function);

		function->exported = found ? found->exported : (struct function_export){EXPORT_NO, 0, NULL};
	}
}

static struct error *read_objects(struct sweep *sweep)
{
	struct image_exports exports;

	TRY(read_ranges(sweep));
	TRY(store_all_exports(sweep->store, sweep->arena, sweep->image, &exports));
	TRY(names_preload(sweep->store));
	for (size_t i = 0; i < sweep->objects.count; i++) {
		size_t row = sweep->rows.count;

		TRY(read_object(sweep, &sweep->objects.items[i]));
		give_exports(&exports, sweep, row);
	}
	return NULL;
}

struct error *store_all_functions(struct store *store, struct arena *arena, const struct image *image,
				  const struct function **functions, size_t *count)
{
	struct sweep sweep = {.store = store, .arena = arena, .image = image};
	struct error *err = read_objects(&sweep);

	if (!err) {
		struct function *all = arena_alloc(arena, sweep.rows.count * sizeof(*all));

		for (size_t i = 0; i < sweep.rows.count; i++)
			all[i] = sweep.rows.items[i].function;
		if (sweep.rows.count)
			qsort(all, sweep.rows.count, sizeof(*all), compare_functions);
		*functions = all;
		*count = sweep.rows.count;
	}
	vec_free(&sweep.rows);
	vec_free(&sweep.instances);
	vec_free(&sweep.symbols);
	vec_free(&sweep.objects);
	return err;
}

static struct error *read_export_objects(struct store *store, struct arena *arena, const struct image *image,
					 struct image_exports *exports)
{
	VEC(const char *) objects = {0};
	const struct object_row *object;
	struct error *err;
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(store, STATEMENT_exports_read_of_image, image->id, &stmt));
	while (!(err = sql_step(store, stmt, &row)) && row &&
	       !(err = cached_object(store, sqlite3_column_int64(stmt, 0), &object)))
		vec_add(&objects, object->name);
	sqlite3_reset(stmt);
	exports->objects = vec_keep(arena, &objects);
	exports->object_count = objects.count;
	vec_free(&objects);
	return err;
}

static struct error *read_export(struct store *store, sqlite3_stmt *stmt, struct exported_symbol *symbol)
{
	int flags = sqlite3_column_int(stmt, 2);
	int64_t namespace = sqlite3_column_int64(stmt, 4);
	const struct object_row *object;

	TRY(cached_object(store, sqlite3_column_int64(stmt, 0), &object));
	*symbol = (struct exported_symbol){
		.object = object->name,
		.is_function = flags & EXPORT_ROW_FUNCTION,
		.exported =
			{
				.state = flags & EXPORT_ROW_GPL ? EXPORT_GPL : EXPORT_PLAIN,
				.crc = (uint32_t)sqlite3_column_int64(stmt, 3),
			},
	};
	if (namespace)
		TRY(cached_name(store, namespace, &symbol->exported.namespace));
	return cached_name(store, sqlite3_column_int64(stmt, 1), &symbol->name);
}

struct error *store_all_exports(struct store *store, struct arena *arena, const struct image *image,
				struct image_exports *exports)
{
	VEC(struct exported_symbol) found = {0};
	struct error *err;
	sqlite3_stmt *stmt;
	bool row;

	TRY(read_export_objects(store, arena, image, exports));
	TRY(names_preload(store));
	TRY(sql_get1(store, STATEMENT_exports_of_image, image->id, &stmt));
	while (!(err = sql_step(store, stmt, &row)) && row && !(err = read_export(store, stmt, vec_push(&found))))
		;
	sqlite3_reset(stmt);
	if (!err && found.count)
		qsort(found.items, found.count, sizeof(*found.items), compare_exported);
	exports->symbols = vec_keep(arena, &found);
	exports->count = found.count;
	vec_free(&found);
	return err;
}

struct error *store_callee_names(struct store *store, struct arena *arena, int64_t instance_id,
				 const char *const **names, size_t *count)
{
	VEC(const char *) found = {0};
	struct error *err;
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(store, STATEMENT_callee_names, instance_id, &stmt));
	while (!(err = sql_step(store, stmt, &row)) && row &&
	       !(err = cached_name(store, sqlite3_column_int64(stmt, 0), vec_push(&found))))
		;
	sqlite3_reset(stmt);
	*names = vec_keep(arena, &found);
	*count = found.count;
	vec_free(&found);
	return err;
}
