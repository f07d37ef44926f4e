/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Errors are values.  A function that can fail returns `struct error *`: NULL
 * is success, anything else is owned by the caller, who passes it on with
 * TRY(), adds context with error_prefix(), or ends it with error_free().
 * Results come back through the last parameter and are written only on success.
 *
 * Bad input is an error.  Absence is not.  A bug is an assert, and nothing is
 * ever asserted about the content of a file.
 */
#ifndef ATLAS_ERROR_H
#define ATLAS_ERROR_H

#include <stddef.h>

enum error_kind {
	ERROR_INPUT, /* a file says something it must not */
	ERROR_IO,    /* the system refused: open, read, write, memory */
	ERROR_USAGE, /* the command line is wrong */
	ERROR_STORE, /* the atlas file cannot be used */
};

struct error {
	enum error_kind kind;
	char *text; /* one line, no newline at its end; owned */
};

#define MUST_CHECK	       __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))

struct error *error_new(enum error_kind kind, const char *fmt, ...) MUST_CHECK PRINTF_LIKE(2, 3);

/* `fmt: strerror(errno)`, with errno as it is at the call. */
struct error *error_errno(const char *fmt, ...) MUST_CHECK PRINTF_LIKE(1, 2);

/* Puts "PREFIX: " before the text.  Takes and returns ownership; NULL stays NULL. */
struct error *error_prefix(struct error *err, const char *fmt, ...) MUST_CHECK PRINTF_LIKE(2, 3);

void error_free(struct error *err);

/* Prints "atlasgen: TEXT" as one line on standard error, control bytes made visible, and frees. */
void error_report(struct error *err);

/* The exit status of the conventions: 1 for an error, 3 (error and usage) for a usage error. */
int error_exit_status(const struct error *err);

#define TRY(expr)                                \
	do {                                     \
		struct error *try_err_ = (expr); \
		if (try_err_)                    \
			return try_err_;         \
	} while (0)

#endif
