// SPDX-License-Identifier: GPL-2.0-or-later
/* The header line: which image this is. */
#include <ctype.h>
#include <string.h>

#include "atlas/json_writer.h"
#include "reader.h"
#include "value.h"

#define FORMAT	       "atlas-facts"
#define FORMAT_VERSION 1

static struct error *check_format(const json_t *line)
{
	const char *kind = NULL, *format = NULL;
	uint64_t version = 0;

	TRY(value_text(line, "kind", &kind));
	if (!str_eq(kind, "image"))
		return error_new(ERROR_INPUT, "no header: the first line must be of kind \"image\"");
	TRY(value_name(line, "format", &format));
	if (!str_eq(format, FORMAT))
		return error_new(ERROR_INPUT, "format \"%s\" is not \"" FORMAT "\"", format);
	TRY(value_number(line, "format_version", INT64_MAX, &version));
	if (version != FORMAT_VERSION)
		return error_new(ERROR_INPUT, "format_version %llu is not known, only %d", (unsigned long long)version,
				 FORMAT_VERSION);
	return NULL;
}

/* Parts of an image's name end up in file names, globs and tables. */
static struct error *check_part(const char *key, const char *text)
{
	for (const char *p = text; *p; p++)
		if (!isgraph((unsigned char)*p) || strchr("/*?[]\\\"'", *p))
			return error_new(ERROR_INPUT, "\"%s\" must be of letters, digits and -.~+_:, not \"%.80s\"",
					 key, text);
	if (!*text)
		return error_new(ERROR_INPUT, "\"%s\" is empty", key);
	return NULL;
}

static struct error *read_part(const json_t *line, const char *key, const char *override, char **ret)
{
	const char *text = NULL;

	TRY(value_text(line, key, &text));
	if (override)
		text = override;
	if (!text)
		return NULL;
	TRY(check_part(key, text));
	*ret = xstrdup(text);
	return NULL;
}

static struct error *read_text(const json_t *line, const char *key, char **ret)
{
	const char *text = NULL;

	TRY(value_text(line, key, &text));
	if (text)
		*ret = xstrdup(text);
	return NULL;
}

static struct error *read_build_id(const json_t *line, char **ret)
{
	char *text = NULL;

	TRY(read_text(line, "build_id", &text));
	if (!text)
		return NULL;
	for (char *p = text; *p; p++)
		*p = (char)tolower((unsigned char)*p);
	*ret = text;
	if (!*text || strspn(text, "0123456789abcdef") != strlen(text))
		return error_new(ERROR_INPUT, "\"build_id\" must be hexadecimal digits, not \"%.80s\"", text);
	return NULL;
}

static char *scope_of_globs(const struct globs *globs)
{
	struct str text = {0};
	struct json_writer json;

	jw_to_str(&json, &text);
	jw_begin_array(&json);
	for (size_t i = 0; i < globs->count; i++)
		jw_string(&json, globs->items[i]);
	jw_end_array(&json);
	return str_take(&text);
}

static struct error *read_scope(const json_t *line, const struct globs *override, char **ret)
{
	struct globs globs = {0};
	const json_t *list = NULL;

	TRY(value_list(line, "scope", &list));
	AUTO_FREE const char **items = xcalloc(json_array_size(list), sizeof(*items));

	globs.items = items;
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);

		if (!json_is_string(item))
			return error_new(ERROR_INPUT, "\"scope\" must be a list of strings; it holds %s",
					 value_type_text(item));
		items[globs.count++] = json_string_value(item);
	}
	if (override->count)
		globs = *override;
	if (globs.count)
		*ret = scope_of_globs(&globs);
	return NULL;
}

static struct error *read_evidence(const json_t *line, enum evidence *ret)
{
	static const enum evidence all[] = {EVIDENCE_DWARF, EVIDENCE_SYMBOLS, EVIDENCE_IMPORTED};
	const char *text = NULL;

	*ret = EVIDENCE_IMPORTED;
	TRY(value_text(line, "evidence", &text));
	if (!text)
		return NULL;
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		if (str_eq(text, evidence_text(all[i]))) {
			*ret = all[i];
			return NULL;
		}
	}
	return error_new(ERROR_INPUT, "\"evidence\" must be dwarf, symbols or imported, not \"%.80s\"", text);
}

struct error *read_image(const json_t *line, const struct exchange_overrides *overrides, struct image_name *image)
{
	TRY(check_format(line));
	TRY(read_part(line, "version", overrides->version, &image->version));
	TRY(read_part(line, "revision", overrides->revision, &image->revision));
	TRY(read_part(line, "flavor", overrides->flavor, &image->flavor));
	TRY(read_part(line, "arch", overrides->arch, &image->arch));
	TRY(read_part(line, "label", overrides->label, &image->label));
	TRY(read_text(line, "release", &image->release));
	TRY(read_text(line, "banner", &image->banner));
	TRY(read_text(line, "producer", &image->producer));
	TRY(read_build_id(line, &image->build_id));
	TRY(read_scope(line, &overrides->scope, &image->scope));
	TRY(read_evidence(line, &image->evidence));
	if (!image->version || !image->flavor || !image->arch)
		return error_new(ERROR_INPUT, "the header has no \"%s\"",
				 !image->version  ? "version"
				 : !image->flavor ? "flavor"
						  : "arch");
	return NULL;
}
