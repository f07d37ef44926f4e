/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text under construction, globs, and the few string helpers the C library lacks. */
#ifndef ATLAS_STR_H
#define ATLAS_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A growing byte string, always NUL-terminated once something was added. `{0}` is empty. */
struct str {
	char *data;
	size_t length;
	size_t room;
};

void str_add(struct str *s, const char *text);
void str_addn(struct str *s, const char *text, size_t length);
void str_addc(struct str *s, char c);
void str_addf(struct str *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Decimal and lower-case hexadecimal without printf's cost: pages are made of these. */
void str_add_u64(struct str *s, uint64_t value);
void str_add_hex(struct str *s, uint64_t value);
void str_clear(struct str *s); /* keeps the memory */
void str_free(struct str *s);
/* The text; the caller owns it and `s` is empty again.  Never NULL. */
char *str_take(struct str *s);

void cleanup_str(struct str *s);
#define AUTO_STR __attribute__((cleanup(cleanup_str)))

bool str_eq(const char *a, const char *b); /* NULL equals only NULL */
bool str_starts(const char *text, const char *prefix);
bool str_ends(const char *text, const char *suffix);

/* A list of shell globs.  Empty matches everything. */
struct globs {
	const char **items; /* borrowed from the command line */
	size_t count;
};

bool globs_match(const struct globs *globs, const char *name);

/* Levenshtein distance, or limit + 1 once it is known to be larger. */
unsigned str_distance(const char *a, const char *b, unsigned limit);

/* Kernel versions: "5.10" < "5.10.1" < "6.1~rc7" < "6.1"; "6.1-rc7" counts as "6.1~rc7". <0, 0, >0. */
int version_compare(const char *a, const char *b);

/* What makes the word behind a number: "3 sites", "1 site". */
static inline const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

#endif
