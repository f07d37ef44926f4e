// SPDX-License-Identifier: GPL-2.0-or-later
#include "check/signature.h"

#include <ctype.h>
#include <string.h>

#define ANONYMOUS "(anon)"

static bool ends_word(char c)
{
	return !isalnum((unsigned char)c) && c != '_';
}

/* A declaration without the name in it: "struct sock *sk" is "struct sock *". */
static void add_type(struct str *text, const struct param *param)
{
	size_t length = strlen(param->name);
	const char *found = NULL;

	if (str_eq(param->decl, "void " ANONYMOUS)) {
		str_add(text, "...");
		return;
	}
	for (const char *p = strstr(param->decl, param->name); p; p = strstr(p + 1, param->name))
		if (p > param->decl && ends_word(p[-1]) && ends_word(p[length]))
			found = p;
	if (!found) {
		str_add(text, param->decl);
		return;
	}
	size_t before = (size_t)(found - param->decl);

	if (before && found[-1] == ' ')
		before--;
	str_addn(text, param->decl, before);
	str_add(text, found + length);
}

void signature_types(const struct prototype *prototype, uint32_t skip, struct str *text)
{
	str_addc(text, '(');
	for (uint32_t i = skip; i < prototype->count; i++) {
		str_add(text, i > skip ? ", " : "");
		add_type(text, &prototype->params[i]);
	}
	str_addc(text, ')');
}

void signature_names(const struct prototype *prototype, uint32_t skip, struct str *text)
{
	str_add(text, "");
	for (uint32_t i = skip; i < prototype->count; i++)
		str_addf(text, "%s%s", i > skip ? ", " : "", prototype->params[i].name);
}
