// SPDX-License-Identifier: GPL-2.0-or-later
#include "show.h"

#include <fnmatch.h>

#include "atlas/str.h"
#include "atlas/type_store.h"
#include "render/words/text.h"

#define NEAREST 5

static struct error *choose_images(struct show *show)
{
	const struct image *all;
	size_t count;

	TRY(store_images(show->store, show->arena, &all, &count));
	struct image *chosen = arena_alloc(show->arena, (count + 1) * sizeof(*chosen));

	for (size_t i = 0; i < count; i++)
		if (!show->options->image_glob || fnmatch(show->options->image_glob, all[i].name, 0) == 0)
			chosen[show->input.image_count++] = all[i];
	show->input.images = chosen;
	if (show->input.image_count)
		return NULL;
	if (count == 0)
		return error_new(ERROR_STORE, "%s: holds no image yet; scan or import one first",
				 show->options->atlas_path);
	return error_new(ERROR_INPUT, "%s: no image is called %s; `atlasgen images` lists them",
			 show->options->atlas_path, show->options->image_glob);
}

/* For the text only one image is read with its callers; see read_detail(). */
static struct error *read_function(const struct show *show, const char *name, const struct function ***result,
				   struct object_functions **all)
{
	const struct function **functions =
		arena_zalloc(show->arena, show->input.image_count * sizeof(struct function *));
	struct object_functions *objects = arena_zalloc(show->arena, show->input.image_count * sizeof(*objects));

	bool whole = show->options->json || show->options->all;

	TRY((whole ? objects_read : objects_summary)(show->store, show->arena, show->input.images,
						     show->input.image_count, name, functions, objects));
	*result = functions;
	*all = objects;
	return NULL;
}

static struct error *read_renames(struct show *show)
{
	const struct rename_entry *entry = rename_of_macro(show->options->name);
	struct page_rename *renames = arena_zalloc(show->arena, sizeof(*renames));

	if (!entry)
		return NULL;
	*renames = (struct page_rename){.entry = entry, .is_macro = true};
	const struct function **functions;
	struct object_functions *ignored;

	TRY(read_function(show, entry->over, &functions, &ignored));
	renames->functions = functions;
	show->input.renames = renames;
	show->input.rename_count = 1;
	return NULL;
}

static bool was_read(const struct show *show)
{
	for (size_t i = 0; i < show->input.image_count; i++)
		if (function_was_read(show->input.functions[i]))
			return true;
	return false;
}

static bool is_mentioned(const struct show *show)
{
	for (size_t i = 0; i < show->input.image_count; i++)
		if (show->input.functions[i])
			return true;
	return false;
}

/* A name that was not found: what it could have been. */
static struct error *unknown_name(const struct show *show)
{
	const char *const *names;
	size_t count;
	AUTO_STR struct str text = {0};

	for (size_t i = 0; i < show->input.image_count; i++)
		if (atlas_rename(&show->input, i)) {
			str_addf(&text, "; it is a macro over %s in %s", show->input.renames->entry->over,
				 show->input.images[i].name);
			break;
		}
	if (is_mentioned(show))
		str_add(&text, "; it is known only as a caller, its own facts were not read");
	TRY(store_nearest(show->store, show->arena, show->options->name, NEAREST, &names, &count));
	for (size_t i = 0; i < count; i++)
		str_addf(&text, "%s %s", i ? "," : "; the nearest:", names[i]);
	return error_new(ERROR_INPUT, "%s: no image%s%s has a function '%s'%s", show->options->atlas_path,
			 show->options->image_glob ? " called " : "",
			 show->options->image_glob ? show->options->image_glob : "", show->options->name,
			 text.data ? text.data : "");
}

/* Where types were not read, nobody knows whether there is one. */
static struct error *unknown_type(const struct show *show)
{
	const struct type_graph *graph;
	size_t unread = 0;

	for (size_t i = 0; i < show->input.image_count; i++) {
		TRY(store_types(show->store, &show->input.images[i], &graph));
		unread += !type_graph_known(graph);
	}
	const char *note = unread ? arena_printf(show->arena, "; of %zu of %zu images the types were not read", unread,
						 show->input.image_count)
				  : "";

	return error_new(ERROR_INPUT, "%s: no image%s%s is known to have a %s%s", show->options->atlas_path,
			 show->options->image_glob ? " called " : "",
			 show->options->image_glob ? show->options->image_glob : "", show->options->name, note);
}

/* What is no function may be a type. */
static struct error *type_or_unknown(const struct show *show)
{
	bool found;

	TRY(show_type(show, &found));
	if (found)
		return NULL;
	return show_is_type_name(show->options->name) ? unknown_type(show) : unknown_name(show);
}

static struct error *read_detail(const struct show *show, const struct function **functions,
				 struct object_functions *objects)
{
	size_t image = show_image_in_detail(show);

	if (image == NO_IMAGE || show->options->json || show->options->all)
		return NULL;
	return objects_read(show->store, show->arena, &show->input.images[image], 1, show->input.name,
			    &functions[image], &objects[image]);
}

static struct error *read_all(struct show *show)
{
	const struct function **functions;
	struct object_functions *objects;

	TRY(choose_images(show));
	if (show_is_type_name(show->options->name))
		return type_or_unknown(show);
	show->input.name = show->options->name;
	TRY(read_function(show, show->options->name, &functions, &objects));
	show->input.functions = functions;
	show->input.objects = objects;
	TRY(read_renames(show));
	if (!was_read(show))
		return type_or_unknown(show);
	struct groups *groups = arena_zalloc(show->arena, sizeof(*groups));

	groups_atlas(show->arena, show->input.images, show->input.image_count,
		     groups_default_baseline(show->input.images, show->input.image_count), groups);
	show->input.groups = groups;
	TRY(read_detail(show, functions, objects));
	return show->options->json ? show_json(show) : show_text(show);
}

struct error *show_run(const struct show_options *options, FILE *out)
{
	struct arena arena;
	struct show show = {.options = options, .arena = &arena, .out = out};

	TRY(store_open(options->atlas_path, STORE_READ, &show.store));
	arena_init(&arena);
	struct error *err = read_all(&show);

	arena_fini(&arena);
	store_close(show.store);
	return err;
}
