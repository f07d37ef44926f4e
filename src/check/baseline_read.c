// SPDX-License-Identifier: GPL-2.0-or-later
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "atlas/str.h"
#include "check/baseline.h"

struct reading {
	const char *path;
	struct baseline *baseline;
	size_t line;
};

static struct error *bad(const struct reading *reading, const char *what)
{
	return error_new(ERROR_INPUT, "%s:%zu: the baseline is damaged: %s; write it anew with --write-baseline",
			 reading->path, reading->line, what);
}

/* A text of the object, copied; NULL if there is none. */
static const char *text_of(const struct reading *reading, const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? arena_strdup(&reading->baseline->arena, text) : NULL;
}

static struct error *read_header(const struct reading *reading, const json_t *object)
{
	const json_t *format = json_object_get(object, "atlasgen-baseline");

	if (!json_is_integer(format))
		return error_new(ERROR_INPUT, "%s:1: no baseline of `atlasgen check --write-baseline`", reading->path);
	if (json_integer_value(format) != BASELINE_FORMAT)
		return error_new(ERROR_INPUT,
				 "%s:1: a baseline of format %lld, this program reads %d; write it anew with "
				 "--write-baseline",
				 reading->path, (long long)json_integer_value(format), BASELINE_FORMAT);
	return NULL;
}

static struct error *read_image(const struct reading *reading, const json_t *object)
{
	struct baseline_image image = {text_of(reading, object, "image"), text_of(reading, object, "arch")};

	if (!image.name || !image.arch)
		return bad(reading, "an image needs a name and an architecture");
	vec_add(&reading->baseline->images, image);
	return NULL;
}

static struct error *read_finding(const struct reading *reading, const json_t *object)
{
	struct baseline_finding finding = {
		.kind = text_of(reading, object, "kind"),
		.subject = text_of(reading, object, "subject"),
		.rule = text_of(reading, object, "known"),
		.image = text_of(reading, object, "on"),
		.message = text_of(reading, object, "message"),
	};

	if (!finding.kind || !finding.subject || !finding.rule || !finding.image || !finding.message)
		return bad(reading, "a known finding needs rule, kind, subject, image and message");
	vec_add(&reading->baseline->findings, finding);
	return NULL;
}

static struct error *read_images_of(const struct reading *reading, const json_t *object, struct baseline_row *row)
{
	const json_t *images = json_object_get(object, "images");
	size_t count = json_array_size(images);

	row->images = arena_zalloc(&reading->baseline->arena, (count + 1) * sizeof(*row->images));
	for (size_t i = 0; i < count; i++) {
		const char *name = json_string_value(json_array_get(images, i));

		if (!name)
			return bad(reading, "an image's name is no text");
		row->images[i] = arena_strdup(&reading->baseline->arena, name);
	}
	return count ? NULL : bad(reading, "a dependency without images");
}

/* As write_value() of baseline_write.c leaves them. */
static const char *read_value(const struct reading *reading, const json_t *object, enum state_value value)
{
	const char *text = text_of(reading, object, state_value_text(value));
	enum state_value spelled = state_value_spelled(value);

	if (spelled == value)
		return text;
	if (!text)
		return text_of(reading, object, state_value_text(spelled));
	return *text ? text : NULL;
}

static struct error *read_row(const struct reading *reading, const json_t *object)
{
	struct baseline_row row = {.kind = text_of(reading, object, "kind"),
				   .subject = text_of(reading, object, "subject")};
	const char *found = json_string_value(json_object_get(object, "found"));

	if (!row.kind || !row.subject || !found)
		return bad(reading, "a dependency needs kind, subject and whether it was found");
	row.state.found = str_eq(found, "yes") ? FOUND_YES : FOUND_NO;
	for (int i = 0; i < STATE_VALUE_COUNT; i++)
		row.state.values[i] = read_value(reading, object, (enum state_value)i);
	TRY(read_images_of(reading, object, &row));
	vec_add(&reading->baseline->rows, row);
	return NULL;
}

static struct error *read_object(const struct reading *reading, const json_t *object)
{
	if (reading->line == 1)
		return read_header(reading, object);
	if (json_object_get(object, "image"))
		return read_image(reading, object);
	return json_object_get(object, "known") ? read_finding(reading, object) : read_row(reading, object);
}

static struct error *read_line(const struct reading *reading, const char *text, size_t length)
{
	json_error_t problem;
	json_t *object = json_loadb(text, length, JSON_REJECT_DUPLICATES, &problem);

	if (!object)
		return reading->line == 1 ? read_header(reading, NULL) : bad(reading, problem.text);
	struct error *err = json_is_object(object) ? read_object(reading, object) : bad(reading, "a line is no object");

	json_decref(object);
	return err;
}

static int row_order(const void *left, const void *right)
{
	const struct baseline_row *a = left, *b = right;
	int order = strcmp(a->kind, b->kind);

	return order ? order : strcmp(a->subject, b->subject);
}

static int finding_order(const void *left, const void *right)
{
	const struct baseline_finding *a = left, *b = right;
	int order = strcmp(a->kind, b->kind);

	return order ? order : strcmp(a->subject, b->subject);
}

static void sort(struct baseline *baseline)
{
	if (baseline->rows.count)
		qsort(baseline->rows.items, baseline->rows.count, sizeof(*baseline->rows.items), row_order);
	if (baseline->findings.count)
		qsort(baseline->findings.items, baseline->findings.count, sizeof(*baseline->findings.items),
		      finding_order);
}

static struct error *read_lines(FILE *file, struct reading *reading)
{
	struct error *err = NULL;
	char *line = NULL;
	size_t room = 0;
	ssize_t length;

	while (!err && (length = getline(&line, &room, file)) > 0) {
		reading->line++;
		err = read_line(reading, line, (size_t)length);
	}
	free(line);
	if (!err && ferror(file))
		err = error_errno("%s", reading->path);
	if (!err && !reading->line)
		err = error_new(ERROR_INPUT, "%s: the baseline is empty; write it anew with --write-baseline",
				reading->path);
	return err;
}

struct error *baseline_read(const char *path, struct baseline *baseline)
{
	struct reading reading = {path, baseline, 0};
	FILE *file = fopen(path, "re");

	if (!file)
		return error_errno("%s", path);
	*baseline = (struct baseline){0};
	arena_init(&baseline->arena);
	struct error *err = read_lines(file, &reading);

	fclose(file);
	if (err)
		baseline_fini(baseline);
	else
		sort(baseline);
	return err;
}

void baseline_fini(struct baseline *baseline)
{
	vec_free(&baseline->images);
	vec_free(&baseline->rows);
	vec_free(&baseline->findings);
	arena_fini(&baseline->arena);
}
