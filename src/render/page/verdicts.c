// SPDX-License-Identifier: GPL-2.0-or-later
#include "verdicts.h"

#include <string.h>

#include "atlas/str.h"
#include "render/words/text.h"

/* Two bits a kind, above the issues: whether it is there, and then its verdict. */
#define FIRST_BIT 16
#define BITS	  2

enum state { STATE_NOWHERE, STATE_UNKNOWN, STATE_NO, STATE_YES };

#define KIND_NAME(id, text) [ATTACH_##id] = (text),
static const char *const kind_names[] = {ATTACH_KINDS(KIND_NAME)};
#undef KIND_NAME
static const char *const kind_keys[] = {"ftrace", "kprobe", "fentry", "kprobe-multi"};

#define REACH_KEY(id, key, text) [REACH_##id] = (key),
static const char *const reach_keys[] = {REACHES(REACH_KEY)};
#undef REACH_KEY
#define REACH_TEXT(id, key, text) [REACH_##id] = (text),
static const char *const reach_texts[] = {REACHES(REACH_TEXT)};
#undef REACH_TEXT

const char *attach_kind_key(enum attach_kind kind)
{
	return kind_keys[kind];
}

const char *attach_kind_name(enum attach_kind kind)
{
	return kind_names[kind];
}

const char *reach_key(enum reach reach)
{
	return reach_keys[reach];
}

const char *reach_text(enum reach reach)
{
	return reach_texts[reach];
}

const char *symbol_verdict(const struct symbol *symbol, enum attach_kind kind)
{
	const struct symbol_attach *attach = symbol->attach;
	const char *const verdicts[] = {
		[ATTACH_FTRACE] = attach ? attach->ftrace : NULL,
		[ATTACH_KPROBE] = attach ? attach->kprobe : NULL,
		[ATTACH_FENTRY] = attach ? attach->fentry : NULL,
		[ATTACH_KPROBE_MULTI] = attach ? attach->kprobe_multi : NULL,
	};

	return verdicts[kind] ? verdicts[kind] : verdict_text(VERDICT_UNKNOWN);
}

static enum state state_of(const struct symbol *symbol, enum attach_kind kind)
{
	const char *verdict = symbol_verdict(symbol, kind);

	if (str_eq(verdict, verdict_text(VERDICT_YES)))
		return STATE_YES;
	return str_eq(verdict, verdict_text(VERDICT_NO)) ? STATE_NO : STATE_UNKNOWN;
}

/* The line of a symbol has the kinds in their order: "ftrace yes; kprobe no (on the kprobe blacklist); fentry ...". */
const char *symbol_reason(struct arena *arena, const struct symbol *symbol, enum attach_kind kind)
{
	const char *end;
	const char *line = symbol->attach ? symbol->attach->line : NULL;
	const char *begin =
		arena_printf(arena, "%s%s %s (", kind ? "; " : "", kind_names[kind], symbol_verdict(symbol, kind));

	if (!line)
		return "the kernel's tables were not read";
	line = strstr(line, begin);
	if (!line)
		return "";
	line += strlen(begin);
	end = kind + 1 < ATTACH_KIND_COUNT ? strstr(line, arena_printf(arena, "); %s ", kind_names[kind + 1]))
					   : strstr(line, "); ");
	return arena_strndup(arena, line, end ? (size_t)(end - line) : strlen(line) - 1);
}

const struct symbol *verdict_symbol(const struct function *function, enum attach_kind kind)
{
	/* Of several the best: yes before unknown before no. */
	static const int rank[] = {[STATE_NO] = 1, [STATE_UNKNOWN] = 2, [STATE_YES] = 3};
	const struct symbol *best = NULL;

	for (uint32_t i = 0; i < function->symbol_count; i++) {
		const struct symbol *symbol = &function->symbols[i];

		if (str_eq(symbol->name, function->name) &&
		    (!best || rank[state_of(symbol, kind)] > rank[state_of(best, kind)]))
			best = symbol;
	}
	return best;
}

static enum state function_state(const struct function *function, enum attach_kind kind)
{
	const struct symbol *symbol = verdict_symbol(function, kind);
	bool clones = false;

	if (symbol)
		return state_of(symbol, kind);
	for (uint32_t i = 0; i < function->symbol_count; i++)
		clones = clones || function->symbols[i].attach;
	return clones || function->class.inlining == INLINE_FULL ? STATE_NO : STATE_UNKNOWN;
}

marks verdict_marks(const struct function *function)
{
	marks found = 0;

	for (int kind = 0; kind < ATTACH_KIND_COUNT; kind++)
		found |= (marks)function_state(function, (enum attach_kind)kind) << (FIRST_BIT + BITS * kind);
	return found;
}

static enum state state_in(marks of_image, enum attach_kind kind)
{
	return (enum state)(of_image >> (FIRST_BIT + BITS * (int)kind) & 3);
}

static void count_states(const marks *of_images, size_t count, enum attach_kind kind, size_t *states)
{
	for (size_t i = 0; i < count; i++)
		states[state_in(of_images[i], kind)]++;
}

enum reach reach_of(const marks *of_images, size_t count, enum attach_kind kind)
{
	size_t states[STATE_YES + 1] = {0};

	count_states(of_images, count, kind, states);
	if (states[STATE_NOWHERE] == count)
		return REACH_NOWHERE;
	if (states[STATE_YES] == count)
		return REACH_EVERY;
	if (states[STATE_YES])
		return states[STATE_NO] || states[STATE_UNKNOWN] ? REACH_SOME : REACH_PRESENT;
	return states[STATE_UNKNOWN] ? REACH_UNKNOWN : REACH_NONE;
}

/* Images where the function is not there, for the reason that a mark tells. */
static size_t count_lacking(const marks *of_images, size_t count, enum attach_kind kind, enum mark mark)
{
	size_t lacking = 0;

	for (size_t i = 0; i < count; i++)
		lacking += state_in(of_images[i], kind) == STATE_NOWHERE && of_images[i] >> mark & 1;
	return lacking;
}

static void add_others(struct str *text, const char *what, size_t count)
{
	if (count)
		str_addf(text, "%s%s on %zu", text->length ? ", " : "; ", what, count);
}

const char *reach_counts(struct arena *arena, const marks *of_images, size_t count, enum attach_kind kind)
{
	size_t states[STATE_YES + 1] = {0};

	count_states(of_images, count, kind, states);
	AUTO_STR struct str others = {0};

	add_others(&others, verdict_text(VERDICT_NO), states[STATE_NO]);
	add_others(&others, verdict_text(VERDICT_UNKNOWN), states[STATE_UNKNOWN]);
	for (int mark = 0; mark < MARK_COUNT; mark++)
		add_others(&others, text_lowered(arena, mark_text((enum mark)mark)),
			   count_lacking(of_images, count, kind, (enum mark)mark));
	return arena_printf(arena, "yes on %zu of %zu image%s%s", states[STATE_YES], count, count == 1 ? "" : "s",
			    others.length ? others.data : "");
}

const char *reach_words(struct arena *arena, const marks *of_images, size_t count)
{
	AUTO_STR struct str text = {0};

	for (int kind = 0; kind < ATTACH_KIND_COUNT; kind++) {
		enum reach reach = reach_of(of_images, count, (enum attach_kind)kind);

		if (reach != REACH_NOWHERE)
			str_addf(&text, "%s%s-%s", text.length ? " " : "", kind_keys[kind], reach_keys[reach]);
	}
	return text.length ? arena_strdup(arena, text.data) : "";
}
