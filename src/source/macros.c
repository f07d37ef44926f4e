// SPDX-License-Identifier: GPL-2.0-or-later
#include "source/macros.h"

#include <ctype.h>
#include <fnmatch.h>
#include <pthread.h>
#include <string.h>

#include "atlas/str.h"
#include "atlas/table.h"

struct row {
	const char *text;
	bool exact; /* no glob */
	struct macro macro;
};

/* Filled once, then only read. */
static struct table table;
static VEC(struct row) rows;

static enum macro_what what_of(const char *text)
{
	static const struct {
		const char *text;
		enum macro_what what;
	} whats[] = {
		{"export", MACRO_EXPORT},     {"initcall", MACRO_INITCALL}, {"syscall", MACRO_SYSCALL},
		{"function", MACRO_FUNCTION}, {"module", MACRO_MODULE},
	};

	for (size_t i = 0; i < ARRAY_LEN(whats); i++)
		if (str_eq(text, whats[i].text))
			return whats[i].what;
	return MACRO_NONE;
}

static void fill(void)
{
	table_load(&table, "source_macros", 4);
	for (size_t i = 0; i < table.rows.count; i++) {
		const char **fields = table.rows.items[i].fields;

		vec_add(&rows,
			((struct row){
				fields[0], !strpbrk(fields[0], "*?["), {what_of(fields[1]), fields[2], fields[3]}}));
	}
}

void macros_init(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, fill);
}

const struct macro *macro_find(const char *name, size_t length)
{
	static const struct macro unknown = {.what = MACRO_UNKNOWN};
	char text[128];

	if (length >= sizeof(text))
		return &unknown;
	memcpy(text, name, length);
	text[length] = '\0';
	for (size_t i = 0; i < rows.count; i++)
		if (rows.items[i].exact ? str_eq(rows.items[i].text, text) : fnmatch(rows.items[i].text, text, 0) == 0)
			return &rows.items[i].macro;
	return &unknown;
}

bool macro_ends_item(const char *name, size_t length)
{
	enum macro_what what = macro_find(name, length)->what;

	return what == MACRO_EXPORT || what == MACRO_INITCALL || what == MACRO_MODULE;
}

bool macro_like(const struct tokens *tokens, size_t word)
{
	const struct token *token = &tokens->list.items[word];
	const char *text = tokens->text + token->at;

	for (uint32_t i = 0; i < token->length; i++)
		if (islower((unsigned char)text[i]))
			return i >= 4 && isupper((unsigned char)text[0]) && isupper((unsigned char)text[1]);
	return true;
}
