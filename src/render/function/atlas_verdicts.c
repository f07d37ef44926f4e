// SPDX-License-Identifier: GPL-2.0-or-later
/* Where probes attach, over all images at a glance, those without the function among them. */
#include "atlas/str.h"
#include "render/page/keys.h"
#include "render/page/page.h"
#include "render/page/verdicts.h"
#include "render/words/text.h"

/* What a yes does not cover. */
#define PARTLY "partly inlined (calls through inlined copies are not seen)"

/* Images without the function are named up to so many; the matrix above tells the others. */
#define LACKING_NAMED 3

/* Images of one answer. */
struct answer {
	const char *verdict, *reason;
	struct str images;
	size_t count;
	bool lacking; /* the function is not there */
};

struct answers {
	VEC(struct answer) items;
};

static struct answer *give(struct arena *arena, struct answers *answers, const char *verdict, const char *reason,
			   const struct image *image)
{
	struct answer *answer = NULL;

	for (size_t i = 0; i < answers->items.count && !answer; i++)
		if (str_eq(answers->items.items[i].verdict, verdict) && str_eq(answers->items.items[i].reason, reason))
			answer = &answers->items.items[i];
	if (!answer) {
		answer = vec_push(&answers->items);
		*answer = (struct answer){.verdict = verdict, .reason = reason};
	}
	str_addf(&answer->images, "%s%s", answer->count ? ", " : "", text_visible(arena, image->name));
	answer->count++;
	return answer;
}

static void ask(struct arena *arena, const struct function *function, enum attach_kind kind, const struct image *image,
		struct answers *answers)
{
	const struct symbol *symbol = verdict_symbol(function, kind);

	if (symbol && str_eq(symbol_verdict(symbol, kind), verdict_text(VERDICT_YES)))
		give(arena, answers, verdict_text(VERDICT_YES),
		     function_inlining(function) == INLINE_SELECTIVE ? PARTLY : "", image);
	else if (symbol)
		give(arena, answers, symbol_verdict(symbol, kind), symbol_reason(arena, symbol, kind), image);
	else if (function->symbol_count)
		give(arena, answers, verdict_text(function->symbols[0].attach ? VERDICT_NO : VERDICT_UNKNOWN),
		     arena_printf(arena, "only under another symbol: %s",
				  text_visible(arena, function->symbols[0].name)),
		     image);
	else if (function->class.inlining == INLINE_FULL)
		give(arena, answers, verdict_text(VERDICT_NO), "inlined everywhere", image);
	else
		give(arena, answers, verdict_text(VERDICT_UNKNOWN), "it has no symbol", image);
}

static bool is_yes(const struct answer *answer)
{
	return str_eq(answer->verdict, verdict_text(VERDICT_YES));
}

static void add_yes(const struct answers *answers, size_t images, struct str *text)
{
	size_t all = 0, partly = 0;

	for (size_t i = 0; i < answers->items.count; i++) {
		const struct answer *answer = &answers->items.items[i];

		all += is_yes(answer) ? answer->count : 0;
		partly += is_yes(answer) && *answer->reason ? answer->count : 0;
	}
	if (!all)
		return;
	if (images == 1)
		str_add(text, "yes");
	else if (all == images && images == 2)
		str_add(text, "yes on both images");
	else if (all == images)
		str_addf(text, "yes on all %zu images", images);
	else
		str_addf(text, "yes on %zu of %zu images", all, images);
	if (partly && partly == all)
		str_addf(text, ", " PARTLY);
	else if (partly)
		str_addf(text, ", on %zu of them " PARTLY, partly);
}

/* "yes on 4 of 6 images; no (the kernel has no BTF): 6.1.176-1-pae-i386" */
static const char *sum_up(struct arena *arena, const struct answers *answers, size_t images)
{
	AUTO_STR struct str text = {0};

	add_yes(answers, images, &text);
	for (size_t i = 0; i < answers->items.count; i++) {
		const struct answer *answer = &answers->items.items[i];

		if (is_yes(answer))
			continue;
		str_addf(&text, "%s%s", text.length ? "; " : "", answer->verdict);
		if (answer->count == images && images > 1)
			str_addf(&text, " on all %zu images", images);
		if (*answer->reason)
			str_addf(&text, " (%s)", answer->reason);
		if (answer->lacking && answer->count > LACKING_NAMED)
			str_addf(&text, " on %zu", answer->count);
		else if (answer->count != images)
			str_addf(&text, ": %s", answer->images.data);
	}
	return arena_strdup(arena, text.data);
}

static bool is_there(const struct page_input *input, size_t image)
{
	return presence_of(&input->images[image], input->functions[image], input->name) == PRESENT;
}

/* What a probe of that name meets where the function is not there. */
static void lack(struct arena *arena, const struct page_input *input, size_t image, struct answers *answers)
{
	const struct image *of = &input->images[image];
	const struct page_rename *macro = atlas_macro(input, image);
	enum presence presence = presence_of(of, input->functions[image], input->name);
	const char *reason = macro ? arena_printf(arena, "a macro over %s", macro->entry->over)
				   : text_lowered(arena, presence_text(presence));
	bool is_known = macro || presence == ABSENT;

	give(arena, answers, verdict_text(is_known ? VERDICT_NO : VERDICT_UNKNOWN), reason, of)->lacking = true;
}

static bool is_known(const struct answers *answers)
{
	for (size_t i = 0; i < answers->items.count; i++)
		if (!str_eq(answers->items.items[i].verdict, verdict_text(VERDICT_UNKNOWN)))
			return true;
	return false;
}

static void add_kind(struct arena *arena, struct list *verdicts, const struct page_input *input, enum attach_kind kind)
{
	struct answers answers = {0};

	for (size_t i = 0; i < input->image_count; i++) {
		if (!is_there(input, i))
			continue;
		ask(arena, input->functions[i], kind, &input->images[i], &answers);
	}
	if (is_known(&answers)) {
		struct object *verdict = list_object(verdicts);

		for (size_t i = 0; i < input->image_count; i++)
			if (!is_there(input, i))
				lack(arena, input, i, &answers);
		object_text(verdict, KEY_kind, attach_kind_name(kind));
		object_text(verdict, KEY_text, sum_up(arena, &answers, input->image_count));
	}
	for (size_t i = 0; i < answers.items.count; i++)
		str_free(&answers.items.items[i].images);
	vec_free(&answers.items);
}

void atlas_verdicts(struct arena *arena, struct object *page, const struct page_input *input)
{
	struct list *verdicts = object_list(page, KEY_verdicts);

	for (int kind = 0; kind < ATTACH_KIND_COUNT; kind++)
		add_kind(arena, verdicts, input, (enum attach_kind)kind);
}
