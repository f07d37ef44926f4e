// SPDX-License-Identifier: GPL-2.0-or-later
/* The page in the atlas's own style: the published order of sections, and what that style leaves out. */
#include <ctype.h>
#include <string.h>

#include "atlas/str.h"
#include "html.h"
#include "render/page/keys.h"
#include "render/page/page.h"
#include "render/page/type_body_text.h"
#include "render/page/urls.h"
#include "render/words/status.h"
#include "render/words/text.h"

const char *atlas_anchor(struct arena *arena, const struct image *image)
{
	char *anchor = arena_printf(arena, "image-%s", image->name);

	for (char *p = anchor; *p; p++)
		if (!isalnum((unsigned char)*p) && !strchr("._-", *p))
			*p = '-';
	return anchor;
}

const struct page_rename *atlas_rename(const struct page_input *input, size_t image)
{
	for (size_t i = 0; i < input->rename_count; i++) {
		const struct page_rename *rename = &input->renames[i];

		if (rename->is_macro && function_was_read(rename->functions[image]))
			return rename;
	}
	return NULL;
}

const struct page_rename *atlas_macro(const struct page_input *input, size_t image)
{
	enum presence presence = presence_of(&input->images[image], input->functions[image], input->name);

	return presence != PRESENT && presence != PRESENT_DECLARED ? atlas_rename(input, image) : NULL;
}

static const char *evidence_words(enum evidence evidence)
{
	switch (evidence) {
	case EVIDENCE_DWARF:
		return "DWARF";
	case EVIDENCE_SYMBOLS:
		return "symbols only";
	case EVIDENCE_IMPORTED:
		return "imported facts; callers in out-of-line copies may be missing";
	}
	return "unknown";
}

const char *atlas_rename_link(struct arena *arena, const struct page_input *input, const struct page_rename *rename)
{
	return rename->link ? arena_printf(arena, "%s.%s", rename->link, input->site ? "html" : "md") : NULL;
}

static void describe_rename(struct object *object, const struct rename_entry *entry, const char *name, const char *link)
{
	object_text(object, KEY_name, name);
	object_text(object, KEY_link, link);
	object_text(object, KEY_since, entry->since);
	object_text(object, KEY_text, entry->reason);
}

/* The macros that lead to this function, in one list: they came for one reason. */
static void add_called_as(struct object *member, const struct page_rename *rename, const char *link,
			  struct list **macros)
{
	bool first = !*macros;

	if (first) {
		struct object *called_as = object_object(member, KEY_called_as);

		object_text(called_as, KEY_since, rename->entry->since);
		object_text(called_as, KEY_text, rename->entry->reason);
		*macros = object_list(called_as, KEY_items);
	}
	struct object *object = list_object(*macros);

	object_text(object, KEY_name, rename->entry->name);
	object_text(object, KEY_link, link);
	object_flag(object, KEY_more, !first);
}

/* What the name is a macro over, and what macros lead here, in this image. */
static void add_renames(struct arena *arena, struct object *member, const struct page_input *input, size_t image)
{
	struct list *macros = NULL;

	for (size_t i = 0; i < input->rename_count; i++) {
		const struct page_rename *rename = &input->renames[i];

		if (!function_was_read(rename->functions[image]))
			continue;
		const char *link = atlas_rename_link(arena, input, rename);

		if (rename->is_macro)
			describe_rename(object_object(member, KEY_macro_over), rename->entry, rename->entry->over,
					link);
		else
			add_called_as(member, rename, link, &macros);
	}
}

/* The function of another object of the same image. */
static void add_object(struct arena *arena, struct list *members, const struct page_input *input,
		       const struct group_member *shown, const struct function *function)
{
	const struct image *image = &input->images[shown->image];
	struct object *member = list_object(members);
	const char *name = text_visible(arena, object_name(function));

	object_text(member, KEY_label, shown->label);
	object_text(member, KEY_image, image->name);
	object_text(member, KEY_object, name);
	object_text(member, KEY_anchor, arena_printf(arena, "%s-%s", atlas_anchor(arena, image), name));
	object_text(member, KEY_evidence, evidence_words(image->evidence));
	object_flag(member, KEY_present, true);
	if (input->site)
		html_member(arena, member, input, shown->image);
	atlas_image(arena, member, input, function, false);
}

/* A name like init_module is in a thousand modules: most of them are only named. */
static void add_objects(struct arena *arena, struct list *members, const struct page_input *input,
			const struct group_member *shown)
{
	const struct object_functions *objects = input->objects ? &input->objects[shown->image] : NULL;

	if (!objects || objects->count < 2)
		return;
	size_t full = objects->count <= OBJECTS_IN_FULL ? objects->count : OBJECTS_IN_FULL;

	for (size_t i = 1; i < full; i++)
		add_object(arena, members, input, shown, objects->items[i]);
	if (full == objects->count)
		return;
	struct object *member = list_object(members);
	struct object *more = object_object(member, KEY_more_objects);
	struct list *list = object_list(more, KEY_items);

	object_text(member, KEY_label, shown->label);
	object_text(member, KEY_anchor,
		    arena_printf(arena, "%s-more", atlas_anchor(arena, &input->images[shown->image])));
	object_number(more, KEY_count, objects->count - full);
	for (size_t i = full; i < objects->count; i++)
		list_text(list, arena_printf(arena, "%s: %s", text_visible(arena, object_name(objects->items[i])),
					     status_cell(arena, objects->items[i])));
}

static void add_member(struct arena *arena, struct list *members, const struct page_input *input,
		       const struct group_member *shown)
{
	const struct image *image = &input->images[shown->image];
	const struct function *function = input->functions[shown->image];
	enum presence presence = presence_of(image, function, input->name);
	bool present = presence == PRESENT || presence == PRESENT_DECLARED;
	struct object *member = list_object(members);

	object_text(member, KEY_label, shown->label);
	object_text(member, KEY_image, image->name);
	object_text(member, KEY_anchor, atlas_anchor(arena, image));
	object_text(member, KEY_evidence, evidence_words(image->evidence));
	object_flag(member, KEY_modules_unread, !image->modules_read && image->evidence != EVIDENCE_IMPORTED);
	object_flag(member, KEY_present, present);
	object_text(member, KEY_absent, present ? NULL : presence_text(presence));
	add_renames(arena, member, input, shown->image);
	if (input->site)
		html_member(arena, member, input, shown->image);
	if (!present)
		return;
	if (object_is_module(function))
		object_text(member, KEY_object, text_visible(arena, object_name(function)));
	atlas_image(arena, member, input, function, shown->image == input->main_image);
	add_objects(arena, members, input, shown);
}

static void add_status(struct arena *arena, struct object *page, const struct page_input *input)
{
	struct list *groups = object_list(page, KEY_groups);

	for (size_t i = 0; i < GROUP_COUNT; i++) {
		const struct group *group = &input->groups->groups[i];

		if (group->count == 0)
			continue;
		struct object *object = list_object(groups);
		struct list *members = object_list(object, KEY_members);

		object_text(object, KEY_title, group->title);
		for (size_t j = 0; j < group->count; j++)
			add_member(arena, members, input, &group->members[j]);
	}
}

static const char *readable_name(const struct page_input *input)
{
	for (size_t i = 0; i < input->image_count; i++)
		if (input->functions[i] && input->functions[i]->readable)
			return input->functions[i]->readable;
	return NULL;
}

static bool is_among(const char *const *names, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

/* Markdown: links to the types that the declarations of any image name. */
static void add_types(struct arena *arena, struct object *page, const struct page_input *input)
{
	VEC(const char *) listed = {0};
	struct list *list = NULL;

	for (size_t i = 0; i < input->image_count; i++) {
		const struct function *function = input->functions[i];
		const char *const *names = NULL;
		size_t count = 0;

		if (function && function->prototype)
			type_names_linked(arena, input->links, function->prototype, &names, &count);
		for (size_t k = 0; k < count; k++) {
			if (is_among(listed.items, listed.count, names[k]))
				continue;
			list = list ? list : object_list(object_object(page, KEY_types), KEY_items);
			struct object *type = list_object(list);

			object_text(type, KEY_name, text_visible(arena, names[k]));
			object_text(type, KEY_more, listed.count ? " · " : "");
			object_text(type, KEY_href, url_markdown(arena, url_type(arena, input->links, names[k])));
			vec_add(&listed, names[k]);
		}
	}
	vec_free(&listed);
}

struct object *atlas_page(struct arena *arena, const struct page_input *input)
{
	struct object *page = object_new(arena);
	const char *readable = readable_name(input);

	object_text(page, KEY_name, text_visible(arena, input->name));
	object_text(page, KEY_readable, readable ? text_visible(arena, readable) : NULL);
	atlas_differences(arena, page, input);
	atlas_matrix(arena, page, input);
	atlas_verdicts(arena, page, input);
	if (input->links && !input->site)
		add_types(arena, page, input);
	add_status(arena, page, input);
	return page;
}
