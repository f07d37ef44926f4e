// SPDX-License-Identifier: GPL-2.0-or-later
#include "renderer.h"

#include <string.h>

#include "keys.h"
#include "page_file.h"
#include "text.h"

static const char *const page_templates[] = {
	[STYLE_ATLAS] = "function.atlas.md",
	[STYLE_DEPSURF] = "function.depsurf.md",
};

struct error *renderer_open(const struct site_plan *plan, struct renderer *renderer)
{
	*renderer = (struct renderer){.plan = plan};
	arena_init(&renderer->arena);
	templates_open(plan->options->template_dir, &template_keys, &renderer->templates);
	renderer->functions = xcalloc(plan->image_count, sizeof(struct function *));
	renderer->macro_functions = xcalloc(plan->image_count, sizeof(struct function *));
	renderer->objects = xcalloc(plan->image_count, sizeof(*renderer->objects));
	struct error *err = templates_get(renderer->templates, page_templates[plan->options->style], &renderer->page);

	if (!err)
		err = store_open(plan->options->atlas_path, STORE_READ, &renderer->store);
	if (err)
		renderer_close(renderer);
	return err;
}

void renderer_close(struct renderer *renderer)
{
	if (renderer->store)
		store_close(renderer->store);
	templates_close(renderer->templates);
	arena_fini(&renderer->arena);
	free(renderer->functions);
	free(renderer->macro_functions);
	free(renderer->objects);
	vec_free(&renderer->renames);
	str_free(&renderer->text);
}

static void render(struct renderer *renderer, const struct page_input *input, bool *exists)
{
	bool published = renderer->plan->options->style == STYLE_DEPSURF;

	*exists = !published || depsurf_page_exists(input);
	if (!*exists)
		return;
	if (published)
		template_run(renderer->page, depsurf_page(&renderer->arena, input), ESCAPE_NONE, &renderer->text);
	else
		template_run(renderer->page, atlas_page(&renderer->arena, input), ESCAPE_MARKDOWN, &renderer->text);
}

static struct error *read_function(struct renderer *renderer, const char *name, const struct function **functions,
				   struct object_functions *objects)
{
	const struct site_plan *plan = renderer->plan;

	/* The published style knows vmlinux only. */
	if (plan->options->style == STYLE_ATLAS)
		return objects_read(renderer->store, &renderer->arena, plan->images, plan->image_count, name, functions,
				    objects);
	for (size_t i = 0; i < plan->image_count; i++)
		TRY(store_function(renderer->store, &renderer->arena, &plan->images[i], name, &functions[i]));
	return NULL;
}

static int compare_name(const void *name, const void *item)
{
	return strcmp(name, *(const char *const *)item);
}

/* From one page's directory to another's file; NULL for a name without a page. */
static const char *page_link(struct renderer *renderer, const char *name)
{
	const struct site_plan *plan = renderer->plan;
	const char *const *found = bsearch(name, plan->names, plan->name_count, sizeof(*plan->names), compare_name);

	if (!found)
		return NULL;
	const char *file = page_file_name(&renderer->arena, name, plan->shadowed[found - plan->names]);

	return arena_printf(&renderer->arena, "../%c/%s.md", page_letter(name), text_href(&renderer->arena, file));
}

static void add_rename(struct renderer *renderer, const struct rename_entry *entry, bool is_macro)
{
	vec_add(&renderer->renames, ((struct page_rename){
					    .entry = entry,
					    .link = page_link(renderer, is_macro ? entry->over : entry->name),
					    .functions = is_macro ? renderer->macro_functions : renderer->functions,
					    .is_macro = is_macro,
				    }));
}

static struct error *read_renames(struct renderer *renderer, const char *name)
{
	const struct rename_entry *entry = rename_of_macro(name);

	renderer->renames.count = 0;
	if (entry) {
		AUTO_FREE struct object_functions *objects = xcalloc(renderer->plan->image_count, sizeof(*objects));

		TRY(read_function(renderer, entry->over, renderer->macro_functions, objects));
		add_rename(renderer, entry, true);
	}
	for (size_t i = 0; (entry = rename_over(name, i)); i++)
		add_rename(renderer, entry, false);
	return NULL;
}

struct error *renderer_page(struct renderer *renderer, const char *name, bool *exists)
{
	const struct site_plan *plan = renderer->plan;

	arena_reset(&renderer->arena);
	str_clear(&renderer->text);
	TRY(read_function(renderer, name, renderer->functions, renderer->objects));
	TRY(read_renames(renderer, name));
	renderer->input = (struct page_input){
		.name = name,
		.images = plan->images,
		.image_count = plan->image_count,
		.groups = &plan->groups,
		.functions = renderer->functions,
		.objects = renderer->plan->options->style == STYLE_ATLAS ? renderer->objects : NULL,
		.renames = renderer->renames.items,
		.rename_count = renderer->renames.count,
	};

	render(renderer, &renderer->input, exists);
	return NULL;
}

void renderer_marks(const struct renderer *renderer, marks *of_images)
{
	for (size_t i = 0; i < renderer->plan->image_count; i++)
		of_images[i] = marks_of(&renderer->input, i);
}
