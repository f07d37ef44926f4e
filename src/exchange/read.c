// SPDX-License-Identifier: GPL-2.0-or-later
/* A stream, line by line. */
#include <string.h>

#include "lines.h"
#include "reader.h"
#include "value.h"

struct stream {
	const struct exchange_overrides *overrides;
	struct reader reader;
	struct lines lines;
	const char *name;
	struct intern unknown_kinds;
	bool has_header;
};

static bool is_blank(const char *line, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!strchr(" \t\r", line[i]) || !line[i])
			return false;
	return true;
}

/* What people hand over by mistake. */
static const char *hint(const char *line, size_t length)
{
	if (length >= 5 && memcmp(line,
				  "\xfd"
				  "7zXZ",
				  5) == 0)
		return "; this is xz data: `xz -dc FILE | atlasgen import -`";
	if (length >= 2 && memcmp(line, "\x1f\x8b", 2) == 0)
		return "; this is gzip data: `gzip -dc FILE | atlasgen import -`";
	if (length >= 4 && memcmp(line,
				  "\x7f"
				  "ELF",
				  4) == 0)
		return "; this is an ELF file: `atlasgen scan FILE`";
	return "";
}

static struct error *parse(const char *text, size_t length, json_t **ret)
{
	json_error_t json_error;
	const char *nul = memchr(text, '\0', length);

	/* The parser would take it for the end. */
	if (nul)
		return error_new(ERROR_INPUT, "not JSON: a NUL byte (byte %zu)%s", (size_t)(nul - text) + 1,
				 hint(text, length));
	json_t *value = json_loadb(text, length, JSON_REJECT_DUPLICATES, &json_error);

	if (!value)
		return error_new(ERROR_INPUT, "not JSON: %s (byte %d)%s", json_error.text, json_error.position,
				 hint(text, length));
	if (!json_is_object(value)) {
		struct error *err = error_new(ERROR_INPUT, "a line must be an object, not %s", value_type_text(value));

		json_decref(value);
		return err;
	}
	*ret = value;
	return NULL;
}

static void warn_once(struct stream *stream, const char *kind)
{
	if (intern_find(&stream->unknown_kinds, kind))
		return;
	intern(&stream->unknown_kinds, kind);
	str_addf(stream->reader.warnings, "%s:%zu: lines of kind \"%.80s\" are not known and skipped\n", stream->name,
		 stream->lines.number, kind);
}

static struct error *read_line(struct stream *stream, const json_t *line)
{
	const char *kind;

	if (!stream->has_header) {
		stream->has_header = true;
		TRY(read_image(line, stream->overrides, &stream->reader.facts->image));
		return read_searched(&stream->reader, line);
	}
	TRY(value_name(line, "kind", &kind));
	if (str_eq(kind, "image"))
		return error_new(ERROR_INPUT, "a second header; a stream holds one image");
	if (str_eq(kind, "function"))
		return read_function(&stream->reader, line);
	if (str_eq(kind, "object"))
		return read_files(&stream->reader, line);
	if (str_eq(kind, "types"))
		return read_types_known(&stream->reader, line);
	if (str_eq(kind, "type"))
		return read_type(&stream->reader, line);
	warn_once(stream, kind);
	return NULL;
}

static struct error *read_text(struct stream *stream, const char *text, size_t length)
{
	json_t *line = NULL;

	if (is_blank(text, length))
		return NULL;
	TRY(parse(text, length, &line));
	struct error *err = read_line(stream, line);

	json_decref(line);
	return err;
}

static struct error *read_lines(struct stream *stream)
{
	const char *text = NULL;
	size_t length = 0;

	for (;;) {
		TRY(lines_next(&stream->lines, &text, &length));
		if (!text)
			return NULL;
		TRY(read_text(stream, text, length));
	}
}

static struct error *read_stream(struct stream *stream)
{
	struct error *err = read_lines(stream);

	if (err)
		return error_prefix(err, "%s:%zu", stream->name, stream->lines.number);
	if (!stream->has_header)
		return error_new(ERROR_INPUT, "%s: no header: the stream is empty", stream->name);
	reader_resolve(&stream->reader);
	facts_split(stream->reader.facts);
	reader_resolve_taken(&stream->reader);
	return error_prefix(facts_check(stream->reader.facts), "%s", stream->name);
}

struct error *exchange_read(FILE *in, const char *name, const struct exchange_overrides *overrides, struct facts *facts,
			    struct str *warnings)
{
	struct stream stream = {.overrides = overrides, .name = name};

	reader_init(&stream.reader, facts, warnings);
	lines_init(&stream.lines, in);
	intern_init(&stream.unknown_kinds);
	struct error *err = read_stream(&stream);

	intern_fini(&stream.unknown_kinds);
	lines_fini(&stream.lines);
	reader_fini(&stream.reader);
	return err;
}
