// SPDX-License-Identifier: GPL-2.0-or-later
#include "type_page.h"

#include <string.h>

#include "atlas/str.h"
#include "render/page/keys.h"
#include "render/page/page.h"
#include "render/page/urls.h"
#include "render/words/text.h"
#include "render/words/type_view.h"

/* A list of hundreds of moved members says no more than its beginning. */
#define CHANGES_SHOWN 200

/* One page while it is made. */
struct type_page {
	struct arena *arena;
	const struct site_plan *plan;
	const struct type_graph **graphs;
	struct type_text_options options;
	bool html;
};

static void add_row(const struct type_page *page, struct list *rows, const struct type_view *view,
		    const struct type_row *row)
{
	struct object *object = list_object(rows);

	object_text(object, KEY_image, text_visible(page->arena, row->image->name));
	object_text(object, KEY_text, type_row_text(page->arena, row));
	if (row->layout != NO_LAYOUT) {
		object_text(object, KEY_label, view->layouts[row->layout].label);
		object_text(object, KEY_anchor,
			    arena_printf(page->arena, "%s-%s", type_kind_text(view->kind),
					 view->layouts[row->layout].label));
	}
	if (!row->place)
		return;
	if (!str_eq(row->place->object, "vmlinux"))
		object_text(object, KEY_module, text_visible(page->arena, row->place->object));
	object_text(object, KEY_location, type_row_location(page->arena, row));
	if (!page->html || !row->place->decl_file)
		return;
	object_text(object, KEY_source, url_source(page->arena, page->plan, row->place->decl_file));
	object_text(object, KEY_elixir,
		    url_elixir(page->arena, row->image, row->place->decl_file, row->place->decl_line));
}

static void add_layout(const struct type_page *page, struct list *layouts, const struct type_view *view,
		       const struct type_layout *layout)
{
	struct object *object = list_object(layouts);

	object_text(object, KEY_label, layout->label);
	object_text(object, KEY_anchor, arena_printf(page->arena, "%s-%s", type_kind_text(view->kind), layout->label));
	object_text(object, KEY_images, text_visible(page->arena, layout->images));
	const char *body = type_definition(page->arena, layout->type, &page->options);

	/* The template ends the line. */
	object_text(object, KEY_body, arena_strndup(page->arena, body, strlen(body) - 1));
}

static void add_difference(const struct type_page *page, struct list *differences, const struct type_layout *before,
			   const struct type_layout *after)
{
	struct object *object = list_object(differences);
	struct list *list = object_list(object, KEY_changes);
	struct type_changes changes = {0};

	type_compare(page->arena, before->type, after->type, &changes);
	object_text(object, KEY_before, before->label);
	object_text(object, KEY_after, after->label);
	for (size_t i = 0; i < changes.changes.count && i < CHANGES_SHOWN; i++)
		list_text(list, type_change_words(page->arena, &changes.changes.items[i]));
	if (changes.changes.count > CHANGES_SHOWN)
		list_text(list, arena_printf(page->arena, "and %zu more", changes.changes.count - CHANGES_SHOWN));
	type_changes_fini(&changes);
}

static void add_view(const struct type_page *page, struct list *kinds, const struct type_view *view)
{
	struct object *object = list_object(kinds);
	struct list *rows = object_list(object, KEY_rows), *layouts = object_list(object, KEY_items);
	struct list *differences = object_list(object, KEY_differences);

	object_text(object, KEY_kind, type_kind_text(view->kind));
	object_text(
		object, KEY_title,
		arena_printf(page->arena, "%s %s", type_kind_text(view->kind), text_visible(page->arena, view->name)));
	for (size_t i = 0; i < view->row_count; i++)
		add_row(page, rows, view, &view->rows[i]);
	for (size_t i = 0; i < view->layout_count; i++)
		add_layout(page, layouts, view, &view->layouts[i]);
	for (size_t i = 1; i < view->layout_count; i++)
		add_difference(page, differences, &view->layouts[i - 1], &view->layouts[i]);
}

static struct object *make_page(const struct type_page *page, const char *name)
{
	struct object *values = object_new(page->arena);
	struct list *kinds = object_list(values, KEY_kinds);
	bool found = false;

	object_text(values, KEY_name, text_visible(page->arena, name));
	for (int kind = 0; kind < TYPE_KIND_COUNT; kind++) {
		struct type_view view;

		if (!type_view_make(page->arena, page->graphs, page->plan->images, page->plan->image_count,
				    (enum type_kind)kind, name, &view))
			continue;
		add_view(page, kinds, &view);
		found = true;
	}
	return found ? values : NULL;
}

struct error *type_page(struct arena *arena, struct store *store, const struct site_plan *plan, size_t number,
			bool html, struct object **result)
{
	struct type_page page = {
		.arena = arena,
		.plan = plan,
		.graphs = arena_zalloc(arena, plan->image_count * sizeof(const struct type_graph *)),
		.options = {.layout = plan->options->style == STYLE_ATLAS, .html = html, .plan = plan},
		.html = html,
	};

	page.options.root = "../../";
	for (size_t i = 0; i < plan->image_count; i++)
		TRY(store_types(store, &plan->images[i], &page.graphs[i]));
	*result = make_page(&page, plan->types[number]);
	return NULL;
}
