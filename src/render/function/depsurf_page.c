// SPDX-License-Identifier: GPL-2.0-or-later
/* The page in the published style: nothing but what that style shows. */
#include <string.h>

#include "atlas/prototype_differences.h"
#include "atlas/str.h"
#include "render/page/keys.h"
#include "render/page/page.h"
#include "render/words/text.h"

static bool is_vmlinux(const char *object)
{
	return !object || strcmp(object, "vmlinux") == 0;
}

static bool is_shown(const struct function *function)
{
	return function_was_read(function) && function_in_vmlinux(function);
}

bool depsurf_page_exists(const struct page_input *input)
{
	for (size_t i = 0; i < input->image_count; i++)
		if (is_shown(input->functions[i]))
			return true;
	return false;
}

/*
 * The declaration as the published pages have it: where a symbol has exactly
 * the name and all parameters are named, which in assembler none is.
 */
static const struct prototype *published_prototype(const struct function *function)
{
	const struct prototype *prototype = function->prototype;
	const struct symbol *plain = is_shown(function) ? function_plain_symbol(function) : NULL;

	if (!prototype || !plain)
		return NULL;
	/* A variadic list ends in "void (anon)"; an unnamed parameter before it is one too many. */
	for (uint32_t i = 0; i < prototype->count; i++)
		if (strcmp(prototype->params[i].name, "(anon)") == 0 &&
		    (i + 1 < prototype->count || strcmp(prototype->params[i].decl, "void (anon)") != 0))
			return NULL;
	return prototype;
}

static const char *caller_text(struct arena *arena, const struct site *site)
{
	AUTO_STR struct str text = {0};

	if (site->path) {
		str_add(&text, site->path);
		str_addc(&text, ':');
	}
	str_add(&text, site->name);
	return text_visible(arena, arena_strndup(arena, text.data, text.length));
}

static void add_callers(struct object *object, template_key key, struct arena *arena, const struct site *sites,
			uint32_t count)
{
	struct list *list = NULL;

	for (uint32_t i = 0; i < count; i++) {
		if (sites[i].kind == EDGE_CODE || !is_vmlinux(sites[i].object))
			continue;
		if (!list)
			list = object_list(object_object(object, key), KEY_items);
		list_text(list, caller_text(arena, &sites[i]));
	}
}

static void add_instance(struct arena *arena, struct list *list, const struct instance *instance)
{
	struct object *object = list_object(list);
	const char *location = text_location(arena, instance);

	object_text(object, KEY_file, instance->file ? text_visible(arena, instance->file) : "None");
	object_text(object, KEY_address,
		    instance->flags & INSTANCE_HAS_ADDRESS ? text_hex(arena, instance->address) : "0");
	object_text(object, KEY_location, location ? location : "None");
	object_text(object, KEY_inlined, instance->dw_inline == 1 || instance->dw_inline == 3 ? "True" : "False");
	add_callers(object, KEY_inlined_callers, arena, instance->inlined, instance->inlined_count);
	add_callers(object, KEY_calls, arena, instance->calls, instance->call_count);
}

static void add_symbol(struct arena *arena, struct list *list, const struct symbol *symbol)
{
	struct object *object = list_object(list);

	object_text(object, KEY_address, text_hex(arena, symbol->address));
	object_text(object, KEY_end, text_hex(arena, symbol->address + symbol->size_bytes));
	object_text(object, KEY_name, text_visible(arena, symbol->name));
	object_text(object, KEY_binding, text_binding(arena, symbol->binding));
}

static const char *published_inlining(enum inlining inlining)
{
	return inlining_text(inlining == INLINE_NO_SYMBOL ? INLINE_FULL : inlining);
}

static void describe(struct arena *arena, struct object *object, const struct function *function)
{
	const struct class *class = &function->class;
	const struct prototype *prototype = published_prototype(function);
	const char *issues = text_issues(arena, class);

	object_text(object, KEY_issues, *issues ? arena_printf(arena, "%s ⚠️", issues) : "✅");
	if (prototype)
		object_text(object, KEY_declaration, text_declaration(arena, function->name, prototype));
	object_text(object, KEY_collision, collision_text(class->collision));
	object_text(object, KEY_inlining, published_inlining(class->inlining));
	object_text(object, KEY_transformed, class->transformed ? "True" : "False");
	struct list *instances = object_list(object, KEY_instances);

	for (uint32_t i = 0; i < function->instance_count; i++)
		if (instance_counts(function, &function->instances[i]))
			add_instance(arena, instances, &function->instances[i]);
	struct list *symbols = NULL;

	for (uint32_t i = 0; i < function->symbol_count; i++) {
		if (!symbol_counts(function, &function->symbols[i]))
			continue;
		if (!symbols)
			symbols = object_list(object_object(object, KEY_symbols), KEY_items);
		add_symbol(arena, symbols, &function->symbols[i]);
	}
}

static void add_status(struct arena *arena, struct object *page, const struct page_input *input)
{
	struct list *groups = object_list(page, KEY_groups);

	for (size_t i = 0; i < GROUP_COUNT; i++) {
		const struct group *group = &input->groups->groups[i];
		struct object *object = list_object(groups);
		struct list *members = object_list(object, KEY_members);

		object_text(object, KEY_title, group->title);
		for (size_t j = 0; j < group->count; j++) {
			const struct function *function = input->functions[group->members[j].image];
			struct object *member = list_object(members);

			object_text(member, KEY_label, group->members[j].label);
			object_flag(member, KEY_present, is_shown(function));
			if (is_shown(function))
				describe(arena, member, function);
		}
	}
}

static void add_pair(struct arena *arena, struct list *pairs, const struct group_member *member,
		     const struct prototype *before, const struct prototype *after)
{
	struct object *pair = list_object(pairs);
	struct list *changes = object_list(pair, KEY_changes);
	struct differences differences = {0};

	object_text(pair, KEY_before, member->compared_label);
	object_text(pair, KEY_after, member->label);
	differences_published(arena, before, after, &differences);
	object_flag(pair, KEY_changed, differences.changes.count > 0);
	for (size_t i = 0; i < differences.changes.count; i++) {
		const struct change *change = &differences.changes.items[i];
		struct object *object = list_object(changes);
		bool pointed = change->before && change->after;

		object_text(object, KEY_kind, change_text(change->kind));
		object_text(object, KEY_old, pointed ? text_visible(arena, change->before) : NULL);
		object_text(object, KEY_new, text_visible(arena, change->after ? change->after : change->before));
	}
	differences_fini(&differences);
}

static const struct prototype *prototype_in(const struct page_input *input, size_t image)
{
	const struct function *function = input->functions[image];

	return is_shown(function) ? published_prototype(function) : NULL;
}

static void add_differences(struct arena *arena, struct object *page, const struct page_input *input)
{
	struct list *list = object_list(page, KEY_differences);

	for (size_t i = 0; i < GROUP_COUNT; i++) {
		const struct group *group = &input->groups->groups[i];
		struct object *object = NULL;
		struct list *pairs = NULL;

		for (size_t j = 0; j < group->count; j++) {
			const struct group_member *member = &group->members[j];

			if (member->compared == NO_IMAGE)
				continue;
			const struct prototype *before = prototype_in(input, member->compared);
			const struct prototype *after = prototype_in(input, member->image);

			if ((before || after) && !object) {
				object = list_object(list);
				object_text(object, KEY_title, group->title);
				pairs = object_list(object, KEY_pairs);
			}
			if (before && after)
				add_pair(arena, pairs, member, before, after);
		}
	}
}

struct object *depsurf_page(struct arena *arena, const struct page_input *input)
{
	struct object *page = object_new(arena);

	object_text(page, KEY_name, text_visible(arena, input->name));
	add_status(arena, page, input);
	add_differences(arena, page, input);
	return page;
}
