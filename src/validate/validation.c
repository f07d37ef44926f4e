// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/validation.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "atlas/json_writer.h"

#define FORMAT_VERSION 1

static const char *const group_keys[] = {
#define ENUM_KEY(id, key, text) [id] = (key),
	CHECK_GROUPS(ENUM_KEY)
#undef ENUM_KEY
};

static const char *const group_texts[] = {
#define ENUM_TEXT(id, key, text) [id] = (text),
	CHECK_GROUPS(ENUM_TEXT)
#undef ENUM_TEXT
};

static const char *const result_keys[] = {"passed", "failed", "not_checked"};
static const char *const result_texts[] = {"passed", "FAILED", "not checked"};

void validation_init(struct validation *validation)
{
	*validation = (struct validation){0};
	arena_init(&validation->arena);
}

void validation_fini(struct validation *validation)
{
	vec_free(&validation->checks);
	arena_fini(&validation->arena);
}

void validation_add(struct validation *validation, enum check_group group, enum check_result result,
		    const char *subject, const char *fmt, ...)
{
	struct check check = {group, result, arena_strdup(&validation->arena, subject), NULL};
	va_list args;

	if (*fmt) {
		va_start(args, fmt);
		const char *text = arena_vprintf(&validation->arena, fmt, args);

		va_end(args);
		check.text = *text ? text : NULL;
	}
	vec_add(&validation->checks, check);
	validation->counts[group][result]++;
}

size_t validation_count(const struct validation *validation, enum check_result result)
{
	size_t count = 0;

	for (int group = 0; group < CHECK_GROUP_COUNT; group++)
		count += validation->counts[group][result];
	return count;
}

static bool has_group(const struct validation *validation, int group)
{
	const size_t *counts = validation->counts[group];

	return counts[CHECK_PASSED] || counts[CHECK_FAILED] || counts[CHECK_UNCHECKED];
}

static void print_text(const struct validation *validation, bool all, FILE *out)
{
	fprintf(out, "%s against %s\n", validation->image, validation->against);
	for (int group = 0; group < CHECK_GROUP_COUNT; group++) {
		const size_t *counts = validation->counts[group];

		if (!has_group(validation, group))
			continue;
		fprintf(out, "  %-10s %6zu passed %5zu failed %5zu not checked   %s\n", group_keys[group],
			counts[CHECK_PASSED], counts[CHECK_FAILED], counts[CHECK_UNCHECKED], group_texts[group]);
	}
	for (size_t i = 0; i < validation->checks.count; i++) {
		const struct check *check = &validation->checks.items[i];

		if (all || check->result != CHECK_PASSED)
			fprintf(out, "%s: %s %s%s%s\n", result_texts[check->result], group_keys[check->group],
				check->subject, check->text ? ": " : "", check->text ? check->text : "");
	}
	fprintf(out, "%zu checks passed, %zu failed, %zu not checked\n", validation_count(validation, CHECK_PASSED),
		validation_count(validation, CHECK_FAILED), validation_count(validation, CHECK_UNCHECKED));
}

/* What would end a cell or begin markup in it. */
static void print_cell(const char *text, FILE *out)
{
	for (; text && *text; text++) {
		if (strchr("|\\`*_<>[]", *text))
			fputc('\\', out);
		fputc(*text == '\n' ? ' ' : *text, out);
	}
}

static void print_markdown(const struct validation *validation, bool all, FILE *out)
{
	fputs("# ", out);
	print_cell(validation->image, out);
	fputs(" against ", out);
	print_cell(validation->against, out);
	fputs("\n\n| check | passed | failed | not checked |\n| --- | ---: | ---: | ---: |\n", out);
	for (int group = 0; group < CHECK_GROUP_COUNT; group++) {
		const size_t *counts = validation->counts[group];

		if (has_group(validation, group))
			fprintf(out, "| %s | %zu | %zu | %zu |\n", group_texts[group], counts[CHECK_PASSED],
				counts[CHECK_FAILED], counts[CHECK_UNCHECKED]);
	}
	fprintf(out, "| all | %zu | %zu | %zu |\n\n| result | check | subject | |\n| --- | --- | --- | --- |\n",
		validation_count(validation, CHECK_PASSED), validation_count(validation, CHECK_FAILED),
		validation_count(validation, CHECK_UNCHECKED));
	for (size_t i = 0; i < validation->checks.count; i++) {
		const struct check *check = &validation->checks.items[i];

		if (!all && check->result == CHECK_PASSED)
			continue;
		fprintf(out, "| %s | %s | ", result_texts[check->result], group_keys[check->group]);
		print_cell(check->subject, out);
		fputs(" | ", out);
		print_cell(check->text, out);
		fputs(" |\n", out);
	}
}

static void json_counts(struct json_writer *json, const size_t *counts)
{
	jw_begin_object(json);
	for (int result = 0; result < CHECK_RESULT_COUNT; result++) {
		jw_key(json, result_keys[result]);
		jw_u64(json, counts[result]);
	}
	jw_end_object(json);
}

static void json_check(struct json_writer *json, const struct check *check)
{
	jw_begin_object(json);
	jw_put_text(json, "check", group_keys[check->group]);
	jw_put_text(json, "result", result_keys[check->result]);
	jw_put_text(json, "subject", check->subject);
	if (check->text)
		jw_put_text(json, "text", check->text);
	jw_end_object(json);
}

static struct error *print_json(const struct validation *validation, FILE *out)
{
	struct json_writer json;
	size_t sums[CHECK_RESULT_COUNT];

	for (int result = 0; result < CHECK_RESULT_COUNT; result++)
		sums[result] = validation_count(validation, (enum check_result)result);
	jw_to_file(&json, out);
	jw_begin_object(&json);
	jw_put_text(&json, "format", "atlas-validation");
	jw_put_u64(&json, "format_version", FORMAT_VERSION);
	jw_put_text(&json, "image", validation->image);
	jw_put_text(&json, "against", validation->against);
	jw_key(&json, "counts"), json_counts(&json, sums);
	jw_key(&json, "by_check");
	jw_begin_object(&json);
	for (int group = 0; group < CHECK_GROUP_COUNT; group++) {
		if (!has_group(validation, group))
			continue;
		jw_key(&json, group_keys[group]);
		json_counts(&json, validation->counts[group]);
	}
	jw_end_object(&json);
	jw_key(&json, "checks");
	jw_begin_array(&json);
	for (size_t i = 0; i < validation->checks.count; i++)
		json_check(&json, &validation->checks.items[i]);
	jw_end_array(&json);
	jw_end_object(&json);
	jw_newline(&json);
	return jw_finish(&json);
}

struct error *validation_print(const struct validation *validation, enum validation_format format, bool all, FILE *out)
{
	switch (format) {
	case VALIDATION_JSON:
		return print_json(validation, out);
	case VALIDATION_MARKDOWN:
		print_markdown(validation, all, out);
		return NULL;
	case VALIDATION_TEXT:
		print_text(validation, all, out);
		return NULL;
	}
	return NULL;
}
