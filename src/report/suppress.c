// SPDX-License-Identifier: GPL-2.0-or-later
/* The INI file of suppressions.  Sections repeat, which the INI libraries of Debian merge: hence a reader of our own.
 */
#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <time.h>

#include "atlas/report.h"
#include "atlas/str.h"

#define SECONDS_A_DAY 86400

struct suppression {
	unsigned line;
	struct globs names, changes, images;
	const char *reason;
	int64_t last_day; /* INT64_MAX: never expires */
	bool used;
};

struct reader {
	struct suppressions *to;
	unsigned line;
	int64_t today;
	struct suppression *current;
};

static struct error *bad(const struct reader *reader, const char *what)
{
	return error_new(ERROR_INPUT, "%s:%u: %s", reader->to->path, reader->line, what);
}

static char *trim(char *text)
{
	text += strspn(text, " \t");
	size_t length = strlen(text);

	while (length && isspace((unsigned char)text[length - 1]))
		text[--length] = '\0';
	return text;
}

/* " ;" and " #" begin a comment, as a whole line or behind a value. */
static void cut_comment(char *line)
{
	for (char *p = line; *p; p++) {
		if ((*p == ';' || *p == '#') && (p == line || isspace((unsigned char)p[-1]))) {
			*p = '\0';
			return;
		}
	}
}

static void add_globs(struct reader *reader, struct globs *globs, const char *value)
{
	struct arena *arena = &reader->to->arena;
	char *copy = arena_strdup(arena, value);
	const char **items = arena_alloc(arena, (globs->count + strlen(value) + 1) * sizeof(*items));

	if (globs->count)
		memcpy(items, globs->items, globs->count * sizeof(*items));
	for (char *item = strsep(&copy, " ,\t"); item; item = strsep(&copy, " ,\t"))
		if (*item)
			items[globs->count++] = item;
	globs->items = items;
}

/* YYYY-MM-DD as days since 1970-01-01. */
static struct error *read_day(const struct reader *reader, const char *text, int64_t *day)
{
	struct tm tm = {0}, again;
	const char *end = strptime(text, "%Y-%m-%d", &tm);

	if (!end || *end)
		return bad(reader, "expires: a day such as 2027-01-31 is needed");
	again = tm;
	time_t seconds = timegm(&again);

	if (again.tm_mday != tm.tm_mday || again.tm_mon != tm.tm_mon)
		return bad(reader, "expires: there is no such day");
	*day = seconds / SECONDS_A_DAY;
	return NULL;
}

static struct error *read_expires(struct reader *reader, const char *value)
{
	TRY(read_day(reader, value, &reader->current->last_day));
	if (reader->current->last_day < reader->today)
		return error_new(ERROR_INPUT,
				 "%s:%u: this suppression expired after %s: remove it, or give it a new day",
				 reader->to->path, reader->line, value);
	return NULL;
}

static struct error *read_pair(struct reader *reader, const char *key, const char *value)
{
	struct suppression *current = reader->current;

	if (!current)
		return bad(reader, "a [suppress] line must come first");
	if (!*value)
		return bad(reader, "the value is missing");
	if (strcmp(key, "name") == 0)
		add_globs(reader, &current->names, value);
	else if (strcmp(key, "change") == 0)
		add_globs(reader, &current->changes, value);
	else if (strcmp(key, "image") == 0)
		add_globs(reader, &current->images, value);
	else if (strcmp(key, "reason") == 0)
		current->reason = arena_strdup(&reader->to->arena, value);
	else if (strcmp(key, "expires") == 0)
		return read_expires(reader, value);
	else
		return error_new(ERROR_INPUT, "%s:%u: %s: not one of name, change, image, reason, expires",
				 reader->to->path, reader->line, key);
	return NULL;
}

static struct error *end_section(struct reader *reader)
{
	const struct suppression *current = reader->current;

	if (!current || (current->reason && current->names.count))
		return NULL;
	return error_new(ERROR_INPUT, "%s:%u: this suppression has no %s", reader->to->path, current->line,
			 current->reason ? "name" : "reason");
}

static struct error *read_line(struct reader *reader, char *line)
{
	cut_comment(line);
	line = trim(line);
	if (!*line)
		return NULL;
	if (*line == '[') {
		if (strcmp(line, "[suppress]") != 0)
			return bad(reader, "the only section there is, is [suppress]");
		TRY(end_section(reader));
		reader->current = arena_zalloc(&reader->to->arena, sizeof(*reader->current));
		reader->current->line = reader->line;
		reader->current->last_day = INT64_MAX;
		vec_add(&reader->to->items, reader->current);
		return NULL;
	}
	char *equals = strchr(line, '=');

	if (!equals)
		return bad(reader, "neither [suppress] nor KEY = VALUE");
	*equals = '\0';
	return read_pair(reader, trim(line), trim(equals + 1));
}

static struct error *read_lines(struct reader *reader, FILE *file)
{
	AUTO_FREE char *line = NULL;
	size_t room = 0;
	ssize_t length;

	errno = 0;
	while ((length = getline(&line, &room, file)) >= 0) {
		reader->line++;
		if (memchr(line, '\0', (size_t)length))
			return bad(reader, "a zero byte: this is no text file");
		TRY(read_line(reader, line));
	}
	if (ferror(file))
		return error_errno("%s", reader->to->path);
	return end_section(reader);
}

struct error *suppressions_read(const char *path, int64_t today, struct suppressions *suppressions)
{
	struct reader reader = {.to = suppressions, .today = today};
	FILE *file = fopen(path, "r");

	if (!file)
		return error_errno("%s", path);
	memset(suppressions, 0, sizeof(*suppressions));
	arena_init(&suppressions->arena);
	suppressions->path = arena_strdup(&suppressions->arena, path);
	struct error *err = read_lines(&reader, file);

	fclose(file);
	if (err)
		suppressions_fini(suppressions);
	return err;
}

void suppressions_fini(struct suppressions *suppressions)
{
	vec_free(&suppressions->items);
	arena_fini(&suppressions->arena);
}

static bool matches(const struct suppression *suppression, const struct result *result)
{
	const char *rule = result->rule ? result->rule->id : "unknown";

	return globs_match(&suppression->names, result->subject) && globs_match(&suppression->changes, rule) &&
	       (suppression->images.count == 0 || (result->image && globs_match(&suppression->images, result->image)));
}

void suppressions_apply(struct suppressions *suppressions, struct report *report)
{
	for (size_t i = 0; i < report->results.count; i++) {
		struct result *result = &report->results.items[i];

		for (size_t s = 0; result->outcome != OUTCOME_HOLDS && s < suppressions->items.count; s++) {
			struct suppression *suppression = suppressions->items.items[s];

			if (!matches(suppression, result))
				continue;
			suppression->used = true;
			if (!result->suppressed)
				result->suppressed = arena_strdup(&report->arena, suppression->reason);
		}
	}
}

struct error *suppressions_unused(const struct suppressions *suppressions)
{
	AUTO_STR struct str lines = {0};
	size_t count = 0;

	for (size_t i = 0; i < suppressions->items.count; i++) {
		const struct suppression *suppression = suppressions->items.items[i];

		if (!suppression->used)
			str_addf(&lines, "%s%u", count++ ? ", " : "", suppression->line);
	}
	if (!count)
		return NULL;
	return error_new(ERROR_INPUT, "%s: %s of line%s %s matched nothing: remove %s", suppressions->path,
			 count == 1 ? "the suppression" : "the suppressions", count == 1 ? "" : "s", lines.data,
			 count == 1 ? "it" : "them");
}

int64_t suppressions_today(void)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");

	return (epoch && *epoch ? strtoll(epoch, NULL, 10) : (long long)time(NULL)) / SECONDS_A_DAY;
}
