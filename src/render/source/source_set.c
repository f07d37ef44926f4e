// SPDX-License-Identifier: GPL-2.0-or-later
#include "source_set.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "atlas/search.h"
#include "render/page/urls.h"

static int by_text(const void *a, const void *b, void *texts)
{
	const char *const *all = texts;

	return strcmp(all[*(const uint32_t *)a], all[*(const uint32_t *)b]);
}

static void sort_paths(struct source_set *set, struct arena *arena)
{
	set->by_path = arena_alloc(arena, (set->path_count + 1) * sizeof(*set->by_path));
	for (size_t i = 0; i + 1 < set->path_count; i++)
		set->by_path[i] = (uint32_t)i + 1;
	if (set->path_count > 1)
		qsort_r(set->by_path, set->path_count - 1, sizeof(*set->by_path), by_text,
			(void *)(uintptr_t)set->paths);
}

uint32_t source_set_path(const struct source_set *set, const char *path)
{
	size_t count = set->path_count ? set->path_count - 1 : 0; /* 0 is no path */
	size_t low = lower_bound(at, count, strcmp(set->paths[set->by_path[at]], path) < 0);

	return low < count && str_eq(set->paths[set->by_path[low]], path) ? set->by_path[low] : 0;
}

static void find_primitives(struct source_set *set, struct arena *arena)
{
	set->primitive = arena_zalloc(arena, set->name_count + 1);
	for (size_t i = 1; i < set->name_count; i++)
		set->primitive[i] = source_words_primitive(set->words, set->names[i]).kind;
}

static struct error *read_facts(struct store *store, struct arena *arena, const struct site_plan *plan,
				struct source_set *set)
{
	TRY(store_dictionary(store, arena, DICTIONARY_NAMES, &set->names, &set->name_count));
	TRY(store_dictionary(store, arena, DICTIONARY_PATHS, &set->paths, &set->path_count));
	sort_paths(set, arena);
	find_primitives(set, arena);
	set->facts = arena_zalloc(arena, (plan->image_count + 1) * sizeof(*set->facts));
	for (size_t i = 0; i < plan->image_count; i++)
		TRY(store_file_facts(store, arena, &plan->images[i], set->primitive, set->name_count, &set->facts[i]));
	return NULL;
}

/* "6.1" of "6.1.0", as distributions write it; the rest of a name is none of a release. */
static bool is_release(struct arena *arena, const struct image *image, const char *version)
{
	const struct image other = {.version = version};
	const char *tag = url_tag(arena, image), *wanted = url_tag(arena, &other);

	return strcmp(image->version, version) == 0 || (tag && wanted && strcmp(tag, wanted) == 0);
}

static void show_progress(void *context, size_t done, size_t known)
{
	(void)context;
	fprintf(stderr, "\r%zu of %zu source files", done, known);
}

static int compare_path(const void *path, const void *item)
{
	return strcmp(path, *(const char *const *)item);
}

/* With globs only the files that hold what is asked for need to be parsed: their paths are there already. */
static bool is_wanted(void *context, const char *path)
{
	const struct site_plan *plan = context;

	return bsearch(path, plan->paths, plan->path_count, sizeof(*plan->paths), compare_path);
}

static struct error *open_tree(struct arena *arena, const struct site_plan *plan, const char *argument,
			       struct source_tree *tree)
{
	const struct generate_options *options = plan->options;
	bool progress = !options->quiet && isatty(STDERR_FILENO);
	const struct source_options how = {
		.cache_dir = options->source_cache,
		.jobs = options->jobs,
		.wanted = options->names.count ? is_wanted : NULL,
		.progress = progress ? show_progress : NULL,
		.context = (void *)(uintptr_t)plan,
	};
	struct error *err = source_open(argument, &how, &tree->source);

	if (progress)
		fputs("\r\033[K", stderr);
	if (err)
		return err;
	tree->version = source_version(tree->source);
	tree->of_image = arena_zalloc(arena, plan->image_count + 1);
	for (size_t i = 0; tree->version && i < plan->image_count; i++)
		tree->of_image[i] = is_release(arena, &plan->images[i], tree->version);
	return NULL;
}

static struct error *open_trees(struct arena *arena, const struct site_plan *plan, struct source_set *set)
{
	const struct generate_options *options = plan->options;

	set->trees = arena_zalloc(arena, (options->source_count + 1) * sizeof(*set->trees));
	for (size_t i = 0; i < options->source_count; i++) {
		TRY(open_tree(arena, plan, options->sources[i], &set->trees[i]));
		set->tree_count++;
	}
	return NULL;
}

/* "6.1.176", "6.1.176 cloud arm64": what is not the same for all. */
static const char *short_label(struct arena *arena, const struct site_plan *plan, size_t image)
{
	const struct image *of = &plan->images[image];
	bool arches = false;

	for (size_t i = 0; i < plan->image_count; i++)
		arches = arches || strcmp(plan->images[i].arch, of->arch) != 0;
	return arena_printf(arena, "%s%s%s%s%s", of->version, strcmp(of->flavor, "generic") != 0 ? " " : "",
			    strcmp(of->flavor, "generic") != 0 ? of->flavor : "", arches ? " " : "",
			    arches ? of->arch : "");
}

static void label_images(struct source_set *set, struct arena *arena, const struct site_plan *plan)
{
	const char **labels = arena_alloc(arena, (plan->image_count + 1) * sizeof(*labels));
	bool clash = false;

	for (size_t i = 0; i < plan->image_count; i++) {
		labels[i] = short_label(arena, plan, i);
		for (size_t k = 0; k < i; k++)
			clash = clash || strcmp(labels[i], labels[k]) == 0;
	}
	for (size_t i = 0; clash && i < plan->image_count; i++)
		labels[i] = plan->images[i].name;
	set->labels = labels;
}

struct error *source_set_read(struct store *store, struct arena *arena, const struct site_plan *plan,
			      struct source_set **set)
{
	struct source_set *made = xcalloc(1, sizeof(*made));
	struct error *err = source_words_open(plan->options->data_dir, &made->words);

	if (!err)
		err = read_facts(store, arena, plan, made);
	if (!err)
		err = open_trees(arena, plan, made);
	if (err) {
		source_set_close(made);
		return err;
	}
	label_images(made, arena, plan);
	source_moves_find(made, plan);
	*set = made;
	return NULL;
}

void source_set_end(struct source_set *set, const struct site_plan *plan)
{
	set->key = source_words_key(set->words);
	for (size_t i = 0; i < plan->image_count; i++)
		set->key = digest_text(set->key, set->labels[i]);
	for (size_t i = 0; i < plan->path_count; i++)
		set->key = digest_add(digest_text(set->key, plan->paths[i]), plan->path_shadowed[i]);
}

void source_set_close(struct source_set *set)
{
	if (!set)
		return;
	for (size_t i = 0; i < set->tree_count; i++)
		source_close(set->trees[i].source);
	source_words_close(set->words);
	vec_free(&set->moves);
	free(set);
}

struct path_list {
	VEC(const char *) items;
};

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_units(const struct source_set *set, const struct site_plan *plan, struct path_list *list)
{
	bool *seen = xcalloc(set->path_count + 1, sizeof(*seen));

	for (size_t i = 0; i < plan->image_count; i++)
		for (size_t k = 0; k < set->facts[i].unit_count; k++)
			seen[set->facts[i].units[k].path] = true;
	for (size_t i = 1; i < set->path_count; i++)
		if (seen[i])
			vec_add(&list->items, set->paths[i]);
	free(seen);
}

static void add_trees(const struct source_set *set, struct path_list *list)
{
	for (size_t i = 0; i < set->tree_count; i++) {
		size_t count = source_file_count(set->trees[i].source);

		for (size_t k = 0; k < count; k++)
			vec_add(&list->items, source_file_path(set->trees[i].source, k));
	}
}

const char **source_set_paths(const struct source_set *set, struct arena *arena, const struct site_plan *plan,
			      size_t *count)
{
	struct path_list list = {0};
	size_t kept = 0;

	for (size_t i = 0; i < plan->place_count; i++)
		if (i == 0 || plan->places[i].path != plan->places[i - 1].path)
			vec_add(&list.items, plan->places[i].path);
	if (set && !plan->options->names.count) {
		add_units(set, plan, &list);
		add_trees(set, &list);
	}
	if (list.items.count)
		qsort(list.items.items, list.items.count, sizeof(*list.items.items), compare_texts);
	const char **paths = arena_alloc(arena, (list.items.count + 1) * sizeof(*paths));

	for (size_t i = 0; i < list.items.count; i++)
		if (i == 0 || strcmp(list.items.items[i], list.items.items[i - 1]) != 0)
			paths[kept++] = list.items.items[i];
	vec_free(&list.items);
	*count = kept;
	return paths;
}

static uint32_t key_of(const char *field)
{
	uint32_t key;

	memcpy(&key, field, sizeof(key));
	return key;
}

/* A run of items whose first field is `key`; the lists are sorted by it. */
static const void *run_of(const void *items, size_t total, size_t size, size_t offset, uint32_t key, size_t *count)
{
	const char *base = items;
	size_t low = lower_bound(at, total, key_of(base + at * size + offset) < key), end = low;

	while (end < total && key_of(base + end * size + offset) == key)
		end++;
	*count = key ? end - low : 0;
	return total ? base + low * size : NULL;
}

#define RUN(list, total, type, field, key) \
	run_of(facts->list, facts->total, sizeof(type), offsetof(type, field), key, count)

const struct file_function *source_functions(const struct file_facts *facts, uint32_t path, size_t *count)
{
	return RUN(functions, function_count, struct file_function, path, path);
}

const struct file_export *source_exports(const struct file_facts *facts, uint32_t path, size_t *count)
{
	return RUN(exports, export_count, struct file_export, path, path);
}

const struct file_initcall *source_initcalls(const struct file_facts *facts, uint32_t path, size_t *count)
{
	return RUN(initcalls, initcall_count, struct file_initcall, path, path);
}

const struct file_unit *source_units(const struct file_facts *facts, uint32_t path, size_t *count)
{
	return RUN(units, unit_count, struct file_unit, path, path);
}

const struct pair_count *source_links(const struct file_facts *facts, uint32_t unit, size_t *count)
{
	return RUN(links, link_count, struct pair_count, left, unit);
}

const struct pair_count *source_links_in(const struct file_facts *facts, uint32_t path, size_t *count)
{
	return RUN(links_in, link_count, struct pair_count, right, path);
}

const struct pair_count *source_uses(const struct file_facts *facts, uint32_t unit, size_t *count)
{
	return RUN(uses, use_count, struct pair_count, left, unit);
}

const struct file_type *source_types(const struct file_facts *facts, uint32_t path, size_t *count)
{
	return RUN(types, type_count, struct file_type, path, path);
}
