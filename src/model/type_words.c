// SPDX-License-Identifier: GPL-2.0-or-later
/* Types as C text: what they name, and how they are written. */
#include <ctype.h>
#include <string.h>

#include "model/type_graph.h"

const char *type_kind_text(enum type_kind kind)
{
#define KIND_TEXT(id, text) [id] = (text),
	static const char *const texts[] = {TYPE_KINDS(KIND_TEXT)};
#undef KIND_TEXT

	return kind < TYPE_KIND_COUNT ? texts[kind] : "?";
}

const char *type_title(struct arena *arena, const struct type *type)
{
	return type->kind == TYPE_TYPEDEF ? type->name
					  : arena_printf(arena, "%s %s", type_kind_text(type->kind), type->name);
}

const char *type_member_text(struct arena *arena, const struct type_member *member)
{
	const char *name = member->name ? member->name : "", *type = member->type;
	const char *split = strstr(type, "(*)"), *bracket = strrchr(type, '[');
	const char *text;

	if (split)
		text = arena_printf(arena, "%.*s(*%s)%s", (int)(split - type), type, name, split + 3);
	else if (bracket && type[strlen(type) - 1] == ']')
		text = arena_printf(arena, "%.*s%s%s%s", (int)(bracket - type), type, *name ? " " : "", name, bracket);
	else
		text = arena_printf(arena, "%s%s%s", type, *name && type[strlen(type) - 1] != '*' ? " " : "", name);
	return member->bit_size ? arena_printf(arena, "%s:%u", text, member->bit_size) : text;
}

static bool begins_word(char c)
{
	return isalpha((unsigned char)c) || c == '_';
}

static size_t word_length(const char *text)
{
	size_t length = 0;

	while (isalnum((unsigned char)text[length]) || text[length] == '_')
		length++;
	return length;
}

static bool is_word(const char *text, size_t length, const char *word)
{
	return strlen(word) == length && memcmp(text, word, length) == 0;
}

static bool is_tag(const char *text, size_t length, enum type_kind *kind)
{
	if (is_word(text, length, "struct"))
		*kind = TYPE_STRUCT;
	else if (is_word(text, length, "union"))
		*kind = TYPE_UNION;
	else if (is_word(text, length, "enum"))
		*kind = TYPE_ENUM;
	else
		return false;
	return true;
}

void type_names_in(const char *text, void (*each)(void *context, const struct type_name *name), void *context)
{
	enum type_kind kind = TYPE_TYPEDEF;

	for (const char *at = text; *at;) {
		size_t length = begins_word(*at) ? word_length(at) : 0;

		if (strncmp(at, "(anon)", 6) == 0) {
			at += 6;
			kind = TYPE_TYPEDEF;
		} else if (length == 0) {
			/* A number and what hangs on it is no name. */
			at += isdigit((unsigned char)*at) ? word_length(at) : 1;
		} else if (is_tag(at, length, &kind)) {
			at += length;
		} else {
			each(context, &(struct type_name){at, length, kind});
			kind = TYPE_TYPEDEF;
			at += length;
		}
	}
}

bool type_is_pointer(const char *text)
{
	return strpbrk(text, "*") != NULL || strchr(text, '(') != strstr(text, "(anon)");
}

const char *type_of_param(struct arena *arena, const struct param *param)
{
	const char *decl = param->decl, *found = NULL;
	size_t length = param->name ? strlen(param->name) : 0;

	if (!length || strcmp(param->name, "(anon)") == 0)
		return decl;
	for (const char *at = decl; *at;) {
		size_t word = begins_word(*at) ? word_length(at) : 0;

		if (word == length && memcmp(at, param->name, length) == 0) {
			/* The name of a function pointer stands in front, that of all else last. */
			found = at;
			if (at - decl >= 2 && at[-1] == '*' && at[-2] == '(')
				break;
		}
		at += word ? word : 1;
	}
	if (!found)
		return decl;
	while (found > decl && found[-1] == ' ' && found[length] == '\0')
		found--, length++;
	return arena_printf(arena, "%.*s%s", (int)(found - decl), decl, found + length);
}
