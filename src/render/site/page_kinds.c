// SPDX-License-Identifier: GPL-2.0-or-later
#include "page_kinds.h"

#include <stdlib.h>
#include <unistd.h>

#include "render/page/workers.h"

/* Jobs are taken in runs: pages that follow each other lie together in the atlas. */
#define BATCH 16

const struct page_kind *const page_kinds[] = {&function_kind, &source_kind, &type_kind};
const size_t page_kind_count = ARRAY_LEN(page_kinds);

/* Under this name the manifest has all the pages that lead to others: one changes, and they are made again. */
#define LISTS "lists"

struct lists_key {
	page_key key;
	bool known;
};

static void add_key(struct lists_key *lists, page_key key)
{
	lists->known &= key != NO_KEY;
	lists->key = digest_add(lists->key, key);
}

/* What pages of functions do not tell of images, and the date of the feed. */
static void add_plan(struct lists_key *lists, const struct site_plan *plan)
{
	add_key(lists, plan->key);
	for (size_t i = 0; i < plan->image_count; i++) {
		const struct image *image = &plan->images[i];
		const int64_t counts[] = {image->module_count, image->function_count, image->instance_count,
					  image->edge_count, image->symbol_count};

		lists->key = digest_text(digest_text(lists->key, image->banner), image->build_id);
		lists->key = digest_bytes(lists->key, counts, sizeof(counts));
	}
	if (plan->options->base_url)
		lists->key = digest_text(lists->key, getenv("SOURCE_DATE_EPOCH"));
}

struct kind_work {
	const struct site_data *data;
	const struct page_kind *kind;
	const page_key *keys;
};

static struct error *begin_worker(void *context, void **own)
{
	struct kind_work *work = context;
	struct site_writer *writer = xcalloc(1, sizeof(*writer));
	struct error *err = site_writer_open(work->data, writer);

	if (err)
		free(writer);
	else
		*own = writer;
	return err;
}

static struct error *write_page(void *context, void *own, size_t number)
{
	const struct kind_work *work = context;
	struct site_writer *writer = own;
	struct manifest *manifest = work->data->manifest;
	const void *notes;
	size_t length;

	arena_reset(&writer->arena);
	const char *link = work->kind->link(&writer->arena, work->data, number);

	if (!link || manifest_current(manifest, link, work->keys[number], &notes, &length))
		return NULL;
	manifest_page_init(&writer->page, link, work->keys[number]);
	TRY(work->kind->write(writer, number));
	manifest_page_end(manifest, &writer->page, NULL, 0);
	return NULL;
}

static void end_worker(void *own)
{
	struct site_writer *writer = own;

	manifest_hand_over(writer->data->manifest);
	site_writer_close(writer);
	free(writer);
}

static const page_key *keys_of(const struct site_data *data, const struct page_kind *kind, size_t count)
{
	page_key *keys = arena_zalloc(data->arena, (count + 1) * sizeof(*keys));

	for (size_t i = 0; kind->key && data->plan->key != NO_KEY && i < count; i++)
		keys[i] = kind->key(data, i);
	return keys;
}

/* Adds the kind's keys to the lists', which show all of them. */
static struct error *write_kind(const struct site_data *data, const struct page_kind *kind, struct lists_key *lists)
{
	const struct generate_options *options = data->plan->options;
	size_t count = kind->count(data);
	struct kind_work kind_work = {data, kind, keys_of(data, kind, count)};
	struct shared_work work = {
		.count = count,
		.workers = options->jobs,
		.batch = BATCH,
		.progress = !options->quiet && isatty(STDERR_FILENO),
		.of = arena_printf(data->arena, "%s pages", kind->name),
		.context = &kind_work,
		.begin = begin_worker,
		.job = write_page,
		.end = end_worker,
	};

	for (size_t i = 0; i < count; i++)
		add_key(lists, kind_work.keys[i]);
	return count && kind->write ? shared_work_run(&work) : NULL;
}

static struct error *write_lists(struct site_writer *writer)
{
	for (size_t i = 0; i < page_kind_count; i++)
		if (page_kinds[i]->write_lists)
			TRY(page_kinds[i]->write_lists(writer));
	TRY(site_write_images(writer));
	TRY(site_write_pairs(writer));
	TRY(site_write_overview(writer));
	TRY(site_write_assets(writer));
	TRY(site_write_search(writer));
	return site_write_feeds(writer);
}

static struct error *write_all_lists(const struct site_data *data, page_key key)
{
	struct site_writer writer;
	const void *notes;
	size_t length;

	if (manifest_current(data->manifest, LISTS, key, &notes, &length))
		return NULL;
	TRY(site_writer_open(data, &writer));
	manifest_page_init(&writer.page, LISTS, key);
	struct error *err = write_lists(&writer);

	if (!err)
		manifest_page_end(data->manifest, &writer.page, NULL, 0);
	site_writer_close(&writer);
	return err;
}

struct error *page_kinds_write(const struct site_data *data)
{
	struct lists_key lists = {.key = DIGEST_START, .known = true};

	add_plan(&lists, data->plan);
	for (size_t i = 0; i < page_kind_count; i++)
		TRY(write_kind(data, page_kinds[i], &lists));
	return write_all_lists(data, lists.known ? lists.key : NO_KEY);
}

struct error *page_kinds_write_markdown(const struct site_data *data)
{
	struct lists_key lists = {.key = DIGEST_START};
	struct site_writer writer;

	TRY(write_kind(data, &source_kind, &lists));
	TRY(site_writer_open(data, &writer));
	struct error *err = source_kind.write_lists(&writer);

	site_writer_close(&writer);
	return err;
}
