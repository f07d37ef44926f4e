// SPDX-License-Identifier: GPL-2.0-or-later
/* Where reports go. */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "writers.h"

static const struct {
	const char *name;
	void (*write)(const struct report *report, struct str *out);
} formats[REPORT_FORMAT_COUNT] = {
	[REPORT_TEXT] = {"text", report_text},	  [REPORT_MARKDOWN] = {"markdown", report_markdown},
	[REPORT_JSON] = {"json", report_json},	  [REPORT_SARIF] = {"sarif", report_sarif},
	[REPORT_JUNIT] = {"junit", report_junit}, [REPORT_GITHUB] = {"github", report_github},
};

struct error *report_write(const struct report *report, enum report_format format, FILE *file)
{
	AUTO_STR struct str text = {0};

	formats[format].write(report, &text);
	if (text.length && fwrite(text.data, 1, text.length, file) != text.length)
		return error_errno("writing the %s report", formats[format].name);
	return NULL;
}

static bool to_standard_output(const struct report_request *request)
{
	return !request->path || strcmp(request->path, "-") == 0;
}

struct error *report_request_add(struct report_requests *requests, const char *text)
{
	size_t length = strcspn(text, ":");
	struct report_request request = {REPORT_FORMAT_COUNT, NULL};

	for (int i = 0; i < REPORT_FORMAT_COUNT; i++)
		if (strlen(formats[i].name) == length && strncmp(formats[i].name, text, length) == 0)
			request.format = (enum report_format)i;
	if (request.format == REPORT_FORMAT_COUNT)
		return error_new(ERROR_USAGE,
				 "--report %s: the format is not one of text, markdown, json, sarif, junit, github",
				 text);
	if (text[length] == ':' && text[length + 1] == '\0')
		return error_new(ERROR_USAGE, "--report %s: a file's name is missing behind the colon", text);
	if (text[length] == ':')
		request.path = text + length + 1;
	for (size_t i = 0; i < requests->items.count; i++)
		if (to_standard_output(&requests->items.items[i]) && to_standard_output(&request))
			return error_new(ERROR_USAGE,
					 "--report %s: standard output has a report already; "
					 "name a file, as in --report %.*s:FILE",
					 text, (int)length, text);
	vec_add(&requests->items, request);
	return NULL;
}

void report_requests_fini(struct report_requests *requests)
{
	vec_free(&requests->items);
}

static struct error *fill(const struct report *report, enum report_format format, int descriptor, const char *path)
{
	FILE *file = fdopen(descriptor, "w");

	if (!file) {
		struct error *err = error_errno("%s", path);

		close(descriptor);
		return err;
	}
	struct error *err = report_write(report, format, file);

	if (fclose(file) != 0 && !err)
		err = error_errno("writing the report");
	return error_prefix(err, "%s", path);
}

/* A pipe or a terminal (/dev/stderr, a FIFO) is written as it is; a file is replaced once the new one is whole. */
static bool is_special(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

static struct error *write_special(const struct report *report, const struct report_request *request)
{
	FILE *file = fopen(request->path, "w");

	if (!file)
		return error_errno("%s", request->path);
	struct error *err = report_write(report, request->format, file);

	if (fclose(file) != 0 && !err)
		err = error_errno("writing the report");
	return error_prefix(err, "%s", request->path);
}

static struct error *write_file(const struct report *report, const struct report_request *request)
{
	if (is_special(request->path))
		return write_special(report, request);
	AUTO_FREE char *aside = xasprintf("%s.XXXXXX", request->path);
	int descriptor = mkstemp(aside);

	if (descriptor < 0)
		return error_errno("%s", request->path);
	mode_t mask = umask(0);

	umask(mask);
	struct error *err = NULL;

	if (fchmod(descriptor, 0666 & ~mask) != 0) {
		err = error_errno("%s", request->path);
		close(descriptor);
	} else {
		err = fill(report, request->format, descriptor, request->path);
	}
	if (!err && rename(aside, request->path) != 0)
		err = error_errno("%s", request->path);
	if (err)
		unlink(aside);
	return err;
}

struct error *report_write_all(const struct report *report, const struct report_requests *requests, bool quiet)
{
	enum report_format format = REPORT_TEXT;

	for (size_t i = 0; i < requests->items.count; i++) {
		const struct report_request *request = &requests->items.items[i];

		if (!to_standard_output(request)) {
			TRY(write_file(report, request));
			continue;
		}
		format = request->format;
		quiet = false;
	}
	return quiet ? NULL : report_write(report, format, stdout);
}
