// SPDX-License-Identifier: GPL-2.0-or-later
/* Which pages there are, and writing them with worker processes. */
#include <dirent.h>
#include <string.h>
#include <unistd.h>

#include "attach_pages.h"
#include "index_pages.h"
#include "page_keys.h"
#include "page_kinds.h"
#include "render/function/graph.h"
#include "render/function/renderer.h"
#include "render/page/page_file.h"
#include "render/page/urls.h"
#include "render/page/workers.h"
#include "render/page/writer.h"
#include "render/source/source_set.h"
#include "render/type/type_page.h"
#include "render/type/type_plan.h"

/* Jobs are taken in runs of names that follow each other, which also lie together in the atlas. */
#define BATCH 64

struct generation {
	struct site_plan plan;
	struct arena arena;
	char *dir;		 /* OUT/function; owned */
	unsigned char *written;	 /* shared: per wanted name, whether it has a page */
	marks *all_marks;	 /* shared: per wanted name and image */
	change_set *all_changes; /* shared, likewise; HTML only */
	const page_key *keys;	 /* per wanted name; NULL: not known */
	struct manifest *manifest;
	struct source_set *sources;
};

/* A worker's own. */
struct page_worker {
	const struct generation *generation;
	struct renderer renderer;
	struct manifest_page page;
	struct str notes;
	struct str path;
	bool made[256]; /* directories, by letter */
};

static struct error *read_images(struct generation *generation, struct store *store)
{
	struct site_plan *plan = &generation->plan;
	const char *pattern = plan->options->baseline;

	TRY(store_images(store, &generation->arena, &plan->images, &plan->image_count));
	if (plan->image_count == 0)
		return error_new(ERROR_STORE, "%s: holds no image yet; scan or import one first",
				 plan->options->atlas_path);
	size_t baseline = groups_default_baseline(plan->images, plan->image_count);

	if (pattern) {
		const struct image *image;

		TRY(store_find_image(store, &generation->arena, pattern, &image));
		for (size_t i = 0; i < plan->image_count; i++)
			if (plan->images[i].id == image->id)
				baseline = i;
	}
	if (plan->options->style == STYLE_DEPSURF)
		groups_published(&generation->arena, plan->images, plan->image_count, baseline, &plan->groups);
	else
		groups_atlas(&generation->arena, plan->images, plan->image_count, baseline, &plan->groups);
	return NULL;
}

static struct error *read_names(struct generation *generation, struct store *store)
{
	struct site_plan *plan = &generation->plan;
	struct globs all = {0};

	TRY(store_names(store, &generation->arena, &all, &plan->names, &plan->name_count));
	plan->shadowed = arena_zalloc(&generation->arena, plan->name_count + 1);
	page_files_shadowed(plan->names, plan->name_count, plan->shadowed);
	size_t *wanted = arena_alloc(&generation->arena, (plan->name_count + 1) * sizeof(*wanted));

	plan->is_wanted = arena_zalloc(&generation->arena, plan->name_count + 1);
	for (size_t i = 0; i < plan->name_count; i++)
		if (globs_match(&plan->options->names, plan->names[i])) {
			wanted[plan->wanted_count++] = i;
			plan->is_wanted[i] = true;
		}
	plan->wanted = wanted;
	return NULL;
}

/* Places of names that get a page. */
static void keep_places(struct site_plan *plan, struct arena *arena, const struct place *places, size_t count)
{
	struct place *kept = arena_alloc(arena, (count + 1) * sizeof(*kept));

	for (size_t i = 0; i < count; i++)
		if (site_find_wanted(plan, places[i].name) != SIZE_MAX)
			kept[plan->place_count++] = places[i];
	plan->places = kept;
}

/* Files that have a page: those of the places and, once they are read, all others. */
static void keep_paths(struct site_plan *plan, struct arena *arena)
{
	plan->paths = source_set_paths(plan->sources, arena, plan, &plan->path_count);
	plan->path_shadowed = arena_zalloc(arena, plan->path_count + 1);
	page_files_shadowed(plan->paths, plan->path_count, plan->path_shadowed);
}

/* What pages of source files need, and links to them.  The published style has neither. */
static struct error *read_site(struct generation *generation, struct store *store)
{
	struct site_plan *plan = &generation->plan;
	const struct place *places;
	size_t count;

	if (plan->options->style == STYLE_DEPSURF)
		return NULL;
	TRY(store_places(store, &generation->arena, &places, &count));
	keep_places(plan, &generation->arena, places, count);
	keep_paths(plan, &generation->arena);
	TRY(source_set_read(store, &generation->arena, plan, &generation->sources));
	plan->sources = generation->sources;
	keep_paths(plan, &generation->arena);
	source_set_end(generation->sources, plan);
	return plan->options->html && plan->options->graphs ? graph_read(store, &generation->arena, plan, &plan->graph)
							    : NULL;
}

/* The parent's connection ends before the workers start: SQLite's must not cross a fork. */
static struct error *read_plan(struct generation *generation)
{
	struct store *store;

	TRY(store_open(generation->plan.options->atlas_path, STORE_READ, &store));
	struct error *err = read_images(generation, store);

	if (!err)
		err = read_names(generation, store);
	if (!err)
		err = read_site(generation, store);
	if (!err)
		err = type_plan_read(store, &generation->arena, &generation->plan);
	store_close(store);
	return err;
}

static struct error *begin_worker(void *context, void **own)
{
	struct generation *generation = context;
	struct page_worker *worker = xcalloc(1, sizeof(*worker));
	struct error *err = renderer_open(&generation->plan, &worker->renderer);

	worker->generation = generation;
	if (err)
		free(worker);
	else
		*own = worker;
	return err;
}

static void end_worker(void *own)
{
	struct page_worker *worker = own;

	manifest_hand_over(worker->generation->manifest);
	renderer_close(&worker->renderer);
	manifest_page_fini(&worker->page);
	str_free(&worker->notes);
	str_free(&worker->path);
	free(worker);
}

/* Writes one file of a page; paths in the manifest begin at the output directory. */
static struct error *write_file(const struct generation *generation, struct page_worker *worker, size_t name,
				const char *ending, const struct str *text)
{
	const struct site_plan *plan = &generation->plan;
	char letter = page_letter(plan->names[name]);
	bool *made = &worker->made[(unsigned char)letter];
	size_t top = strlen(plan->options->out_dir) + 1;

	str_clear(&worker->path);
	str_addf(&worker->path, "%s/function/%c", plan->options->out_dir, letter);
	if (!*made)
		TRY(writer_make_dir(worker->path.data));
	*made = true;
	str_addc(&worker->path, '/');
	str_add(&worker->path, page_file_name(&worker->renderer.arena, plan->names[name], plan->shadowed[name]));
	str_add(&worker->path, ending);
	TRY(writer_write(worker->path.data, text));
	manifest_page_file(generation->manifest, &worker->page, worker->path.data + top);
	return NULL;
}

/* What lists want to know of a page, for the run that need not make it: marks of all images, then changes. */
struct noted_change {
	uint64_t image;
	change_set changes;
};

static void make_notes(const struct generation *generation, size_t number, struct str *notes)
{
	size_t images = generation->plan.image_count;
	const change_set *changes = generation->all_changes + number * images;

	str_clear(notes);
	str_addn(notes, (const char *)(generation->all_marks + number * images), images * sizeof(marks));
	for (size_t i = 0; i < images; i++) {
		struct noted_change noted = {i, changes[i]};

		if (changes[i])
			str_addn(notes, (const char *)&noted, sizeof(noted));
	}
}

static bool take_notes(struct generation *generation, size_t number, const char *notes, size_t length)
{
	size_t images = generation->plan.image_count, at = images * sizeof(marks);
	struct noted_change noted;

	if (length < at || (length - at) % sizeof(noted))
		return false;
	memcpy(generation->all_marks + number * images, notes, at);
	for (; at < length; at += sizeof(noted)) {
		memcpy(&noted, notes + at, sizeof(noted));
		if (noted.image >= images)
			return false;
		generation->all_changes[number * images + noted.image] = noted.changes;
	}
	return true;
}

static bool is_current(struct generation *generation, struct page_worker *worker, size_t number)
{
	const struct site_plan *plan = &generation->plan;
	const void *notes;
	size_t length;

	if (!generation->keys)
		return false;
	arena_reset(&worker->renderer.arena);
	const char *link = url_function(&worker->renderer.arena, plan, plan->names[plan->wanted[number]]);

	manifest_page_init(&worker->page, link, generation->keys[number]);
	return manifest_current(generation->manifest, link, generation->keys[number], &notes, &length) &&
	       take_notes(generation, number, notes, length);
}

static struct error *write_extra(const struct generation *generation, struct page_worker *worker, size_t number)
{
	const char *link = renderer_extra(&worker->renderer, number);
	const char *file = url_file(&worker->renderer.arena, link);
	AUTO_FREE char *dir =
		xasprintf("%s/%.*s", generation->plan.options->out_dir, (int)(strrchr(file, '/') - file), file);

	TRY(writer_make_dir(dir));
	str_clear(&worker->path);
	str_addf(&worker->path, "%s/%s", generation->plan.options->out_dir, file);
	TRY(writer_write(worker->path.data, &worker->renderer.html_text));
	manifest_page_file(generation->manifest, &worker->page, file);
	return NULL;
}

static struct error *write_html_page(struct generation *generation, struct page_worker *worker, size_t number)
{
	size_t images = generation->plan.image_count;

	TRY(write_file(generation, worker, generation->plan.wanted[number], ".html", &worker->renderer.html_text));
	for (size_t i = 0; i < worker->renderer.extra.items.count; i++)
		TRY(write_extra(generation, worker, i));
	memcpy(generation->all_changes + number * images, worker->renderer.of_images, images * sizeof(change_set));
	make_notes(generation, number, &worker->notes);
	manifest_page_end(generation->manifest, &worker->page, worker->notes.data, worker->notes.length);
	return NULL;
}

static struct error *write_page(void *context, void *own, size_t number)
{
	struct generation *generation = context;
	struct page_worker *worker = own;
	size_t name = generation->plan.wanted[number];
	bool exists = true;

	if (!is_current(generation, worker, number)) {
		TRY(renderer_page(&worker->renderer, name, &exists));
		if (!exists)
			return NULL;
		renderer_marks(&worker->renderer, generation->all_marks + number * generation->plan.image_count);
		if (generation->plan.options->markdown)
			TRY(write_file(generation, worker, name, ".md", &worker->renderer.text));
		if (generation->plan.options->html)
			TRY(write_html_page(generation, worker, number));
	}
	generation->written[number] = 1;
	return NULL;
}

static struct error *write_pages(struct generation *generation)
{
	const struct generate_options *options = generation->plan.options;
	struct shared_work work = {
		.count = generation->plan.wanted_count,
		.workers = options->jobs,
		.batch = BATCH,
		.progress = !options->quiet && isatty(STDERR_FILENO),
		.of = "pages",
		.context = generation,
		.begin = begin_worker,
		.job = write_page,
		.end = end_worker,
	};

	return shared_work_run(&work);
}

static struct error *check_wanted(const struct generation *generation)
{
	const struct site_plan *plan = &generation->plan;

	if (plan->wanted_count)
		return NULL;
	return error_new(ERROR_INPUT, "%s: no function has a name like %s", plan->options->atlas_path,
			 plan->options->names.count ? plan->options->names.items[0] : "*");
}

/* The published pages have no lists. */
static struct error *write_lists(const struct generation *generation)
{
	if (generation->plan.options->style == STYLE_DEPSURF || !generation->plan.options->markdown)
		return NULL;
	TRY(index_pages_write(&generation->plan, generation->all_marks, generation->dir));
	return attach_pages_write(&generation->plan, generation->all_marks);
}

static struct error *write_other_pages(struct generation *generation)
{
	const struct site_data data = {
		.plan = &generation->plan,
		.arena = &generation->arena,
		.all_marks = generation->all_marks,
		.all_changes = generation->all_changes,
		.written = generation->written,
		.keys = generation->keys,
		.manifest = generation->manifest,
	};

	if (generation->plan.options->style == STYLE_DEPSURF)
		return NULL;
	return generation->plan.options->html ? page_kinds_write(&data) : page_kinds_write_markdown(&data);
}

static struct error *write_site(struct generation *generation, size_t *pages)
{
	size_t count = 0;

	TRY(writer_make_dir(generation->dir));
	TRY(write_pages(generation));
	for (size_t i = 0; i < generation->plan.wanted_count; i++)
		count += generation->written[i];
	if (generation->plan.options->markdown)
		TRY(type_pages_write(&generation->plan));
	TRY(write_lists(generation));
	TRY(write_other_pages(generation));
	*pages = count;
	return manifest_write(generation->manifest, generation->plan.options->names.count == 0);
}

/* A mistyped directory would otherwise give pages from the built-in templates or tables. */
static struct error *check_own(const char *dir)
{
	DIR *opened = dir ? opendir(dir) : NULL;

	if (dir && !opened)
		return error_errno("%s", dir);
	if (opened)
		closedir(opened);
	return NULL;
}

/* Memory that the workers fill. */
static struct error *share(struct generation *generation)
{
	const struct site_plan *plan = &generation->plan;
	size_t cells = plan->wanted_count * plan->image_count;
	void *memory;

	TRY(shared_new(plan->wanted_count, &memory));
	generation->written = memory;
	TRY(shared_new(cells * sizeof(marks), &memory));
	generation->all_marks = memory;
	if (!plan->options->html)
		return NULL;
	TRY(shared_new(cells * sizeof(change_set), &memory));
	generation->all_changes = memory;
	return NULL;
}

static void unshare(struct generation *generation)
{
	size_t cells = generation->plan.wanted_count * generation->plan.image_count;

	if (generation->written)
		shared_free(generation->written, generation->plan.wanted_count);
	if (generation->all_marks)
		shared_free(generation->all_marks, cells * sizeof(marks));
	if (generation->all_changes)
		shared_free(generation->all_changes, cells * sizeof(change_set));
}

static struct error *run(struct generation *generation, size_t *pages)
{
	TRY(check_own(generation->plan.options->template_dir));
	TRY(check_own(generation->plan.options->data_dir));
	TRY(read_plan(generation));
	TRY(check_wanted(generation));
	const struct generate_options *options = generation->plan.options;

	if (options->html)
		TRY(page_keys_read(&generation->arena, &generation->plan, &generation->keys));
	generation->manifest = manifest_open(options->out_dir, generation->keys != NULL);
	struct error *err = share(generation);

	if (!err)
		err = write_site(generation, pages);
	unshare(generation);
	return err;
}

struct error *generate(const struct generate_options *options, size_t *pages)
{
	struct generation generation = {.plan.options = options};

	arena_init(&generation.arena);
	generation.dir = xasprintf("%s/function", options->out_dir);
	struct error *err = run(&generation, pages);

	manifest_close(generation.manifest);
	source_set_close(generation.sources);
	free(generation.dir);
	arena_fini(&generation.arena);
	return err;
}
