// SPDX-License-Identifier: GPL-2.0-or-later
/* A page per image, and the list of them. */
#include "render/page/keys.h"
#include "render/page/site_writer.h"
#include "render/words/text.h"

static void add_fact(struct site_writer *writer, struct list *facts, const char *name, const char *value)
{
	if (!value)
		return;
	struct object *fact = list_object(facts);

	object_text(fact, KEY_name, name);
	object_text(fact, KEY_text, text_visible(&writer->arena, value));
}

static const char *number(struct site_writer *writer, int64_t value)
{
	return arena_printf(&writer->arena, "%lld", (long long)value);
}

static void add_facts(struct site_writer *writer, struct object *values, const struct image *image)
{
	struct list *facts = object_list(values, KEY_entries);

	add_fact(writer, facts, "Version", image->version);
	add_fact(writer, facts, "Revision", image->revision);
	add_fact(writer, facts, "Architecture", image->arch);
	add_fact(writer, facts, "Flavor", image->flavor);
	add_fact(writer, facts, "Label", image->label);
	add_fact(writer, facts, "Release", image->release);
	add_fact(writer, facts, "Build id", image->build_id);
	add_fact(writer, facts, "Banner", image->banner);
	add_fact(writer, facts, "Compiler", image->producer);
	add_fact(writer, facts, "Evidence", evidence_text(image->evidence));
	add_fact(writer, facts, "Modules", image->modules_read ? number(writer, image->module_count) : "not read");
	add_fact(writer, facts, "Functions read", number(writer, image->function_count));
	add_fact(writer, facts, "Instances", number(writer, image->instance_count));
	add_fact(writer, facts, "Symbols", number(writer, image->symbol_count));
	add_fact(writer, facts, "Call sites and inlined copies", number(writer, image->edge_count));
}

static void add_counts(struct site_writer *writer, struct object *values, size_t image)
{
	struct list *rows = object_list(values, KEY_rows);
	struct site_counts counts;

	site_count_image(writer->data, image, &counts);
	object_number(values, KEY_count, counts.names);
	object_number(values, KEY_plain, counts.plain);
	for (size_t mark = 0; mark < MARK_COUNT; mark++) {
		struct object *row = counts.marks[mark] ? list_object(rows) : NULL;

		if (!row)
			continue;
		object_text(row, KEY_letter, mark_letter((enum mark)mark));
		object_text(row, KEY_style, mark_style((enum mark)mark));
		object_text(row, KEY_text, mark_text((enum mark)mark));
		object_number(row, KEY_sum, counts.marks[mark]);
	}
}

static void add_pairs(struct site_writer *writer, struct object *values, size_t image)
{
	const struct site_plan *plan = writer->data->plan;
	struct list *pairs = object_list(values, KEY_pairs);

	for (size_t i = 0; i < GROUP_COUNT; i++) {
		const struct group *group = &plan->groups.groups[i];

		for (size_t j = 0; j < group->count; j++) {
			const struct group_member *member = &group->members[j];

			if (member->compared == NO_IMAGE || (member->image != image && member->compared != image))
				continue;
			struct object *pair = list_object(pairs);
			const struct image *before = &plan->images[member->compared],
					   *after = &plan->images[member->image];

			object_text(pair, KEY_before, before->name);
			object_text(pair, KEY_after, after->name);
			object_text(pair, KEY_href, url_pair(&writer->arena, before, after));
		}
	}
}

static struct error *write_image(struct site_writer *writer, size_t number_of_image)
{
	const struct site_plan *plan = writer->data->plan;
	const struct image *image = &plan->images[number_of_image];
	struct object *values = object_new(&writer->arena);
	const char *name = text_visible(&writer->arena, image->name);
	struct layout_page page = {url_image(&writer->arena, image), arena_printf(&writer->arena, "Image %s", name),
				   NULL};

	object_text(values, KEY_name, name);
	object_flag(values, KEY_baseline, number_of_image == plan->groups.baseline);
	add_facts(writer, values, image);
	add_counts(writer, values, number_of_image);
	add_pairs(writer, values, number_of_image);
	return site_write(writer, "image.html", &page, values);
}

struct error *site_write_images(struct site_writer *writer)
{
	const struct site_plan *plan = writer->data->plan;

	for (size_t i = 0; i < plan->image_count; i++)
		TRY(write_image(writer, i));
	struct object *values = object_new(&writer->arena);
	struct list *rows = object_list(values, KEY_rows);
	struct layout_page page = {.link = "image/index.html", .title = "Images"};

	for (size_t i = 0; i < plan->image_count; i++) {
		const struct image *image = &plan->images[i];
		struct object *row = list_object(rows);

		object_text(row, KEY_name, text_visible(&writer->arena, image->name));
		object_text(row, KEY_href, url_image(&writer->arena, image));
		object_text(row, KEY_evidence, evidence_text(image->evidence));
		object_text(row, KEY_release, image->release ? text_visible(&writer->arena, image->release) : NULL);
		object_number(row, KEY_sum, (uint64_t)image->function_count);
		object_flag(row, KEY_baseline, i == plan->groups.baseline);
	}
	return site_write(writer, "images.html", &page, values);
}
