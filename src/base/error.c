// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "atlas/mem.h"
#include "atlas/str.h"

static struct error *error_make(enum error_kind kind, char *text)
{
	struct error *err = xmalloc(sizeof(*err));

	err->kind = kind;
	err->text = text;
	return err;
}

struct error *error_new(enum error_kind kind, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	char *text = xvasprintf(fmt, args);

	va_end(args);
	return error_make(kind, text);
}

struct error *error_errno(const char *fmt, ...)
{
	int saved = errno;
	va_list args;

	va_start(args, fmt);
	AUTO_FREE char *text = xvasprintf(fmt, args);

	va_end(args);
	return error_make(ERROR_IO, xasprintf("%s: %s", text, strerror(saved)));
}

struct error *error_prefix(struct error *err, const char *fmt, ...)
{
	va_list args;

	if (!err)
		return NULL;
	va_start(args, fmt);
	AUTO_FREE char *prefix = xvasprintf(fmt, args);

	va_end(args);
	char *text = xasprintf("%s: %s", prefix, err->text);

	free(err->text);
	err->text = text;
	return err;
}

void error_free(struct error *err)
{
	if (!err)
		return;
	free(err->text);
	free(err);
}

void error_report(struct error *err)
{
	AUTO_STR struct str line = {0};

	for (const char *p = err->text; *p; p++) {
		unsigned char c = (unsigned char)*p;

		if (c < 0x20 || c == 0x7f)
			str_addf(&line, "\\x%02x", c);
		else
			str_addc(&line, *p);
	}
	fprintf(stderr, "atlasgen: %s\n", line.data ? line.data : "");
	error_free(err);
}

int error_exit_status(const struct error *err)
{
	return err->kind == ERROR_USAGE ? 3 : 1;
}
