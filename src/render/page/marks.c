// SPDX-License-Identifier: GPL-2.0-or-later
#include "marks.h"

#include "atlas/str.h"
#include "verdicts.h"

#define BIT(mark) ((marks)(1u << MARK_##mark))

static marks class_marks(const struct function *function)
{
	const struct class *class = &function->class;
	marks found = 0;

	if (class->collision == COLLISION_STATIC_DUPLICATION)
		found |= BIT(DUPLICATE);
	if (class->collision == COLLISION_STATIC_STATIC || class->collision == COLLISION_STATIC_GLOBAL)
		found |= BIT(COLLISION);
	if (class->collision == COLLISION_UNKNOWN || class->inlining == INLINE_UNKNOWN)
		found |= BIT(SYMBOL_ONLY);
	if (class->inlining == INLINE_FULL)
		found |= BIT(FULL);
	if (class->inlining == INLINE_NO_SYMBOL)
		found |= BIT(NO_SYMBOL);
	if (function_inlining(function) == INLINE_SELECTIVE)
		found |= BIT(SELECTIVE);
	if (class->transformed && !class->only_split)
		found |= BIT(TRANSFORMED);
	return found | verdict_marks(function);
}

marks marks_of(const struct page_input *input, size_t image)
{
	const struct function *function = input->functions[image];
	enum presence presence = presence_of(&input->images[image], function, input->name);

	if (atlas_macro(input, image))
		return BIT(MACRO);
	switch (presence) {
	case PRESENT:
		return class_marks(function);
	case PRESENT_DECLARED:
		return BIT(DECLARED);
	case ABSENT:
		return BIT(ABSENT);
	case NOT_IN_VMLINUX:
		return BIT(NOT_IN_VMLINUX);
	case NOT_AMONG_SYMBOLS:
	case NOT_IMPORTED:
	case NOT_READ:
		break;
	}
	return BIT(UNKNOWN);
}

struct mark_words {
	const char *text, *letter, *style;
};

#define ENUM_WORDS(id, text, letter, style) [MARK_##id] = {text, letter, style},

static const struct mark_words words[] = {MARKS(ENUM_WORDS)};

const char *mark_text(enum mark mark)
{
	return words[mark].text;
}

const char *mark_letter(enum mark mark)
{
	return words[mark].letter;
}

const char *mark_style(enum mark mark)
{
	return words[mark].style;
}

const char *marks_text(struct arena *arena, const marks *of_images, const struct group *group)
{
	AUTO_STR struct str text = {0};

	for (size_t mark = 0; mark < MARK_COUNT; mark++) {
		size_t count = 0;

		for (size_t i = 0; i < group->count; i++)
			count += of_images[group->members[i].image] >> mark & 1;
		if (count == 0)
			continue;
		str_add(&text, text.length ? ", " : "");
		str_add(&text, words[mark].text);
		if (count < group->count)
			str_addf(&text, " (%zu of %zu)", count, group->count);
	}
	return text.length ? arena_strndup(arena, text.data, text.length) : "none";
}
