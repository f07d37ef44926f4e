// SPDX-License-Identifier: GPL-2.0-or-later
/* A function's HTML page: the Markdown page's values, and links, rows, marks and pictures. */
#include <string.h>

#include "atlas/differences.h"
#include "atlas/str.h"
#include "extra_pages.h"
#include "html.h"
#include "render/page/keys.h"
#include "render/page/marks.h"
#include "render/page/sites.h"
#include "render/page/type_body_text.h"
#include "render/page/urls.h"
#include "render/words/status.h"
#include "render/words/text.h"

#define ROWS_OPEN 50

static const char *nonempty(const char *text)
{
	return text && *text ? text : NULL;
}

void html_site_row(struct arena *arena, struct list *rows, const struct page_input *input, const struct site_row *row)
{
	const struct site *site = row->site;
	struct object *object = list_object(rows);

	object_text(object, KEY_name, text_function(arena, site->name));
	object_text(object, KEY_href, url_function(arena, input->site, site->name));
	object_text(object, KEY_path, site->path ? text_visible(arena, site->path) : NULL);
	object_text(object, KEY_module, site->object ? text_visible(arena, site->object) : "unknown");
	object_number(object, KEY_sites, row->sites);
	object_text(object, KEY_lines, nonempty(row->lines));
	object_text(object, KEY_ways, nonempty(row->ways));
}

static const char *sites_title(template_key key)
{
	if (key == KEY_inlined_callers)
		return "Inlined into";
	if (key == KEY_import_calls)
		return "Calls from modules";
	return key == KEY_calls ? "Direct callers" : "Calls recorded under another name";
}

static void add_paged(struct arena *arena, struct object *list, template_key key, const struct page_image *shown,
		      const struct site_rows *rows)
{
	const struct extra_group made = {
		.image = shown->function->image,
		.title = sites_title(key),
		.where = shown->where,
		.rows = *rows,
	};
	const struct extra_group *kept = extra_list_add(arena, shown->input->extra, shown->input, &made);
	struct object *paged = object_object(list, KEY_paged);

	object_text(paged, KEY_href, kept->first_link);
	object_text(paged, KEY_folders, extra_list_folders(arena, rows));
	object_number(paged, KEY_sum, rows->count);
	object_text(paged, KEY_more, kept->pages > 1 ? arena_printf(arena, "%u", kept->pages) : NULL);
}

void html_sites(struct arena *arena, struct object *object, template_key key, const struct page_image *shown,
		const struct site *sites, uint32_t count)
{
	struct site_rows found = site_rows_new(arena, sites, count);

	struct object *list = sites_object(arena, object, key, &found.sum);

	if (!list)
		return;
	object_text(list, KEY_title, sites_title(key));
	if (!extra_list_fits(&found, shown->roomy || shown->main, shown->bytes)) {
		add_paged(arena, list, key, shown, &found);
		return;
	}
	struct list *rows = object_list(object_object(list, KEY_table), KEY_rows);

	object_flag(list, KEY_open, shown->main && found.count <= ROWS_OPEN);
	for (size_t i = 0; i < found.count; i++)
		html_site_row(arena, rows, shown->input, &found.rows[i]);
}

/* An instance behind those that are shown at once: on the last page of `more`, which is made with the first. */
struct list *html_more_instances(struct arena *arena, struct object *member, struct page_image *shown, size_t count,
				 struct extra_group **more)
{
	const struct page_input *input = shown->input;
	bool first = !*more;

	if (first) {
		const struct extra_group made = {
			.image = shown->function->image, .title = "Further instances", .count = count};

		*more = extra_instances_new(arena, &made);
		shown->bytes = &(*more)->bytes;
		shown->roomy = true;
	}
	struct list *list = extra_instances_next(arena, input->extra, input, *more);

	if (first) {
		struct object *folded = object_object(member, KEY_more_instances);

		object_number(folded, KEY_count, count);
		object_text(folded, KEY_href, (*more)->first_link);
	}
	return list;
}

static const char *declared_in(const struct instance *instance)
{
	return instance->decl_file ? instance->decl_file : instance->file;
}

void html_instance(struct arena *arena, struct object *object, const struct page_image *shown,
		   const struct instance *instance)
{
	const struct image *image = shown->function->image;
	const char *path = declared_in(instance);
	uint32_t line = instance->decl_file ? instance->decl_line : 0;
	const struct site_plan *plan = shown->input->links;

	if (!path || !plan)
		return;
	const char *source = instance->file ? url_source_function(arena, plan, path, shown->function->name)
					    : url_source(arena, plan, path);

	object_text(object, KEY_source, source && !shown->input->site ? url_markdown(arena, source) : source);
	object_text(object, KEY_elixir, url_elixir(arena, image, path, line));
	object_text(object, KEY_git, url_git(arena, image, path, line));
}

/* A name that a shell and a tracer both take as it is. */
static bool is_plain_name(const char *name)
{
	return *name && strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == strlen(name);
}

/* Lines to copy, for what is known to be attachable and for nothing else. */
static void add_probes(struct arena *arena, struct object *member, const struct function *function)
{
	const struct symbol *symbol = function ? function_plain_symbol(function) : NULL;

	if (!symbol || !symbol->attach || !str_eq(symbol->object, "vmlinux") || !is_plain_name(symbol->name))
		return;
	struct list *probes = object_list(member, KEY_probes);

	if (str_eq(symbol->attach->kprobe, "yes")) {
		list_text(probes, arena_printf(arena, "perf probe -a %s", symbol->name));
		list_text(probes,
			  arena_printf(arena, "bpftrace -e 'kprobe:%s { @[kstack] = count(); }'", symbol->name));
	}
	if (str_eq(symbol->attach->fentry, "yes"))
		list_text(probes,
			  arena_printf(arena, "bpftrace -e 'kfunc:vmlinux:%s { @[comm] = count(); }'", symbol->name));
}

void html_member(struct arena *arena, struct object *member, const struct page_input *input, size_t image)
{
	object_flag(member, KEY_open, image == input->main_image);
	object_text(member, KEY_pair_link, url_image(arena, &input->images[image]));
	add_probes(arena, member, input->functions[image]);
}

static const char *change_words(struct arena *arena, change_set found)
{
	AUTO_STR struct str text = {0};

	for (unsigned kind = 0; kind < 63; kind++) {
		if (!(found >> kind & 1))
			continue;
		str_add(&text, text.length ? "; " : "");
		str_add(&text, change_text((enum change_kind)kind));
	}
	return text.length ? arena_strndup(arena, text.data, text.length) : NULL;
}

void html_cell(struct arena *arena, struct object *cell, const struct page_input *input, size_t image)
{
	marks found = marks_of(input, image);
	struct list *badges = object_list(cell, KEY_badges);

	for (size_t mark = 0; mark < MARK_COUNT; mark++) {
		if (!(found >> mark & 1) || !*mark_letter((enum mark)mark))
			continue;
		struct object *badge = list_object(badges);

		object_text(badge, KEY_letter, mark_letter((enum mark)mark));
		object_text(badge, KEY_title, mark_text((enum mark)mark));
		object_text(badge, KEY_style, mark_style((enum mark)mark));
	}
	object_text(cell, KEY_changes, input->of_images ? change_words(arena, input->of_images[image]) : NULL);
}

static const char *declaration_in(struct arena *arena, const struct page_input *input, size_t image)
{
	const struct function *function = input->functions[image];

	if (!function || !function->prototype || function_is_assembler(function))
		return NULL;
	return text_declaration(arena, function->readable ? function->readable : function->name, function->prototype);
}

void html_pair(struct arena *arena, struct object *pair, const struct page_input *input,
	       const struct group_member *member)
{
	const struct image *images = input->images;
	const char *before = declaration_in(arena, input, member->compared);
	const char *after = declaration_in(arena, input, member->image);

	object_text(pair, KEY_pair_link, url_pair(arena, &images[member->compared], &images[member->image]));
	object_text(pair, KEY_anchor, atlas_anchor(arena, &images[member->image]));
	if (before && after && strcmp(before, after) != 0)
		object_text(pair, KEY_prototype_diff, html_difference(arena, before, after));
}

/* The image a page speaks of first: the baseline, or else the last regular one that has the function. */
static size_t main_image(const struct page_input *input)
{
	size_t found = NO_IMAGE;

	for (size_t i = 0; i < GROUP_COUNT; i++) {
		const struct group *group = &input->groups->groups[i];

		for (size_t j = 0; j < group->count; j++) {
			size_t image = group->members[j].image;

			if (presence_of(&input->images[image], input->functions[image], input->name) != PRESENT)
				continue;
			if (image == input->groups->baseline)
				return image;
			found = i == GROUP_REGULAR || found == NO_IMAGE ? image : found;
		}
	}
	return found;
}

static const struct instance *main_instance(const struct function *function)
{
	for (uint32_t i = 0; i < function->instance_count; i++)
		if (!(function->instances[i].flags & INSTANCE_MENTIONED) && declared_in(&function->instances[i]))
			return &function->instances[i];
	return NULL;
}

/* Links to the types a declaration names. */
static void add_types(struct arena *arena, struct object *summary, const struct site_plan *plan,
		      const struct prototype *prototype)
{
	const char *const *names;
	size_t count;

	type_names_linked(arena, plan, prototype, &names, &count);
	if (!count)
		return;
	struct list *list = object_list(object_object(summary, KEY_types), KEY_items);

	for (size_t i = 0; i < count; i++) {
		struct object *object = list_object(list);

		object_text(object, KEY_name, text_visible(arena, names[i]));
		object_text(object, KEY_href, url_type(arena, plan, names[i]));
	}
}

static void add_summary(struct arena *arena, struct object *page, const struct page_input *input, size_t image)
{
	const struct function *function = input->functions[image];
	const struct instance *instance = main_instance(function);
	struct object *summary = object_object(page, KEY_summary);
	const struct page_image shown = {.input = input, .function = function, .main = true};

	object_text(summary, KEY_image, input->images[image].name);
	object_text(summary, KEY_anchor, atlas_anchor(arena, &input->images[image]));
	object_text(summary, KEY_cell, status_cell(arena, function));
	object_text(summary, KEY_declaration, declaration_in(arena, input, image));
	if (function && function->prototype)
		add_types(arena, summary, input->site, function->prototype);
	if (!instance)
		return;
	const char *location = text_location(arena, instance);

	object_text(summary, KEY_location, location ? location : text_visible(arena, instance->file));
	html_instance(arena, summary, &shown, instance);
}

struct object *html_page(struct arena *arena, struct page_input *input)
{
	input->main_image = main_image(input);
	memset(input->of_images, 0, input->image_count * sizeof(change_set));
	struct object *page = atlas_page(arena, input);

	if (input->main_image != NO_IMAGE)
		add_summary(arena, page, input, input->main_image);
	object_text(page, KEY_timeline, html_timeline(arena, input));
	return page;
}
