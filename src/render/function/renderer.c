// SPDX-License-Identifier: GPL-2.0-or-later
#include "renderer.h"

#include <string.h>

#include "graph.h"
#include "html.h"
#include "render/page/keys.h"
#include "render/page/page_file.h"
#include "render/page/urls.h"
#include "render/words/text.h"

static const char *const page_templates[] = {
	[STYLE_ATLAS] = "function.atlas.md",
	[STYLE_DEPSURF] = "function.depsurf.md",
};

static struct error *get_templates(struct renderer *renderer)
{
	const struct generate_options *options = renderer->plan->options;

	if (options->markdown)
		TRY(templates_get(renderer->templates, page_templates[options->style], &renderer->page));
	if (!options->html)
		return NULL;
	TRY(layout_open(renderer->plan, renderer->templates, &renderer->layout));
	TRY(templates_get(renderer->templates, "extra.html", &renderer->beside));
	return templates_get(renderer->templates, "function.html", &renderer->html);
}

struct error *renderer_open(const struct site_plan *plan, struct renderer *renderer)
{
	*renderer = (struct renderer){.plan = plan};
	arena_init(&renderer->arena);
	templates_open(plan->options->template_dir, &template_keys, &renderer->templates);
	renderer->functions = xcalloc(plan->image_count, sizeof(struct function *));
	renderer->macro_functions = xcalloc(plan->image_count, sizeof(struct function *));
	renderer->objects = xcalloc(plan->image_count, sizeof(*renderer->objects));
	renderer->of_images = xcalloc(plan->image_count, sizeof(change_set));
	struct error *err = get_templates(renderer);

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
	layout_close(&renderer->layout);
	vec_free(&renderer->extra.items);
	free(renderer->of_images);
	str_free(&renderer->text);
	str_free(&renderer->html_text);
}

static void render(struct renderer *renderer, const struct page_input *input, bool *exists)
{
	bool published = renderer->plan->options->style == STYLE_DEPSURF;

	*exists = !published || depsurf_page_exists(input);
	if (!*exists || !renderer->page)
		return;
	if (published)
		template_run(renderer->page, depsurf_page(&renderer->arena, input), ESCAPE_NONE, &renderer->text);
	else
		template_run(renderer->page, atlas_page(&renderer->arena, input), ESCAPE_MARKDOWN, &renderer->text);
}

/* The same values once more, with links into the site. */
static void render_html(struct renderer *renderer, size_t number)
{
	struct arena *arena = &renderer->arena;
	const char *name = text_function(arena, renderer->input.name);
	struct layout_page page = {
		.link = url_function(arena, renderer->plan, renderer->input.name),
		.title = arena_printf(arena, "%s: Linux kernel function", name),
		.description =
			arena_printf(arena, "What became of the Linux kernel function %s from build to build.", name),
	};

	renderer->input.site = renderer->plan;
	renderer->input.of_images = renderer->of_images;
	renderer->input.extra = &renderer->extra;
	renderer->extra.items.count = 0;
	renderer->extra.bytes = 0;
	struct object *values = html_page(arena, &renderer->input);

	object_text(values, KEY_graph, graph_of(renderer->plan->graph, arena, renderer->plan, number));
	layout_run(&renderer->layout, arena, renderer->html, &page, values, &renderer->html_text);
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

/* From one page's directory to another's file, without what it ends in; NULL for a name without a page. */
static const char *page_link(struct renderer *renderer, const char *name)
{
	const struct site_plan *plan = renderer->plan;
	const char *const *found = bsearch(name, plan->names, plan->name_count, sizeof(*plan->names), compare_name);

	if (!found || (plan->options->html && !plan->is_wanted[found - plan->names]))
		return NULL;
	const char *file = page_file_name(&renderer->arena, name, plan->shadowed[found - plan->names]);

	return arena_printf(&renderer->arena, "../%c/%s", page_letter(name), text_href(&renderer->arena, file));
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

struct error *renderer_page(struct renderer *renderer, size_t number, bool *exists)
{
	const struct site_plan *plan = renderer->plan;
	const char *name = plan->names[number];

	arena_reset(&renderer->arena);
	str_clear(&renderer->text);
	TRY(read_function(renderer, name, renderer->functions, renderer->objects));
	str_clear(&renderer->html_text);
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
		.links = plan->options->style == STYLE_ATLAS ? plan : NULL,
	};

	render(renderer, &renderer->input, exists);
	if (plan->options->html)
		render_html(renderer, number);
	return NULL;
}

const char *renderer_extra(struct renderer *renderer, size_t number)
{
	const struct extra_page *page = &renderer->extra.items.items[number];

	str_clear(&renderer->html_text);
	extra_page_run(&renderer->arena, &renderer->layout, renderer->beside, &renderer->input, &renderer->extra, page,
		       &renderer->html_text);
	return page->link;
}

void renderer_marks(const struct renderer *renderer, marks *of_images)
{
	for (size_t i = 0; i < renderer->plan->image_count; i++)
		of_images[i] = marks_of(&renderer->input, i);
}
