// SPDX-License-Identifier: GPL-2.0-or-later
/* A module's calls of imports, as a fresh scan finds them, against those the atlas has on what they call. */
#include "atlas/str.h"
#include "validate/module.h"

/* Calls of one kind from one function to one import: how many the module has. */
struct call_group {
	const char *caller, *callee;
	uint8_t kind;
	size_t count;
};

typedef VEC(struct call_group) call_groups;

static const char *const kind_texts[] = {
	[EDGE_DIRECT] = "direct",
	[EDGE_TAIL] = "tail",
	[EDGE_INLINED] = "inlined",
	[EDGE_CODE] = "code",
};

static void count_call(call_groups *groups, const char *caller, const char *callee, uint8_t kind)
{
	for (size_t i = 0; i < groups->count; i++) {
		struct call_group *group = &groups->items[i];

		if (group->kind == kind && str_eq(group->caller, caller) && str_eq(group->callee, callee)) {
			group->count++;
			return;
		}
	}
	vec_add(groups, ((struct call_group){caller, callee, kind, 1}));
}

static void gather(const struct module_check *check, call_groups *groups)
{
	const struct facts *facts = &check->facts;

	for (size_t i = 0; i < facts->edges.count; i++) {
		const struct fact_edge *edge = &facts->edges.items[i];
		const struct fact_instance *callee = &facts->instances.items[edge->callee];
		uint32_t caller = facts->instances.items[edge->caller].function;
		str_id name = callee->linkage ? callee->linkage : facts->functions.items[callee->function].name;

		if (edge->kind != EDGE_INLINED && module_imports(check, intern_text(&facts->strings, name)))
			count_call(groups, intern_text(&facts->strings, facts->functions.items[caller].name),
				   intern_text(&facts->strings, name), edge->kind);
	}
}

static size_t count_sites(const struct module_check *check, const struct function *function,
			  const struct call_group *group)
{
	size_t count = 0;

	for (uint32_t i = 0; i < function->import_call_count; i++) {
		const struct site *site = &function->import_calls[i];

		if (site->kind == group->kind && str_eq(site->object, check->info.name) &&
		    str_eq(site->name, group->caller))
			count++;
	}
	return count;
}

static struct error *check_group_in(struct module_check *check, const struct call_group *group)
{
	const struct function *const *functions;
	size_t count, found = 0;

	TRY(store_functions(check->store, &check->arena, check->image, group->callee, &functions, &count));
	for (size_t i = 0; i < count; i++)
		found += count_sites(check, functions[i], group);
	const char *subject =
		arena_printf(&check->arena, "%s -> %s, %s", group->caller, group->callee, kind_texts[group->kind]);

	if (found == group->count)
		validation_add(check->validation, GROUP_CALLER, CHECK_PASSED, subject, "%s", "");
	else
		validation_add(check->validation, GROUP_CALLER, CHECK_FAILED, subject,
			       "%zu calls in the module, %zu on the page of %s", group->count, found, group->callee);
	return NULL;
}

static struct error *check_groups(struct module_check *check)
{
	struct error *err = NULL;
	call_groups groups = {0};

	gather(check, &groups);
	if (!groups.count)
		validation_add(check->validation, GROUP_CALLER, CHECK_UNCHECKED, check->info.name,
			       "no call of an import is known of it (no DWARF?)");
	for (size_t i = 0; i < groups.count && !err; i++)
		err = check_group_in(check, &groups.items[i]);
	vec_free(&groups);
	return err;
}

/* The module is put into the atlas as a scan would, read back, and taken out again: nothing is committed. */
static struct error *check_in_transaction(struct module_check *check)
{
	struct store *reading = check->store, *writing;

	TRY(store_open(check->input->atlas, STORE_WRITE, &writing));
	struct error *err = store_begin(writing);

	if (!err) {
		err = store_put_module(writing, check->image->id, &check->facts);
		check->store = writing;
		if (!err)
			err = check_groups(check);
		check->store = reading;
		store_abort(writing);
	}
	store_close(writing);
	return err;
}

struct error *check_callers(struct module_check *check)
{
	const struct object *object, *own = NULL;
	const char *build_id = intern_text(&check->facts.strings,
					   check->facts.objects.count ? check->facts.objects.items[0].build_id : 0);

	TRY(store_object(check->store, &check->arena, check->image, check->info.name, &object));
	if (object && build_id && str_eq(object->build_id, build_id))
		own = object;
	struct error *err = own ? check_groups(check) : check_in_transaction(check);

	if (err && err->kind != ERROR_USAGE) {
		validation_add(check->validation, GROUP_CALLER, CHECK_UNCHECKED, check->info.name, "%s", err->text);
		error_free(err);
		return NULL;
	}
	return err;
}
