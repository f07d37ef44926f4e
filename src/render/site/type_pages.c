// SPDX-License-Identifier: GPL-2.0-or-later
/* Markdown pages of types. */
#include <unistd.h>

#include "render/page/keys.h"
#include "render/page/page_file.h"
#include "render/page/workers.h"
#include "render/page/writer.h"
#include "render/type/type_page.h"

#define BATCH 32

/* A worker's own. */
struct type_writer {
	const struct site_plan *plan;
	struct store *store;
	struct templates *templates;
	const struct template *page;
	struct arena arena;
	struct str text;
	bool made[256]; /* directories, by letter */
};

static void end_worker(void *own)
{
	struct type_writer *writer = own;

	store_close(writer->store);
	templates_close(writer->templates);
	arena_fini(&writer->arena);
	str_free(&writer->text);
	free(writer);
}

static struct error *open_worker(struct type_writer *writer)
{
	const struct generate_options *options = writer->plan->options;

	templates_open(options->template_dir, &template_keys, &writer->templates);
	TRY(templates_get(writer->templates, options->style == STYLE_DEPSURF ? "struct.depsurf.md" : "struct.atlas.md",
			  &writer->page));
	return store_open(options->atlas_path, STORE_READ, &writer->store);
}

static struct error *begin_worker(void *context, void **own)
{
	struct type_writer *writer = xcalloc(1, sizeof(*writer));

	writer->plan = context;
	arena_init(&writer->arena);
	struct error *err = open_worker(writer);

	if (err)
		end_worker(writer);
	else
		*own = writer;
	return err;
}

static struct error *write_page(void *context, void *own, size_t number)
{
	struct type_writer *writer = own;
	const struct site_plan *plan = writer->plan;
	const char *name = plan->types[number];
	char letter = page_letter(name);
	struct object *values;

	(void)context;
	arena_reset(&writer->arena);
	TRY(type_page(&writer->arena, writer->store, plan, number, false, &values));
	if (!values)
		return NULL;
	const char *dir = arena_printf(&writer->arena, "%s/struct/%c", plan->options->out_dir, letter);

	if (!writer->made[(unsigned char)letter])
		TRY(writer_make_dir(dir));
	writer->made[(unsigned char)letter] = true;
	str_clear(&writer->text);
	template_run(writer->page, values, plan->options->style == STYLE_DEPSURF ? ESCAPE_NONE : ESCAPE_MARKDOWN,
		     &writer->text);
	return writer_write(arena_printf(&writer->arena, "%s/%s.md", dir,
					 page_file_name(&writer->arena, name, plan->type_shadowed[number])),
			    &writer->text);
}

struct error *type_pages_write(const struct site_plan *plan)
{
	struct shared_work work = {
		.count = plan->type_count,
		.workers = plan->options->jobs,
		.batch = BATCH,
		.progress = !plan->options->quiet && isatty(STDERR_FILENO),
		.of = "pages of types",
		.context = (void *)(uintptr_t)plan,
		.begin = begin_worker,
		.job = write_page,
		.end = end_worker,
	};

	return work.count ? shared_work_run(&work) : NULL;
}
