// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/check.h"

#include <string.h>

#include "check/baseline.h"
#include "check/look.h"
#include "check/read.h"
#include "check/run.h"

#define NEAREST 5
/* Of functions that no image has. */
#define NEAREST_NAMES 3
#define NEAREST_TOLD  4

static size_t nearest_of(const char *wanted, const struct image *images, size_t count, const bool *told)
{
	size_t best = SIZE_MAX;
	unsigned least = 0;

	for (size_t i = 0; i < count; i++) {
		unsigned distance = str_distance(wanted, images[i].name, 255);

		if (!told[i] && (best == SIZE_MAX || distance < least)) {
			best = i;
			least = distance;
		}
	}
	return best;
}

/* What there is instead, nearest first. */
static void add_nearest(struct str *text, const char *wanted, const struct image *images, size_t count)
{
	AUTO_FREE bool *told = xcalloc(count + 1, sizeof(*told));

	str_add(text, "");
	for (size_t n = 0; n < NEAREST && n < count; n++) {
		size_t i = nearest_of(wanted, images, count, told);

		told[i] = true;
		str_addf(text, "%s%s", n ? ", " : "", images[i].name);
	}
}

static struct error *no_image(const struct run *run)
{
	if (!run->other_arch)
		return error_new(ERROR_INPUT, "the atlas has no images; `atlasgen scan` puts some in");
	return error_new(ERROR_INPUT, "%s: it is for %s, and no image that is asked for is", run->options->dependencies,
			 run->dependencies.arch);
}

/* Every glob has to match something: a misspelt one must not make a check smaller. */
static struct error *check_globs(const struct run *run, const struct image *images, size_t count)
{
	const struct globs *globs = &run->options->images;

	for (size_t g = 0; g < globs->count; g++) {
		struct globs one = {&globs->items[g], 1};
		AUTO_STR struct str text = {0};
		bool any = false;

		for (size_t i = 0; i < count; i++)
			any = any || globs_match(&one, images[i].name);
		if (any)
			continue;
		add_nearest(&text, globs->items[g], images, count);
		return error_new(ERROR_INPUT, "no image matches '%s'; nearest: %s", globs->items[g], text.data);
	}
	return NULL;
}

static struct error *choose_images(struct run *run)
{
	const struct image *images;
	size_t count;

	TRY(store_images(run->store, &run->arena, &images, &count));
	if (!count)
		return no_image(run);
	TRY(check_globs(run, images, count));
	run->images = arena_alloc(&run->arena, (count + 1) * sizeof(struct image *));
	for (size_t i = 0; i < count; i++) {
		if (!globs_match(&run->options->images, images[i].name))
			continue;
		if (run->dependencies.arch && !str_eq(run->dependencies.arch, images[i].arch))
			run->other_arch++;
		else
			run->images[run->image_count++] = &images[i];
	}
	if (!run->image_count)
		return no_image(run);
	if (run->options->baseline_image)
		return store_find_image(run->store, &run->arena, run->options->baseline_image, &run->reference);
	return NULL;
}

/* An image at a time, so that what is kept of one is used by all dependencies. */
static struct error *look_at(struct run *run, struct look *look, const struct image *image, struct state *first,
			     size_t stride)
{
	look->image = image;
	look->module_exports = NULL;
	look->typedefs.count = 0;
	look->module_export_count = look->modules_unread = 0;
	look->module_exports_read = look->types_asked = look->types_known = false;
	for (size_t d = 0; d < run->dependencies.items.count; d++)
		TRY(look_up(look, &run->dependencies.items.items[d], &first[d * stride]));
	return NULL;
}

static struct error *look_at_all(struct run *run)
{
	struct look look = {.store = run->store, .arena = &run->arena, .layouts = run->options->layouts};
	size_t count = run->dependencies.items.count;
	struct error *err = NULL;

	run->states = arena_zalloc(&run->arena, count * run->image_count * sizeof(*run->states));
	for (size_t i = 0; i < run->image_count && !err; i++)
		err = look_at(run, &look, run->images[i], &run->states[i], run->image_count);
	if (run->reference && !err) {
		run->reference_states = arena_zalloc(&run->arena, count * sizeof(*run->reference_states));
		err = look_at(run, &look, run->reference, run->reference_states, 1);
	}
	vec_free(&look.typedefs);
	return err;
}

static void start_report(const struct run *run, struct report *report)
{
	AUTO_FREE char *title =
		xasprintf("%s: %zu %s of %s on %zu %s", run->options->dependencies, run->dependencies.items.count,
			  run->dependencies.items.count == 1 ? "dependency" : "dependencies", run->dependencies.what,
			  run->image_count, run->image_count == 1 ? "image" : "images");

	report_init(report, "check", title);
	report->matrix = true;
	for (size_t i = 0; i < run->image_count; i++)
		vec_add(&report->columns, arena_strdup(&report->arena, run->images[i]->name));
	for (size_t i = 0; i < run->dependencies.notes.count; i++)
		vec_add(&report->notes, arena_strdup(&report->arena, run->dependencies.notes.items[i]));
	if (run->other_arch)
		vec_add(&report->notes, arena_printf(&report->arena, "%zu images of other architectures were left out",
						     run->other_arch));
}

/* A function no image has may be a word misspelt. */
static bool is_nowhere(const struct run *run, size_t dependency)
{
	const struct dependency *of = &run->dependencies.items.items[dependency];

	if (of->optional || of->kind > DEP_FMOD_RET || strpbrk(of->subject, "*?[.+"))
		return false;
	for (size_t i = 0; i < run->image_count; i++)
		if (run_state(run, dependency, i)->found == FOUND_YES || !run_state(run, dependency, i)->no_symbol)
			return false;
	return true;
}

/* Of a few: the first of a list that is for other kernels altogether say enough. */
static struct error *note_nearest(const struct run *run, struct report *report)
{
	size_t told = 0;

	for (size_t d = 0; d < run->dependencies.items.count && told < NEAREST_TOLD; d++) {
		AUTO_STR struct str text = {0};
		const char *const *names;
		size_t count;

		if (!is_nowhere(run, d))
			continue;
		TRY(store_nearest(run->store, &report->arena, run->dependencies.items.items[d].subject, NEAREST_NAMES,
				  &names, &count));
		for (size_t i = 0; i < count; i++)
			str_addf(&text, "%s%s", i ? ", " : "", names[i]);
		if (count)
			vec_add(&report->notes,
				arena_printf(&report->arena, "%s: no image has a function of this name; nearest: %s",
					     run->dependencies.items.items[d].subject, text.data));
		told++;
	}
	return NULL;
}

static struct error *run_all(struct run *run, struct report *report)
{
	TRY(dependencies_read(run->options->dependencies, &run->dependencies));
	TRY(choose_images(run));
	TRY(look_at_all(run));
	start_report(run, report);
	run_report(run, report);
	struct error *err = note_nearest(run, report);

	if (!err && run->options->write_baseline)
		err = baseline_write(run->options->write_baseline, run, report);

	if (err)
		report_fini(report);
	return err;
}

static struct error *with_baseline(struct run *run, struct report *report)
{
	struct baseline baseline;

	if (!run->options->baseline_file)
		return run_all(run, report);
	TRY(baseline_read(run->options->baseline_file, &baseline));
	run->baseline = &baseline;
	struct error *err = run_all(run, report);

	baseline_fini(&baseline);
	return err;
}

struct error *check_run(struct store *store, const struct check_options *options, struct report *report)
{
	struct run run = {.store = store, .options = options};

	arena_init(&run.arena);
	struct error *err = with_baseline(&run, report);

	dependencies_fini(&run.dependencies);
	arena_fini(&run.arena);
	return err;
}
