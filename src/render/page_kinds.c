// SPDX-License-Identifier: GPL-2.0-or-later
#include "page_kinds.h"

#include <unistd.h>

#include "workers.h"

/* Jobs are taken in runs: pages that follow each other lie together in the atlas. */
#define BATCH 16

const struct page_kind *const page_kinds[] = {&function_kind, &source_kind};
const size_t page_kind_count = ARRAY_LEN(page_kinds);

struct kind_work {
	const struct site_data *data;
	const struct page_kind *kind;
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

	arena_reset(&writer->arena);
	return work->kind->write(writer, number);
}

static void end_worker(void *own)
{
	site_writer_close(own);
	free(own);
}

static struct error *write_kind(const struct site_data *data, const struct page_kind *kind)
{
	const struct generate_options *options = data->plan->options;
	struct kind_work kind_work = {data, kind};
	struct shared_work work = {
		.count = kind->count(data),
		.workers = options->jobs,
		.batch = BATCH,
		.progress = !options->quiet && isatty(STDERR_FILENO),
		.of = arena_printf(data->arena, "%s pages", kind->name),
		.context = &kind_work,
		.begin = begin_worker,
		.job = write_page,
		.end = end_worker,
	};

	return work.count ? shared_work_run(&work) : NULL;
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

struct error *page_kinds_write(const struct site_data *data)
{
	struct site_writer writer;

	for (size_t i = 0; i < page_kind_count; i++)
		if (page_kinds[i]->write)
			TRY(write_kind(data, page_kinds[i]));
	TRY(site_writer_open(data, &writer));
	struct error *err = write_lists(&writer);

	site_writer_close(&writer);
	return err;
}
