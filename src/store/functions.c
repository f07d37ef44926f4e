// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The functions of a name in an image, and whose the calls from other objects
 * are.  That is decided here, each time, and not when an object is written, so
 * that the order in which objects came does not matter.
 */
#include "store/internal.h"

/* What is known of a name, before and while its functions are made. */
struct lookup {
	struct store *store;
	struct arena *arena;
	const struct image *image;
	const char *name;
	int64_t name_id;
	struct function_rows rows; /* of the name, imports too */
	struct import_list imports, aliases;
	struct taken_rows taken;
	struct function **functions;	  /* those to return */
	const struct function_row **from; /* by function: its row */
	size_t count;
	struct function *definer; /* that the linker finds for other objects; NULL: none */
	bool ambiguous;		  /* the definer is the first of several modules */
	bool vmlinux_only;
};

static bool any_read(const struct lookup *lookup)
{
	for (size_t i = 0; i < lookup->rows.rows.count; i++)
		if (lookup->rows.rows.items[i].role != ROLE_MENTIONED)
			return true;
	return false;
}

static struct error *gather_listed(struct lookup *lookup)
{
	bool read = any_read(lookup);

	/* One more for what is defined nowhere. */
	lookup->functions = arena_alloc(lookup->arena, (lookup->rows.rows.count + 1) * sizeof(*lookup->functions));
	lookup->from = arena_alloc(lookup->arena, (lookup->rows.rows.count + 1) * sizeof(*lookup->from));
	for (size_t i = 0; i < lookup->rows.rows.count; i++) {
		const struct function_row *row = &lookup->rows.rows.items[i];

		if (row->role == ROLE_IMPORT || (read && row->role == ROLE_MENTIONED))
			continue;
		lookup->from[lookup->count] = row;
		TRY(function_gather(lookup->store, lookup->arena, row, &lookup->functions[lookup->count]));
		lookup->count++;
	}
	return NULL;
}

static bool is_exported(const struct function *function)
{
	return function->exported.state == EXPORT_PLAIN || function->exported.state == EXPORT_GPL;
}

/* What exports the name comes first, then the smallest role. */
static int definer_rank(const struct lookup *lookup, size_t index)
{
	return (int)lookup->from[index]->role + (is_exported(lookup->functions[index]) ? 0 : ROLE_LAST_DEFINER + 1);
}

/*
 * What a call of the name from another object reaches.  Rows are sorted by object, so that the first of several modules
 * does; which one is meant is then a guess, unless just one exports the name.
 */
static void choose_definer(struct lookup *lookup)
{
	int best = 2 * (ROLE_LAST_DEFINER + 1);

	for (size_t i = 0; i < lookup->count; i++) {
		int rank = definer_rank(lookup, i);

		if (lookup->from[i]->role > ROLE_LAST_DEFINER)
			continue;
		if (rank < best) {
			best = rank;
			lookup->definer = lookup->functions[i];
			lookup->ambiguous = false;
		} else if (lookup->from[i]->role == ROLE_MODULE && rank == best) {
			lookup->ambiguous = true;
		}
	}
}

static bool is_alias_of(const struct import *import, const struct function_row *row)
{
	return import->object_id == row->object_id;
}

static bool has_own(const struct lookup *lookup, const struct import *import)
{
	for (size_t i = 0; i < lookup->count; i++)
		if (is_alias_of(import, lookup->from[i]))
			return true;
	return false;
}

/* Calls by another name in the function's own object are its own. */
static struct error *add_alias_calls(struct lookup *lookup, size_t index)
{
	struct function *function = lookup->functions[index];
	struct site_list list = {0};
	struct error *err = NULL;

	for (size_t i = 0; !err && i < lookup->aliases.imports.count; i++)
		if (is_alias_of(&lookup->aliases.imports.items[i], lookup->from[index]))
			err = import_sites(lookup->store, lookup->arena, &lookup->aliases.imports.items[i], &list);
	function->alias_calls = sites_keep(lookup->arena, &list, &function->alias_call_count);
	return err;
}

/* The calls from an undefined function's instances are its import calls already. */
static struct error *without_calls(struct lookup *lookup, const struct function_row *row, struct function **made)
{
	TRY(function_gather(lookup->store, lookup->arena, row, made));
	struct function *function = *made;
	struct instance *instances = arena_alloc(lookup->arena, function->instance_count * sizeof(*instances));

	for (uint32_t i = 0; i < function->instance_count; i++) {
		instances[i] = function->instances[i];
		instances[i].call_count = 0;
		instances[i].calls = NULL;
	}
	function->instances = instances;
	function->object = NULL;
	function->class = (struct class){0};
	return NULL;
}

/* What nobody defines looks as the first module that imports it declares it. */
static struct error *make_undefined(struct lookup *lookup, struct function **made)
{
	const struct function_row *row = NULL;

	for (size_t i = 0; !row && i < lookup->rows.rows.count; i++)
		if (lookup->rows.rows.items[i].role == ROLE_IMPORT)
			row = &lookup->rows.rows.items[i];
	if (row) {
		TRY(without_calls(lookup, row, made));
	} else {
		*made = arena_zalloc(lookup->arena, sizeof(**made));
		(*made)->image = lookup->image;
		(*made)->name = lookup->name;
	}
	lookup->functions[lookup->count++] = *made;
	return NULL;
}

/* Imports under a name that is not the linker's are calls of that name all the same; who defines it is another
 * question. */
static struct error *is_defined(struct lookup *lookup, const struct import *import, bool *defined)
{
	sqlite3_stmt *stmt;

	TRY(sql_get2(lookup->store, STATEMENT_definer_of, lookup->image->id,
		     import->linkage ? import->linkage : lookup->name_id, &stmt));
	sqlite3_bind_int64(stmt, 3, import->object_id);
	TRY(sql_step(lookup->store, stmt, defined));
	sqlite3_reset(stmt);
	return NULL;
}

static struct error *import_target(struct lookup *lookup, struct function **target)
{
	const struct import *first = &lookup->imports.imports.items[0];
	bool defined;

	*target = lookup->definer;
	if (!*target && lookup->count && first->linkage && first->linkage != lookup->name_id)
		*target = lookup->functions[0];
	if (*target) {
		(*target)->ambiguous = lookup->ambiguous;
		return NULL;
	}
	TRY(make_undefined(lookup, target));
	TRY(is_defined(lookup, first, &defined));
	(*target)->undefined = !defined;
	return NULL;
}

/* They are sorted by module. */
static uint32_t count_modules(const struct function *function)
{
	const struct site *sites = function->import_calls;
	uint32_t modules = 0;

	for (uint32_t i = 0; i < function->import_call_count; i++)
		modules += i == 0 || !str_eq(sites[i].object, sites[i - 1].object);
	return modules;
}

static struct error *add_import_calls(struct lookup *lookup)
{
	struct function *target;
	struct site_list list = {0};
	struct error *err = NULL;

	if (lookup->imports.imports.count == 0)
		return NULL;
	imports_sort(&lookup->imports);
	TRY(import_target(lookup, &target));
	for (size_t i = 0; !err && i < lookup->imports.imports.count; i++)
		err = import_sites(lookup->store, lookup->arena, &lookup->imports.imports.items[i], &list);
	target->import_calls = sites_keep(lookup->arena, &list, &target->import_call_count);
	target->imported_by = count_modules(target);
	for (uint32_t i = 0; i < target->import_call_count; i++)
		target->class.call_sites += !target->import_calls[i].as;
	return err;
}

/* Calls by another name whose object does not have this one, or only imports it, too. */
static void move_foreign_aliases(struct lookup *lookup)
{
	for (size_t i = 0; i < lookup->aliases.imports.count; i++) {
		const struct import *import = &lookup->aliases.imports.items[i];

		if (!has_own(lookup, import) && (import->role == ROLE_IMPORT || lookup->definer))
			vec_add(&lookup->imports.imports, *import);
	}
}

static bool any_import(const struct lookup *lookup)
{
	for (size_t i = 0; i < lookup->rows.rows.count; i++)
		if (lookup->rows.rows.items[i].role == ROLE_IMPORT)
			return true;
	return false;
}

/* vmlinux's row stands first. */
static void leave_vmlinux(struct function_rows *rows)
{
	rows->rows.count = rows->rows.count && rows->rows.items[0].object->is_vmlinux;
}

static struct error *add_taken(struct lookup *lookup)
{
	TRY(taken_rows_read(lookup->store, lookup->arena, lookup->image->id, lookup->name_id, &lookup->taken));
	for (size_t i = 0; i < lookup->count; i++)
		TRY(taken_give(lookup->store, lookup->arena, &lookup->taken, lookup->from[i],
			       lookup->functions[i] == lookup->definer, lookup->functions[i]));
	return NULL;
}

static struct error *look_up(struct lookup *lookup)
{
	TRY(function_rows_read(lookup->store, lookup->image, lookup->name, lookup->name_id, &lookup->rows));
	if (lookup->vmlinux_only)
		leave_vmlinux(&lookup->rows);
	TRY(gather_listed(lookup));
	choose_definer(lookup);
	TRY(add_taken(lookup));
	TRY(imports_read(lookup->store, STATEMENT_aliases_of, lookup->image->id, lookup->name_id, &lookup->aliases));
	imports_sort(&lookup->aliases);
	for (size_t i = 0; lookup->aliases.imports.count && i < lookup->count; i++)
		TRY(add_alias_calls(lookup, i));
	if (lookup->vmlinux_only)
		return NULL;
	if (any_import(lookup))
		TRY(imports_read(lookup->store, STATEMENT_imports_of, lookup->image->id, lookup->name_id,
				 &lookup->imports));
	move_foreign_aliases(lookup);
	return add_import_calls(lookup);
}

static struct error *run_lookup(struct lookup *lookup)
{
	struct error *err;

	TRY(find_name(lookup->store, lookup->name, &lookup->name_id));
	if (!lookup->name_id)
		return NULL;
	lookup->name = arena_strdup(lookup->arena, lookup->name);
	err = look_up(lookup);
	vec_free(&lookup->rows.rows);
	vec_free(&lookup->imports.imports);
	vec_free(&lookup->aliases.imports);
	vec_free(&lookup->taken.rows);
	return err;
}

struct error *store_functions(struct store *store, struct arena *arena, const struct image *image, const char *name,
			      const struct function *const **functions, size_t *count)
{
	struct lookup lookup = {.store = store, .arena = arena, .image = image, .name = name};

	TRY(run_lookup(&lookup));
	*functions = (const struct function *const *)lookup.functions;
	*count = lookup.count;
	return NULL;
}

struct error *store_function(struct store *store, struct arena *arena, const struct image *image, const char *name,
			     const struct function **function)
{
	struct lookup lookup = {.store = store, .arena = arena, .image = image, .name = name, .vmlinux_only = true};

	TRY(run_lookup(&lookup));
	*function = lookup.count ? lookup.functions[0] : NULL;
	return NULL;
}
