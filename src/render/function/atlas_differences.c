// SPDX-License-Identifier: GPL-2.0-or-later
/* What changed, pair by pair, in the atlas's own style. */
#include "atlas/differences.h"
#include "atlas/str.h"

#include "html.h"
#include "render/page/keys.h"
#include "render/page/page.h"
#include "render/words/text.h"

static struct compared side(const struct page_input *input, size_t image, const char *label)
{
	const struct function *function = input->functions[image];

	return (struct compared){
		.image = &input->images[image],
		.function = function,
		.presence = presence_of(&input->images[image], function, input->name),
		.label = label,
	};
}

static void add_change(struct arena *arena, struct list *changes, const struct change *change)
{
	struct object *object = list_object(changes);

	object_text(object, KEY_kind, change_text(change->kind));
	if (change->before)
		object_text(object, KEY_old, text_visible(arena, change->before));
	if (change->after)
		object_text(object, KEY_new, text_visible(arena, change->after));
	object_flag(object, KEY_both, change->before && change->after);
}

/* A name that became a macro has not simply vanished. */
static void add_rename_note(struct arena *arena, struct object *pair, const struct page_input *input,
			    const struct group_member *member)
{
	const struct page_rename *rename = atlas_rename(input, member->image);

	if (!rename || atlas_rename(input, member->compared))
		return;
	struct object *object = object_object(pair, KEY_rename);

	object_text(object, KEY_label, member->label);
	object_text(object, KEY_name, rename->entry->over);
	object_text(object, KEY_link, atlas_rename_link(arena, input, rename));
	const struct function *over = rename->functions[member->image];

	if (over->prototype && !function_is_assembler(over))
		object_text(object, KEY_declaration, text_declaration(arena, over->name, over->prototype));
}

static void add_pair(struct arena *arena, struct list *pairs, const struct page_input *input,
		     const struct group_member *member, bool both, const struct differences *differences)
{
	struct object *pair = list_object(pairs);
	struct list *changes = object_list(pair, KEY_changes), *unknown = object_list(pair, KEY_unknown);
	bool changed = differences->changes.count > 0;
	AUTO_STR struct str reasons = {0};

	object_text(pair, KEY_before, member->compared_label);
	object_text(pair, KEY_after, member->label);
	object_flag(pair, KEY_changed, changed);
	object_flag(pair, KEY_incomparable, !changed && differences->unknown.count > 0);
	object_flag(pair, KEY_both, both);
	object_flag(pair, KEY_same, !changed && differences->unknown.count == 0);
	for (size_t i = 0; i < differences->changes.count; i++)
		add_change(arena, changes, &differences->changes.items[i]);
	for (size_t i = 0; i < differences->unknown.count; i++) {
		str_add(&reasons, i ? "; " : "");
		str_add(&reasons, differences->unknown.items[i]);
		list_text(unknown, differences->unknown.items[i]);
	}
	object_text(pair, KEY_reasons, reasons.data ? arena_strdup(arena, reasons.data) : NULL);
	add_rename_note(arena, pair, input, member);
	if (input->site)
		html_pair(arena, pair, input, member);
}

static change_set change_bits(const struct differences *differences)
{
	change_set found = differences->unknown.count ? CHANGE_SET_UNKNOWN : 0;

	for (size_t i = 0; i < differences->changes.count; i++)
		found |= (change_set)1 << differences->changes.items[i].kind;
	return found;
}

static bool has_it(const struct compared *side)
{
	return side->presence == PRESENT || side->presence == PRESENT_DECLARED;
}

static void add_group(struct arena *arena, struct list *list, const struct page_input *input, const struct group *group)
{
	struct list *pairs = NULL;

	for (size_t i = 0; i < group->count; i++) {
		const struct group_member *member = &group->members[i];

		if (member->compared == NO_IMAGE)
			continue;
		struct compared before = side(input, member->compared, member->compared_label);
		struct compared after = side(input, member->image, member->label);
		struct differences differences = {0};

		if (!has_it(&before) && !has_it(&after))
			continue;
		if (!pairs) {
			struct object *object = list_object(list);

			object_text(object, KEY_title, group->title);
			pairs = object_list(object, KEY_pairs);
		}
		differences_atlas(arena, &before, &after, &differences);
		if (input->of_images)
			input->of_images[member->image] = change_bits(&differences);
		add_pair(arena, pairs, input, member, has_it(&before) && has_it(&after), &differences);
		differences_fini(&differences);
	}
}

void atlas_differences(struct arena *arena, struct object *page, const struct page_input *input)
{
	struct list *list = object_list(page, KEY_differences);
	const char *alone = groups_alone(arena, input->groups);

	if (alone && input->image_count > 1)
		object_text(page, KEY_alone, text_visible(arena, alone));
	for (size_t i = 0; i < GROUP_COUNT; i++)
		add_group(arena, list, input, &input->groups->groups[i]);
}
