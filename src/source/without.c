// SPDX-License-Identifier: GPL-2.0-or-later
/* Whether the parser is part of this build, and what stands for it where it is not. */
#include "source/syntax.h"

#ifdef ATLASGEN_TREE_SITTER

struct error *syntax_refusal(void)
{
	return NULL;
}

#else

struct error *syntax_refusal(void)
{
	return error_new(ERROR_USAGE,
			 "this atlasgen was built without the parser of C sources: install libtree-sitter-dev and "
			 "npm, then run cmake again");
}

struct syntax *syntax_new(void)
{
	return NULL;
}

void syntax_free(struct syntax *syntax)
{
	(void)syntax;
}

void syntax_head(struct syntax *syntax, const char *text, size_t length, size_t base, struct syntax_head *head)
{
	(void)syntax, (void)text, (void)length, (void)base;
	*head = (struct syntax_head){.name_at = SIZE_MAX};
}

void syntax_definition(struct gather *gather, const char *text, size_t length, size_t base, const char *what,
		       bool tables)
{
	(void)gather, (void)text, (void)length, (void)base, (void)what, (void)tables;
}

#endif
