// SPDX-License-Identifier: GPL-2.0-or-later
#include "diff/rules.h"

#include <string.h>

#include "atlas/classify.h"

/* clang-format off */
#define RULE_ROW(name, id, area, severity, consequence, title, help) [RULE_##name] = {id, title, help, SEVERITY_##severity},
static const struct rule rules[] = {DIFF_RULES(RULE_ROW)};

#define AREA_ROW(name, id, area, severity, consequence, title, help) [RULE_##name] = DIFF_##area,
static const enum diff_area areas[] = {DIFF_RULES(AREA_ROW)};

#define CONSEQUENCE_ROW(name, id, area, severity, consequence, title, help) [RULE_##name] = (consequence),
static const char *const consequences[] = {DIFF_RULES(CONSEQUENCE_ROW)};
/* clang-format on */

#define AREA_TEXT(id, text) [id] = (text),

const struct rule *rule_of(enum diff_rule rule)
{
	return &rules[rule];
}

enum diff_area rule_area(enum diff_rule rule)
{
	return areas[rule];
}

const char *rule_consequence(enum diff_rule rule)
{
	return consequences[rule];
}

const char *diff_area_text(enum diff_area area)
{
	static const char *const texts[] = {DIFF_AREAS(AREA_TEXT)};

	return texts[area];
}

const struct rule *diff_rule_at(size_t index, enum diff_area *area)
{
	if (index >= RULE_COUNT)
		return NULL;
	*area = areas[index];
	return &rules[index];
}

/* The text without qualifiers; two texts that agree in that differ by these only. */
static void add_unqualified(struct str *text, const char *decl)
{
	static const char *const qualifiers[] = {"const", "volatile", "restrict"};

	str_add(text, "");
	while (*decl) {
		size_t length = strcspn(decl, " *()[],"), skip = 0;

		for (size_t i = 0; i < ARRAY_LEN(qualifiers); i++)
			if (length == strlen(qualifiers[i]) && memcmp(decl, qualifiers[i], length) == 0)
				skip = length;
		if (!skip)
			str_addn(text, decl, length);
		decl += length;
		if (*decl && *decl != ' ')
			str_addc(text, *decl);
		decl += *decl != '\0';
	}
}

static bool only_qualified(const struct change *change)
{
	AUTO_STR struct str before = {0}, after = {0};

	if (!change->before || !change->after)
		return false;
	add_unqualified(&before, change->before);
	add_unqualified(&after, change->after);
	return strcmp(before.data, after.data) == 0;
}

static enum diff_rule rule_of_collision(const struct change *change)
{
	const char *before = change->before ? change->before : "", *after = change->after ? change->after : "";

	if (str_starts(after, "Unique"))
		return RULE_COLLISION_GONE;
	if (!str_starts(before, "Unique"))
		return RULE_COLLISION_OTHER;
	return strcmp(after, collision_text(COLLISION_STATIC_DUPLICATION)) == 0 ? RULE_DUPLICATION : RULE_COLLISION;
}

enum diff_rule rule_of_change(const struct change *change)
{
	static const enum diff_rule plain[] = {
		[CHANGE_PARAM_ADDED] = RULE_PARAM_ADDED,
		[CHANGE_PARAM_REMOVED] = RULE_PARAM_REMOVED,
		[CHANGE_PARAM_REORDERED] = RULE_PARAM_REORDERED,
		[CHANGE_PARAM_TYPE] = RULE_PARAM_TYPE,
		[CHANGE_RETURN_TYPE] = RULE_RETURN_TYPE,
		[CHANGE_PARAM_RENAMED] = RULE_PARAM_RENAMED,
		[CHANGE_NAMESAKE] = RULE_NAMESAKE,
		[CHANGE_APPEARED] = RULE_FUNCTION_ADDED,
		[CHANGE_VANISHED] = RULE_FUNCTION_REMOVED,
		[CHANGE_APPEARED_IN_VMLINUX] = RULE_FUNCTION_ADDED_TO_VMLINUX,
		[CHANGE_VANISHED_FROM_VMLINUX] = RULE_FUNCTION_REMOVED_FROM_VMLINUX,
		[CHANGE_NOW_DEFINED] = RULE_FUNCTION_DEFINED,
		[CHANGE_NOW_DECLARED] = RULE_FUNCTION_DECLARED,
		[CHANGE_TO_MODULE] = RULE_FUNCTION_TO_MODULE,
		[CHANGE_TO_VMLINUX] = RULE_FUNCTION_TO_VMLINUX,
		[CHANGE_MOVED] = RULE_FUNCTION_MOVED,
		[CHANGE_PLACE_ADDED] = RULE_PLACE_ADDED,
		[CHANGE_PLACE_GONE] = RULE_PLACE_REMOVED,
		[CHANGE_BECAME_STATIC] = RULE_BECAME_STATIC,
		[CHANGE_BECAME_GLOBAL] = RULE_BECAME_GLOBAL,
		[CHANGE_COLLISION] = RULE_COLLISION_OTHER,
		[CHANGE_BECAME_ASSEMBLER] = RULE_BECAME_ASSEMBLER,
		[CHANGE_BECAME_C] = RULE_BECAME_C,
		[CHANGE_INLINED_EVERYWHERE] = RULE_INLINE_ALL,
		[CHANGE_NOT_EVERYWHERE] = RULE_INLINE_NOT_ALL,
		[CHANGE_PARTLY_INLINED] = RULE_INLINE_PARTLY,
		[CHANGE_NOT_PARTLY] = RULE_INLINE_NOT_PARTLY,
		[CHANGE_LOST_SYMBOL] = RULE_SYMBOL_LOST,
		[CHANGE_GOT_SYMBOL] = RULE_SYMBOL_GAINED,
		[CHANGE_TRANSFORMED] = RULE_TRANSFORMED,
		[CHANGE_NOT_TRANSFORMED] = RULE_NOT_TRANSFORMED,
		[CHANGE_EXPORTED] = RULE_EXPORT_ADDED,
		[CHANGE_NOT_EXPORTED] = RULE_EXPORT_REMOVED,
		[CHANGE_GPL_ONLY] = RULE_EXPORT_GPL,
		[CHANGE_NOT_GPL_ONLY] = RULE_EXPORT_NOT_GPL,
		[CHANGE_NAMESPACE] = RULE_EXPORT_NAMESPACE,
		[CHANGE_CRC] = RULE_EXPORT_CRC,
	};

	if (change->kind == CHANGE_PARAM_TYPE && only_qualified(change))
		return RULE_PARAM_QUALIFIER;
	if (change->kind == CHANGE_RETURN_TYPE && only_qualified(change))
		return RULE_RETURN_QUALIFIER;
	if (change->kind == CHANGE_NAMESPACE && !change->after)
		return RULE_EXPORT_NO_NAMESPACE;
	return change->kind == CHANGE_COLLISION ? rule_of_collision(change) : plain[change->kind];
}

enum diff_rule rule_of_type_change(const struct type_change *change)
{
	static const enum diff_rule plain[] = {
		[TYPE_CHANGE_KIND] = RULE_TYPE_KIND,
		[TYPE_CHANGE_SIZE] = RULE_TYPE_SIZE,
		[TYPE_CHANGE_ALIGN] = RULE_TYPE_ALIGN,
		[TYPE_CHANGE_TARGET] = RULE_TYPE_TARGET,
		[TYPE_CHANGE_MEMBER_ADDED] = RULE_MEMBER_ADDED,
		[TYPE_CHANGE_MEMBER_REMOVED] = RULE_MEMBER_REMOVED,
		[TYPE_CHANGE_MEMBER_RENAMED] = RULE_MEMBER_RENAMED,
		[TYPE_CHANGE_MEMBER_OFFSET] = RULE_MEMBER_MOVED,
		[TYPE_CHANGE_MEMBER_TYPE] = RULE_MEMBER_TYPE,
		[TYPE_CHANGE_MEMBER_SIZE] = RULE_MEMBER_SIZE,
		[TYPE_CHANGE_MEMBER_BITS] = RULE_MEMBER_BITS,
		[TYPE_CHANGE_ENUMERATOR_ADDED] = RULE_ENUMERATOR_ADDED,
		[TYPE_CHANGE_ENUMERATOR_REMOVED] = RULE_ENUMERATOR_REMOVED,
		[TYPE_CHANGE_ENUMERATOR_VALUE] = RULE_ENUMERATOR_VALUE,
		[TYPE_CHANGE_NOW_KNOWN] = RULE_TYPE_DEFINED,
		[TYPE_CHANGE_NOW_DECLARED] = RULE_TYPE_DECLARED,
	};
	const struct change texts = {CHANGE_PARAM_TYPE, change->before, change->after};

	if (change->kind == TYPE_CHANGE_MEMBER_TYPE && only_qualified(&texts))
		return RULE_MEMBER_QUALIFIER;
	return plain[change->kind];
}
