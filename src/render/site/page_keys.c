// SPDX-License-Identifier: GPL-2.0-or-later
#include "page_keys.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "render/function/graph.h"
#include "render/page/workers.h"
#include "render/words/tables.h"

/* Another build of the program may make other pages: its own bytes tell. */
#define PROGRAM "/proc/self/exe"

static bool add_file(digest *so_far, const char *path)
{
	static char buffer[1 << 16];
	FILE *file = fopen(path, "re");
	size_t got;

	if (!file)
		return false;
	while ((got = fread(buffer, 1, sizeof(buffer), file)) > 0)
		*so_far = digest_bytes(*so_far, buffer, got);
	bool whole = !ferror(file);

	fclose(file);
	return whole;
}

static bool add_templates(digest *so_far, const char *dir)
{
	struct dirent **entries;
	int count = dir ? scandir(dir, &entries, NULL, alphasort) : 0;
	bool whole = count >= 0;

	for (int i = 0; i < count; i++) {
		AUTO_FREE char *path = xasprintf("%s/%s", dir, entries[i]->d_name);

		*so_far = digest_text(*so_far, entries[i]->d_name);
		if (entries[i]->d_type != DT_DIR)
			whole &= add_file(so_far, path);
		free(entries[i]);
	}
	if (dir && count >= 0)
		free(entries);
	return whole;
}

/* What pages of functions say of an image; its build and counts stand on its own page. */
static digest add_image(digest so_far, const struct image *image)
{
	const char *const texts[] = {image->name,  image->version, image->revision, image->flavor,  image->arch,
				     image->label, image->release, image->scope,    image->producer};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		so_far = digest_text(so_far, texts[i]);
	return digest_add(digest_add(so_far, image->evidence), image->modules_read);
}

static page_key plan_key(const struct site_plan *plan, uint64_t rest)
{
	const struct generate_options *options = plan->options;
	digest so_far = digest_add(DIGEST_START, rest);

	if (!add_file(&so_far, PROGRAM) || !add_templates(&so_far, options->template_dir))
		return NO_KEY;
	so_far = digest_text(so_far, options->base_url);
	so_far = digest_add(so_far, options->style);
	so_far = digest_add(so_far, (uint64_t)options->markdown << 1 | options->graphs);
	so_far = digest_add(so_far, plan->groups.baseline);
	for (size_t i = 0; i < plan->type_count; i++)
		so_far = digest_text(so_far, plan->types[i]);
	for (size_t i = 0; i < plan->image_count; i++)
		so_far = add_image(so_far, &plan->images[i]);
	return so_far ? so_far : 1;
}

static int compare_name(const void *name, const void *item)
{
	return strcmp(name, *(const char *const *)item);
}

/* How a name is linked to, where pages mention it. */
static uint64_t name_salt(const void *context, const char *text)
{
	const struct site_plan *plan = context;
	const char *const *found = bsearch(text, plan->names, plan->name_count, sizeof(*plan->names), compare_name);

	return found ? 1 + 2 * plan->is_wanted[found - plan->names] + 4 * plan->shadowed[found - plan->names] : 0;
}

static uint64_t path_salt(const void *context, const char *text)
{
	const struct site_plan *plan = context;
	const char **found = plan->path_count
				     ? bsearch(text, plan->paths, plan->path_count, sizeof(*plan->paths), compare_name)
				     : NULL;

	return found ? 1 + 2 * plan->path_shadowed[found - plan->paths] : 0;
}

/* One image a job; the numbers are in memory all workers see. */
struct key_work {
	const struct site_plan *plan;
	const struct digests *digests;
	uint64_t *numbers; /* per image: by name, and one that concerns all */
};

static struct error *begin_worker(void *context, void **own)
{
	const struct key_work *work = context;
	struct store *store;

	TRY(store_open(work->plan->options->atlas_path, STORE_READ, &store));
	*own = store;
	return NULL;
}

static struct error *read_image(void *context, void *own, size_t image)
{
	const struct key_work *work = context;
	uint64_t *numbers = work->numbers + image * (work->plan->name_count + 1);

	return store_digests_image(own, work->digests, &work->plan->images[image], numbers,
				   &numbers[work->plan->name_count]);
}

static void end_worker(void *own)
{
	store_close(own);
}

static struct error *read_images(struct key_work *key_work)
{
	int jobs = key_work->plan->options->jobs, images = (int)key_work->plan->image_count;
	const struct shared_work work = {
		.count = key_work->plan->image_count,
		.workers = jobs < images ? jobs : images,
		.batch = 1,
		.context = key_work,
		.begin = begin_worker,
		.job = read_image,
		.end = end_worker,
	};

	return shared_work_run(&work);
}

static digest add_name(digest so_far, const struct key_work *work, size_t name)
{
	const struct site_plan *plan = work->plan;

	for (size_t image = 0; image < plan->image_count; image++)
		so_far = digest_add(so_far, work->numbers[image * (plan->name_count + 1) + name]);
	return digest_add(digest_text(so_far, plan->names[name]), name_salt(plan, plan->names[name]));
}

static digest add_other(digest so_far, const struct key_work *work, const char *name)
{
	const struct site_plan *plan = work->plan;
	const char *const *found = bsearch(name, plan->names, plan->name_count, sizeof(*plan->names), compare_name);

	return found ? add_name(so_far, work, (size_t)(found - plan->names)) : digest_text(so_far, name);
}

/* A page also tells of the function its name is a macro over, and links to the macros over it. */
static page_key function_key(const struct key_work *work, size_t name)
{
	const struct site_plan *plan = work->plan;
	const struct rename_entry *entry = rename_of_macro(plan->names[name]);
	digest so_far = add_name(plan->key, work, name);

	if (entry)
		so_far = add_other(so_far, work, entry->over);
	for (size_t i = 0; (entry = rename_over(plan->names[name], i)); i++)
		so_far = digest_add(so_far, name_salt(plan, entry->name));
	so_far = digest_add(so_far, graph_digest(plan->graph, plan, name));
	return so_far ? so_far : 1;
}

static void add_rests(struct site_plan *plan, const struct key_work *work)
{
	for (size_t i = 0; i < plan->image_count; i++)
		plan->key = digest_add(plan->key, work->numbers[i * (plan->name_count + 1) + plan->name_count]);
}

static struct error *read_all(struct arena *arena, struct site_plan *plan, struct key_work *work, const page_key **keys)
{
	page_key *made = arena_alloc(arena, (plan->wanted_count + 1) * sizeof(*made));

	TRY(read_images(work));
	add_rests(plan, work);
	for (size_t i = 0; i < plan->wanted_count; i++)
		made[i] = function_key(work, plan->wanted[i]);
	*keys = made;
	return NULL;
}

static struct error *open_digests(struct site_plan *plan, struct digests **digests, uint64_t *rest)
{
	const struct digest_salts salts = {plan, name_salt, path_salt};
	struct store *store;

	TRY(store_open(plan->options->atlas_path, STORE_READ, &store));
	struct error *err = store_digests_rest(store, rest);

	if (!err)
		err = store_digests_open(store, plan->names, plan->name_count, &salts, digests);
	store_close(store);
	return err;
}

struct error *page_keys_read(struct arena *arena, struct site_plan *plan, const page_key **keys)
{
	size_t size = plan->image_count * (plan->name_count + 1) * sizeof(uint64_t);
	struct digests *digests = NULL;
	void *memory = NULL;
	uint64_t rest;

	*keys = NULL;
	TRY(open_digests(plan, &digests, &rest));
	plan->key = plan_key(plan, rest);
	struct error *err = plan->key ? shared_new(size, &memory) : NULL;

	if (memory) {
		struct key_work work = {plan, digests, memory};

		err = read_all(arena, plan, &work, keys);
	}
	shared_free(memory, size);
	store_digests_close(digests);
	return err;
}
