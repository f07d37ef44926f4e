// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/json_writer.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

/* Large enough that a write costs nothing, small enough to stay in the cache. */
#define FLUSH_BYTES (64u << 10)

void jw_to_str(struct json_writer *json, struct str *text)
{
	*json = (struct json_writer){.to = text};
}

void jw_to_file(struct json_writer *json, FILE *file)
{
	*json = (struct json_writer){.file = file};
	json->to = &json->buffer;
}

/* A failed write sets the stream's error flag, which jw_finish() reports. */
static void flush_buffer(struct json_writer *json)
{
	if (fwrite(json->buffer.data, 1, json->buffer.length, json->file) != json->buffer.length && !json->write_errno)
		json->write_errno = errno;
	str_clear(&json->buffer);
}

struct error *jw_finish(struct json_writer *json)
{
	assert(json->depth == 0);
	if (!json->file)
		return NULL;
	if (json->buffer.length)
		flush_buffer(json);
	str_free(&json->buffer);
	errno = 0;
	if (fflush(json->file) != 0 || ferror(json->file)) {
		/* The first error tells more than what came after it. */
		errno = json->write_errno ? json->write_errno : errno;
		return errno ? error_errno("writing JSON") : error_new(ERROR_IO, "writing JSON failed");
	}
	return NULL;
}

/* What comes before a value: the comma after its elder sibling. */
static void begin_value(struct json_writer *json)
{
	uint64_t bit = UINT64_C(1) << json->depth;

	if (json->after_key)
		json->after_key = false;
	else if (json->depth > 0 && json->has_items & bit)
		str_addc(json->to, ',');
	json->has_items |= bit;
}

static void begin_container(struct json_writer *json, char bracket)
{
	assert(json->depth < JSON_MAX_DEPTH);
	begin_value(json);
	str_addc(json->to, bracket);
	json->depth++;
	json->has_items &= ~(UINT64_C(1) << json->depth);
}

static void end_container(struct json_writer *json, char bracket)
{
	assert(json->depth > 0 && !json->after_key);
	json->depth--;
	str_addc(json->to, bracket);
	if (json->file && json->buffer.length >= FLUSH_BYTES)
		flush_buffer(json);
}

void jw_begin_object(struct json_writer *json)
{
	begin_container(json, '{');
}

void jw_end_object(struct json_writer *json)
{
	end_container(json, '}');
}

void jw_begin_array(struct json_writer *json)
{
	begin_container(json, '[');
}

void jw_end_array(struct json_writer *json)
{
	end_container(json, ']');
}

/* Length of the well-formed UTF-8 sequence at `p`, 0 if there is none. */
static size_t utf8_length(const unsigned char *p, size_t room)
{
	size_t length = p[0] < 0x80 ? 1 : p[0] < 0xc2 ? 0 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : p[0] < 0xf5 ? 4 : 0;

	if (length == 0 || length > room)
		return 0;
	for (size_t i = 1; i < length; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	/* Overlong forms, surrogates, beyond U+10FFFF. */
	if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) || (p[0] == 0xf0 && p[1] < 0x90) ||
	    (p[0] == 0xf4 && p[1] > 0x8f))
		return 0;
	return length;
}

static void add_escape(struct str *to, unsigned char c)
{
	static const char letters[] = "btn\0fr";

	if (c == '"' || c == '\\') {
		str_addc(to, '\\');
		str_addc(to, (char)c);
	} else if (c >= '\b' && c <= '\r' && letters[c - '\b']) {
		str_addc(to, '\\');
		str_addc(to, letters[c - '\b']);
	} else {
		str_addf(to, "\\u%04x", c);
	}
}

static bool is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

static void add_quoted(struct str *to, const char *text, size_t length)
{
	const unsigned char *p = (const unsigned char *)text, *end = p + length;

	str_addc(to, '"');
	while (p < end) {
		const unsigned char *run = p;

		while (p < end && is_plain(*p))
			p++;
		str_addn(to, (const char *)run, (size_t)(p - run));
		if (p == end)
			break;
		size_t sequence = utf8_length(p, (size_t)(end - p));

		if (sequence > 1)
			str_addn(to, (const char *)p, sequence);
		else if (sequence == 1)
			add_escape(to, *p);
		else
			str_add(to, "\xef\xbf\xbd");
		p += sequence ? sequence : 1;
	}
	str_addc(to, '"');
}

void jw_key(struct json_writer *json, const char *key)
{
	assert(!json->after_key);
	begin_value(json);
	add_quoted(json->to, key, strlen(key));
	str_addc(json->to, ':');
	json->after_key = true;
}

void jw_string_n(struct json_writer *json, const char *text, size_t length)
{
	begin_value(json);
	add_quoted(json->to, text, length);
}

void jw_string(struct json_writer *json, const char *text)
{
	if (text)
		jw_string_n(json, text, strlen(text));
	else
		jw_null(json);
}

void jw_u64(struct json_writer *json, uint64_t value)
{
	begin_value(json);
	str_add_u64(json->to, value);
}

void jw_i64(struct json_writer *json, int64_t value)
{
	begin_value(json);
	if (value < 0)
		str_addc(json->to, '-');
	str_add_u64(json->to, value < 0 ? -(uint64_t)value : (uint64_t)value);
}

void jw_hex(struct json_writer *json, uint64_t value)
{
	begin_value(json);
	str_add(json->to, "\"0x");
	str_add_hex(json->to, value);
	str_addc(json->to, '"');
}

void jw_bool(struct json_writer *json, bool value)
{
	jw_raw(json, value ? "true" : "false");
}

void jw_null(struct json_writer *json)
{
	jw_raw(json, "null");
}

void jw_raw(struct json_writer *json, const char *text)
{
	begin_value(json);
	str_add(json->to, text);
}

void jw_newline(struct json_writer *json)
{
	str_addc(json->to, '\n');
}

void jw_put_text(struct json_writer *json, const char *key, const char *text)
{
	jw_key(json, key);
	jw_string(json, text);
}

void jw_put_bool(struct json_writer *json, const char *key, bool value)
{
	jw_key(json, key);
	jw_bool(json, value);
}

void jw_put_u64(struct json_writer *json, const char *key, uint64_t value)
{
	jw_key(json, key);
	jw_u64(json, value);
}

void jw_put_hex(struct json_writer *json, const char *key, uint64_t value)
{
	jw_key(json, key);
	jw_hex(json, value);
}

void jw_put_known(struct json_writer *json, const char *key, const char *text)
{
	if (text)
		jw_put_text(json, key, text);
}

void jw_put_if(struct json_writer *json, const char *key, bool value)
{
	if (value)
		jw_put_bool(json, key, true);
}
