// SPDX-License-Identifier: GPL-2.0-or-later
/* A struct, union, enum or typedef over all images: text and JSON. */
#include <string.h>

#include "atlas/json_writer.h"
#include "render/page/type_body_text.h"
#include "render/words/text.h"
#include "render/words/type_view.h"
#include "show.h"

/* More changes of one type are told with --all. */
#define CHANGES_SHOWN 40

static void print_rows(const struct show *show, const struct type_view *view)
{
	for (size_t i = 0; i < view->row_count; i++) {
		const struct type_row *row = &view->rows[i];
		const char *location = type_row_location(show->arena, row);
		bool module = row->place && !str_eq(row->place->object, "vmlinux");

		fprintf(show->out, "  %-28s %s%s%s%s%s%s%s%s%s\n", row->image->name,
			row->layout != NO_LAYOUT ? view->layouts[row->layout].label : "",
			row->layout != NO_LAYOUT ? "  " : "", type_row_text(show->arena, row), module ? "  [" : "",
			module ? text_visible(show->arena, row->place->object) : "", module ? "]" : "",
			location ? "  (" : "", location ? location : "", location ? ")" : "");
	}
}

static void print_layouts(const struct show *show, const struct type_view *view)
{
	const struct type_text_options options = {.layout = true};

	for (size_t i = 0; i < view->layout_count; i++)
		fprintf(show->out, "\n%s: %s\n%s", view->layouts[i].label, view->layouts[i].images,
			type_definition(show->arena, view->layouts[i].type, &options));
}

static void print_changes(const struct show *show, const struct type_view *view)
{
	for (size_t i = 1; i < view->layout_count; i++) {
		struct type_changes changes = {0};

		type_compare(show->arena, view->layouts[i - 1].type, view->layouts[i].type, &changes);
		size_t shown = changes.changes.count;

		if (!show->options->all && shown > CHANGES_SHOWN)
			shown = CHANGES_SHOWN;
		fprintf(show->out, "\n%s -> %s\n", view->layouts[i - 1].label, view->layouts[i].label);
		for (size_t k = 0; k < shown; k++)
			fprintf(show->out, "  %s\n", type_change_words(show->arena, &changes.changes.items[k]));
		if (changes.changes.count == 0)
			fputs("  nothing that has a name\n", show->out);
		if (shown < changes.changes.count)
			fprintf(show->out, "  and %zu more: --all shows them\n", changes.changes.count - shown);
		type_changes_fini(&changes);
	}
}

static void json_row(const struct show *show, struct json_writer *json, const struct type_view *view,
		     const struct type_row *row)
{
	static const char *const states[] = {
		[TYPE_STATE_KNOWN] = "defined",
		[TYPE_STATE_DECLARED] = "declared",
		[TYPE_STATE_ABSENT] = "absent",
		[TYPE_STATE_UNKNOWN] = "unknown",
	};

	jw_begin_object(json);
	jw_put_known(json, "image", row->image->name);
	jw_put_known(json, "state", states[row->state]);
	if (row->place) {
		jw_put_known(json, "module", row->place->object);
		jw_put_known(json, "location", type_row_location(show->arena, row));
	}
	if (row->layout != NO_LAYOUT) {
		jw_put_u64(json, "size", row->place->type->size_bytes);
		jw_put_known(json, "definition", view->layouts[row->layout].label);
	}
	jw_end_object(json);
}

static void json_member(struct json_writer *json, const struct type_member *member)
{
	jw_begin_object(json);
	jw_put_known(json, "name", member->name);
	jw_put_known(json, "type", member->type);
	jw_put_u64(json, "offset", member->offset_bits / 8);
	if (member->bit_size) {
		jw_put_u64(json, "bit", member->offset_bits % 8);
		jw_put_u64(json, "bits", member->bit_size);
	}
	jw_put_u64(json, "size", member->size_bytes);
	if (member->parent != NO_INDEX)
		jw_put_u64(json, "parent", member->parent);
	jw_end_object(json);
}

static void json_layout(struct json_writer *json, const struct type_layout *layout)
{
	const struct type *type = layout->type;

	jw_begin_object(json);
	jw_put_known(json, "definition", layout->label);
	jw_put_known(json, "target", type->text);
	jw_put_u64(json, "size", type->size_bytes);
	jw_key(json, "members");
	jw_begin_array(json);
	for (uint32_t i = 0; i < type->member_count; i++)
		json_member(json, &type->members[i]);
	jw_end_array(json);
	jw_key(json, "enumerators");
	jw_begin_array(json);
	for (uint32_t i = 0; i < type->enumerator_count; i++) {
		jw_begin_object(json);
		jw_put_known(json, "name", type->enumerators[i].name);
		jw_key(json, "value");
		jw_i64(json, type->enumerators[i].value);
		jw_end_object(json);
	}
	jw_end_array(json);
	jw_end_object(json);
}

static void json_view(const struct show *show, struct json_writer *json, const struct type_view *view)
{
	jw_begin_object(json);
	jw_put_known(json, "kind", type_kind_text(view->kind));
	jw_put_known(json, "name", view->name);
	jw_key(json, "images");
	jw_begin_array(json);
	for (size_t i = 0; i < view->row_count; i++)
		json_row(show, json, view, &view->rows[i]);
	jw_end_array(json);
	jw_key(json, "definitions");
	jw_begin_array(json);
	for (size_t i = 0; i < view->layout_count; i++)
		json_layout(json, &view->layouts[i]);
	jw_end_array(json);
	jw_end_object(json);
}

/* The kind a name begins with ("struct mempool_s"), TYPE_KIND_COUNT if none; moves `name` behind it. */
static enum type_kind kind_in_front(const char **name)
{
	for (int kind = 0; kind < TYPE_KIND_COUNT; kind++) {
		size_t length = strlen(type_kind_text((enum type_kind)kind));

		if (strncmp(*name, type_kind_text((enum type_kind)kind), length) == 0 && (*name)[length] == ' ') {
			*name += length + 1;
			return (enum type_kind)kind;
		}
	}
	return TYPE_KIND_COUNT;
}

struct found_views {
	struct type_view views[TYPE_KIND_COUNT];
	size_t count;
};

static struct error *find_views(const struct show *show, const char *name, enum type_kind wanted,
				struct found_views *found)
{
	const struct type_graph **graphs =
		arena_zalloc(show->arena, show->input.image_count * sizeof(const struct type_graph *));

	for (size_t i = 0; i < show->input.image_count; i++)
		TRY(store_types(show->store, &show->input.images[i], &graphs[i]));
	for (int kind = 0; kind < TYPE_KIND_COUNT; kind++)
		if ((wanted == TYPE_KIND_COUNT || wanted == (enum type_kind)kind) &&
		    type_view_make(show->arena, graphs, show->input.images, show->input.image_count,
				   (enum type_kind)kind, name, &found->views[found->count]))
			found->count++;
	return NULL;
}

static struct error *print_json(const struct show *show, const char *name, const struct found_views *found)
{
	struct json_writer json;

	jw_to_file(&json, show->out);
	jw_begin_object(&json);
	jw_put_known(&json, "name", name);
	jw_key(&json, "types");
	jw_begin_array(&json);
	for (size_t i = 0; i < found->count; i++)
		json_view(show, &json, &found->views[i]);
	jw_end_array(&json);
	jw_end_object(&json);
	jw_newline(&json);
	return jw_finish(&json);
}

bool show_is_type_name(const char *name)
{
	return kind_in_front(&name) != TYPE_KIND_COUNT;
}

struct error *show_type(const struct show *show, bool *found)
{
	const char *name = show->options->name;
	enum type_kind kind = kind_in_front(&name);
	struct found_views views = {.count = 0};

	TRY(find_views(show, name, kind, &views));
	*found = views.count != 0;
	if (!*found)
		return NULL;
	if (show->options->json)
		return print_json(show, name, &views);
	for (size_t i = 0; i < views.count; i++) {
		const struct type_view *view = &views.views[i];

		fprintf(show->out, "%s%s %s\n", i ? "\n" : "", type_kind_text(view->kind),
			text_visible(show->arena, view->name));
		print_rows(show, view);
		print_layouts(show, view);
		print_changes(show, view);
	}
	return NULL;
}
