// SPDX-License-Identifier: GPL-2.0-or-later
#include "type_view.h"

#include "atlas/str.h"
#include "text.h"

struct view_maker {
	struct arena *arena;
	struct type_view *view;
	VEC(struct type_row) rows;
	VEC(struct type_layout) layouts;
};

static const char *letters(struct arena *arena, size_t number)
{
	const char *text = "";

	for (number++; number; number = (number - 1) / 26)
		text = arena_printf(arena, "%c%s", (char)('A' + (number - 1) % 26), text);
	return text;
}

/* Modules are told apart; where that vmlinux's is meant goes without saying. */
static const char *holder_text(struct arena *arena, const struct type_row *row)
{
	return str_eq(row->place->object, "vmlinux")
		       ? row->image->name
		       : arena_printf(arena, "%s [%s]", row->image->name, text_visible(arena, row->place->object));
}

static size_t layout_of(struct view_maker *maker, const struct type_row *row)
{
	size_t i = 0;

	while (i < maker->layouts.count && maker->layouts.items[i].type->id != row->place->type->id)
		i++;
	if (i == maker->layouts.count)
		*vec_push(&maker->layouts) = (struct type_layout){
			.type = row->place->type,
			.label = letters(maker->arena, i),
			.images = "",
		};
	struct type_layout *layout = &maker->layouts.items[i];

	layout->images = arena_printf(maker->arena, "%s%s%s", layout->images, *layout->images ? ", " : "",
				      holder_text(maker->arena, row));
	layout->image_count++;
	return i;
}

static void add_row(struct view_maker *maker, const struct image *image, const struct type_place *place,
		    enum type_state state)
{
	struct type_row row = {image, place, NO_LAYOUT, state};

	if (state == TYPE_STATE_KNOWN)
		row.layout = layout_of(maker, &row);
	vec_add(&maker->rows, row);
}

/* Declarations are told of where the image has nothing else. */
static bool add_image(struct view_maker *maker, const struct type_graph *graph, const struct image *image)
{
	size_t count, known = 0;
	const struct type_place *places = type_graph_named(graph, maker->view->kind, maker->view->name, &count);

	for (size_t i = 0; i < count; i++) {
		if (places[i].type->declared)
			continue;
		add_row(maker, image, &places[i], TYPE_STATE_KNOWN);
		known++;
	}
	if (known)
		return true;
	if (count)
		add_row(maker, image, places, TYPE_STATE_DECLARED);
	else
		add_row(maker, image, NULL, type_graph_known(graph) ? TYPE_STATE_ABSENT : TYPE_STATE_UNKNOWN);
	return count != 0;
}

bool type_view_make(struct arena *arena, const struct type_graph *const *graphs, const struct image *images,
		    size_t image_count, enum type_kind kind, const char *name, struct type_view *view)
{
	struct view_maker maker = {.arena = arena, .view = view};
	bool found = false;

	*view = (struct type_view){.kind = kind, .name = name};
	for (size_t i = 0; i < image_count; i++)
		found |= add_image(&maker, graphs[i], &images[i]);
	view->rows = vec_keep(arena, &maker.rows);
	view->row_count = maker.rows.count;
	view->layouts = vec_keep(arena, &maker.layouts);
	view->layout_count = maker.layouts.count;
	vec_free(&maker.rows);
	vec_free(&maker.layouts);
	return found;
}

const char *type_row_text(struct arena *arena, const struct type_row *row)
{
	switch (row->state) {
	case TYPE_STATE_KNOWN:
		return arena_printf(arena, "%llu byte%s", (unsigned long long)row->place->type->size_bytes,
				    row->place->type->size_bytes == 1 ? "" : "s");
	case TYPE_STATE_DECLARED:
		return "only declared";
	case TYPE_STATE_ABSENT:
		return "not there";
	case TYPE_STATE_UNKNOWN:
		break;
	}
	return "not known: its types were not read";
}

const char *type_row_location(struct arena *arena, const struct type_row *row)
{
	const struct type_place *place = row->place;

	if (!place || !place->decl_file)
		return NULL;
	const char *file = text_visible(arena, place->decl_file);

	return place->decl_line ? arena_printf(arena, "%s:%u", file, place->decl_line) : file;
}

const char *type_change_words(struct arena *arena, const struct type_change *change)
{
	const char *kind = type_change_text(change->kind);

	if (change->before && change->after)
		return text_visible(arena, arena_printf(arena, "%s: %s: %s -> %s", change->path, kind, change->before,
							change->after));
	if (change->before || change->after)
		return text_visible(arena, arena_printf(arena, "%s: %s: %s", change->path, kind,
							change->before ? change->before : change->after));
	return text_visible(arena, arena_printf(arena, "%s: %s", change->path, kind));
}
