// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/attach.h"

#include <inttypes.h>
#include <string.h>

#define ENUM_TEXT(id, text) [id] = (text),
static const char *const reason_texts[] = {ATTACH_REASONS(ENUM_TEXT)};
#undef ENUM_TEXT
#define KIND_TEXT(id, text) [ATTACH_##id] = (text),
static const char *const kind_texts[] = {ATTACH_KINDS(KIND_TEXT)};
#undef KIND_TEXT

const char *verdict_text(enum verdict verdict)
{
	return verdict == VERDICT_YES ? "yes" : verdict == VERDICT_NO ? "no" : "unknown";
}

const char *attach_reason_text(enum attach_reason reason)
{
	return reason_texts[reason];
}

bool attach_reason_is_kernels(enum attach_reason reason)
{
	static const enum attach_reason of_kernels[] = {
		REASON_NO_SITES, REASON_NO_KPROBES, REASON_NO_TRAMPOLINE, REASON_NO_DIRECT,
		REASON_NO_BTF,	 REASON_NO_MULTI,   REASON_NO_FPROBE,
	};

	for (size_t i = 0; i < sizeof(of_kernels) / sizeof(of_kernels[0]); i++)
		if (of_kernels[i] == reason)
			return true;
	return false;
}

static bool begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* Reasons may hold brackets and semicolons: they are known by their text. */
enum attach_reason attach_line_reason(const char *line, enum attach_kind kind)
{
	const char *text = kind_texts[kind];
	const char *at = line;

	while (at && !(begins(at, text) && at[strlen(text)] == ' ')) {
		at = strstr(at, "; ");
		at = at ? at + 2 : NULL;
	}
	if (!at)
		return REASON_NONE;
	at += strlen(text) + 1;
	at += strcspn(at, " ;");
	if (!begins(at, " ("))
		return REASON_NONE;
	for (int i = REASON_NONE + 1; i < REASON_COUNT; i++)
		if (begins(at + 2, reason_texts[i]) && at[2 + strlen(reason_texts[i])] == ')')
			return (enum attach_reason)i;
	return REASON_NONE;
}

struct ruling {
	enum verdict verdict;
	enum attach_reason reason;
};

static struct ruling no(enum attach_reason reason)
{
	return (struct ruling){VERDICT_NO, reason};
}

static struct ruling unknown(enum attach_reason reason)
{
	return (struct ruling){VERDICT_UNKNOWN, reason};
}

static const struct ruling yes = {VERDICT_YES, REASON_NONE};

/* Places where nothing may be probed, whatever a table says; REASON_NONE: not in one. */
static enum attach_reason forbidden_place(uint16_t evidence)
{
	return evidence & ATTACH_NOINSTR   ? REASON_NOINSTR
	       : evidence & ATTACH_KPROBES ? REASON_KPROBES_TEXT
	       : evidence & ATTACH_ENTRY   ? REASON_ENTRY
					   : REASON_NONE;
}

static struct ruling no_site(const struct attach_case *one)
{
	enum attach_reason place = forbidden_place(one->evidence);

	return no(place != REASON_NONE ? place : one->assembler ? REASON_ASSEMBLER : REASON_NO_SITE);
}

static struct ruling judge_ftrace(const struct attach_case *one)
{
	if (!(one->evidence & ATTACH_READ) || !(one->gates & GATE_READ))
		return unknown(REASON_NOT_READ);
	if (!(one->gates & GATE_SITES))
		return unknown(REASON_NO_SITES);
	if (one->evidence & ATTACH_INIT)
		return no(REASON_INIT);
	return one->evidence & ATTACH_SITE ? yes : no_site(one);
}

static struct ruling judge_name(const struct attach_case *one)
{
	if (one->of <= 1)
		return yes;
	if (one->gates & GATE_NAMESAKES_REFUSED)
		return no(REASON_NAMESAKES);
	return one->position > 1 ? no(REASON_FIRST) : yes;
}

/* To kallsyms a symbol reaches to the next one, with the code of weak definitions that nobody names any more. */
static bool is_traced(uint16_t evidence)
{
	return evidence & (ATTACH_SITE | ATTACH_SITE_BEHIND) && !(evidence & ATTACH_INIT);
}

static struct ruling judge_notrace(const struct attach_case *one)
{
	if ((one->gates & (GATE_NOTRACE_ACCEPTED | GATE_NOTRACE_REFUSED)) == GATE_NOTRACE_ACCEPTED)
		return judge_name(one);
	if (!(one->gates & GATE_SITES))
		return unknown(REASON_NO_SITES);
	if (is_traced(one->evidence) || is_traced(one->stem_evidence))
		return judge_name(one);
	return one->gates & GATE_NOTRACE_REFUSED ? no_site(one) : unknown(REASON_NOTRACE);
}

/* kernel/kprobes.c and kernel/trace/trace_kprobe.c: a symbol with a suffix is judged by its stem, too. */
static struct ruling judge_kprobe(const struct attach_case *one)
{
	enum attach_reason place = forbidden_place(one->evidence);

	if (!(one->evidence & ATTACH_READ) || !(one->gates & GATE_READ))
		return unknown(REASON_NOT_READ);
	if (!(one->gates & GATE_KPROBES))
		return no(REASON_NO_KPROBES);
	if (one->evidence & ATTACH_INIT)
		return no(REASON_INIT);
	if (place != REASON_NONE)
		return no(place);
	if (one->evidence & ATTACH_BLACKLIST)
		return no(REASON_BLACKLIST);
	if (one->stem_evidence & ATTACH_BLACKLIST || forbidden_place(one->stem_evidence) != REASON_NONE)
		return no(REASON_STEM_BLACKLIST);
	return judge_notrace(one);
}

/* The function's own BTF, where the kernel as a whole can do it. */
static struct ruling judge_btf(const struct attach_case *one)
{
	if (one->evidence & ATTACH_BTF_UNREAD)
		return unknown(REASON_BTF_UNREAD);
	if (one->clone)
		return no(REASON_CLONE);
	if (one->evidence & ATTACH_BTF_DENIED)
		return no(REASON_DENIED);
	if (one->evidence & ATTACH_BTF_MANY)
		return unknown(REASON_MANY_FUNCS);
	if (!(one->evidence & ATTACH_BTF))
		return no(REASON_NO_FUNC);
	if (one->evidence & ATTACH_BTF_REFUSED)
		return no(REASON_PROTOTYPE);
	if (one->of > 1)
		return unknown(REASON_MANY_SYMBOLS);
	return one->evidence & ATTACH_BTF_DOUBT ? unknown(REASON_DOUBT) : yes;
}

static struct ruling judge_fentry(const struct attach_case *one)
{
	if (!(one->evidence & ATTACH_READ) || !(one->gates & GATE_READ))
		return unknown(REASON_NOT_READ);
	if (!(one->gates & GATE_TRAMPOLINE))
		return no(REASON_NO_TRAMPOLINE);
	if (!(one->gates & GATE_DIRECT))
		return no(REASON_NO_DIRECT);
	if (!(one->gates & GATE_BTF))
		return no(REASON_NO_BTF);
	const struct ruling traced = judge_ftrace(one);

	return traced.verdict == VERDICT_YES ? judge_btf(one) : traced;
}

static struct ruling judge_multi(const struct attach_case *one)
{
	if (!(one->evidence & ATTACH_READ) || !(one->gates & GATE_READ))
		return unknown(REASON_NOT_READ);
	if (!(one->gates & GATE_MULTI))
		return no(REASON_NO_MULTI);
	if (!(one->gates & GATE_FPROBE))
		return no(REASON_NO_FPROBE);
	return judge_ftrace(one);
}

void attach_judge(const struct attach_case *one, struct attach_verdicts *verdicts)
{
	const struct ruling rulings[ATTACH_KIND_COUNT] = {
		[ATTACH_FTRACE] = judge_ftrace(one),
		[ATTACH_KPROBE] = judge_kprobe(one),
		[ATTACH_FENTRY] = judge_fentry(one),
		[ATTACH_KPROBE_MULTI] = judge_multi(one),
	};

	for (int i = 0; i < ATTACH_KIND_COUNT; i++) {
		verdicts->verdict[i] = rulings[i].verdict;
		verdicts->reason[i] = rulings[i].reason;
	}
}

static void add_part(struct str *text, const char *part)
{
	str_add(text, text->length ? "; " : "");
	str_add(text, part);
}

/* What a user of a probe has to know even where it attaches. */
static void add_notes(const struct attach_case *one, const struct attach_verdicts *verdicts, struct str *text)
{
	if (one->of > 1) {
		str_add(text, text->length ? "; " : "");
		str_addf(text, "symbol %" PRIu32 " of %" PRIu32 " of this name (sympos)", one->position, one->of);
	}
	if ((one->evidence & (ATTACH_SITE | ATTACH_SITE_BEHIND)) == ATTACH_SITE_BEHIND &&
	    verdicts->verdict[ATTACH_KPROBE] == VERDICT_YES)
		add_part(text, "kprobe: notrace itself, accepted for the dropped code behind it");
	if (one->clone)
		add_part(text, "a clone: its arguments may differ");
	if (one->partly_inlined)
		add_part(text, "partly inlined: calls through inlined copies are not seen");
}

void attach_line(const struct attach_case *one, const struct attach_verdicts *verdicts, struct str *line)
{
	for (int i = 0; i < ATTACH_KIND_COUNT; i++) {
		add_part(line, kind_texts[i]);
		str_addf(line, " %s", verdict_text(verdicts->verdict[i]));
		if (verdicts->reason[i] != REASON_NONE)
			str_addf(line, " (%s)", reason_texts[verdicts->reason[i]]);
	}
	add_notes(one, verdicts, line);
}

/* Kinds that fail for one reason are told together. */
void attach_reasons(const struct attach_case *one, const struct attach_verdicts *verdicts, struct str *text)
{
	for (int i = 0; i < ATTACH_KIND_COUNT; i++) {
		enum attach_reason reason = verdicts->reason[i];
		bool told = reason == REASON_NONE;

		for (int j = 0; j < i; j++)
			told = told || verdicts->reason[j] == reason;
		if (told)
			continue;
		add_part(text, kind_texts[i]);
		for (int j = i + 1; j < ATTACH_KIND_COUNT; j++)
			if (verdicts->reason[j] == reason)
				str_addf(text, ", %s", kind_texts[j]);
		str_addf(text, ": %s", reason_texts[reason]);
	}
	add_notes(one, verdicts, text);
}
