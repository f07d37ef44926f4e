// SPDX-License-Identifier: GPL-2.0-or-later
/* The rules by which evidence becomes verdicts. */
// clang-format off
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include "atlas/attach.h"

#define ALL_GATES                                                                                                      \
	(GATE_READ | GATE_SITES | GATE_KPROBES | GATE_TRAMPOLINE | GATE_DIRECT | GATE_BTF | GATE_MULTI | GATE_FPROBE | \
	 GATE_NOTRACE_REFUSED)
#define PLAIN (ATTACH_READ | ATTACH_SITE | ATTACH_BTF)

static struct attach_case plain(void)
{
	return (struct attach_case){.evidence = PLAIN, .gates = ALL_GATES, .position = 1, .of = 1};
}

static void assert_verdict(const struct attach_case *one, enum attach_kind kind, enum verdict verdict,
			   enum attach_reason reason)
{
	struct attach_verdicts verdicts;

	attach_judge(one, &verdicts);
	assert_int_equal(verdicts.verdict[kind], verdict);
	assert_int_equal(verdicts.reason[kind], reason);
}

static void assert_all(const struct attach_case *one, enum verdict verdict, enum attach_reason reason)
{
	for (int kind = 0; kind < ATTACH_KIND_COUNT; kind++)
		assert_verdict(one, (enum attach_kind)kind, verdict, reason);
}

static void test_plain(void **state)
{
	struct attach_case one = plain();

	(void)state;
	assert_all(&one, VERDICT_YES, REASON_NONE);
}

static void test_kprobe_on_notrace(void **state)
{
	struct attach_case one = plain();

	(void)state;
	one.evidence = ATTACH_READ | ATTACH_BTF;
	assert_verdict(&one, ATTACH_KPROBE, VERDICT_NO, REASON_NO_SITE);
	one.evidence |= ATTACH_SITE_BEHIND;
	assert_verdict(&one, ATTACH_KPROBE, VERDICT_YES, REASON_NONE);
	assert_verdict(&one, ATTACH_FTRACE, VERDICT_NO, REASON_NO_SITE);
	assert_verdict(&one, ATTACH_FENTRY, VERDICT_NO, REASON_NO_SITE);
	one.evidence |= ATTACH_BLACKLIST;
	assert_verdict(&one, ATTACH_KPROBE, VERDICT_NO, REASON_BLACKLIST);

	one.evidence = ATTACH_READ | ATTACH_BTF;
	one.gates = (uint16_t)(ALL_GATES & ~GATE_NOTRACE_REFUSED);
	assert_verdict(&one, ATTACH_KPROBE, VERDICT_UNKNOWN, REASON_NOTRACE);
	one.gates |= GATE_NOTRACE_ACCEPTED;
	assert_verdict(&one, ATTACH_KPROBE, VERDICT_YES, REASON_NONE);
	/* A symbol outweighs what is missing. */
	one.gates |= GATE_NOTRACE_REFUSED;
	assert_verdict(&one, ATTACH_KPROBE, VERDICT_NO, REASON_NO_SITE);
}

static void test_kprobe_on_several(void **state)
{
	struct attach_case one = plain();

	(void)state;
	one.of = 2;
	assert_verdict(&one, ATTACH_KPROBE, VERDICT_YES, REASON_NONE);
	one.position = 2;
	assert_verdict(&one, ATTACH_KPROBE, VERDICT_NO, REASON_FIRST);
	assert_verdict(&one, ATTACH_FTRACE, VERDICT_YES, REASON_NONE);
	one.gates |= GATE_NAMESAKES_REFUSED;
	assert_verdict(&one, ATTACH_KPROBE, VERDICT_NO, REASON_NAMESAKES);
	one.position = 1;
	assert_verdict(&one, ATTACH_KPROBE, VERDICT_NO, REASON_NAMESAKES);
	one.of = 1;
	assert_verdict(&one, ATTACH_KPROBE, VERDICT_YES, REASON_NONE);
}

/* The entry of a function that is freed is a place of the tracer no more. */
static void test_cold_part_of_init(void **state)
{
	struct attach_case one = plain();

	(void)state;
	one.clone = true;
	one.evidence = ATTACH_READ;
	one.stem_evidence = ATTACH_READ | ATTACH_SITE;
	assert_verdict(&one, ATTACH_KPROBE, VERDICT_YES, REASON_NONE);
	one.stem_evidence |= ATTACH_INIT;
	assert_verdict(&one, ATTACH_KPROBE, VERDICT_NO, REASON_NO_SITE);
}

static void test_unread_is_unknown(void **state)
{
	struct attach_case one = plain();

	(void)state;
	one.evidence = 0;
	assert_all(&one, VERDICT_UNKNOWN, REASON_NOT_READ);
	one = plain();
	one.gates = 0;
	assert_all(&one, VERDICT_UNKNOWN, REASON_NOT_READ);
}

static void test_gates_come_first(void **state)
{
	static const struct {
		uint16_t gate;
		enum attach_kind kind;
		enum verdict verdict;
		enum attach_reason reason;
	} gates[] = {
		{GATE_SITES, ATTACH_FTRACE, VERDICT_UNKNOWN, REASON_NO_SITES},
		{GATE_SITES, ATTACH_KPROBE, VERDICT_UNKNOWN, REASON_NO_SITES},
		{GATE_KPROBES, ATTACH_KPROBE, VERDICT_NO, REASON_NO_KPROBES},
		{GATE_TRAMPOLINE, ATTACH_FENTRY, VERDICT_NO, REASON_NO_TRAMPOLINE},
		{GATE_DIRECT, ATTACH_FENTRY, VERDICT_NO, REASON_NO_DIRECT},
		{GATE_BTF, ATTACH_FENTRY, VERDICT_NO, REASON_NO_BTF},
		{GATE_MULTI, ATTACH_KPROBE_MULTI, VERDICT_NO, REASON_NO_MULTI},
		{GATE_FPROBE, ATTACH_KPROBE_MULTI, VERDICT_NO, REASON_NO_FPROBE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(gates) / sizeof(gates[0]); i++) {
		struct attach_case one = plain();

		one.gates &= (uint16_t)~gates[i].gate;
		assert_verdict(&one, gates[i].kind, gates[i].verdict, gates[i].reason);
	}
}

static void test_init_and_notrace(void **state)
{
	struct attach_case one = plain();

	(void)state;
	one.evidence |= ATTACH_INIT;
	assert_all(&one, VERDICT_NO, REASON_INIT);
	one.evidence = ATTACH_READ | ATTACH_BTF;
	assert_all(&one, VERDICT_NO, REASON_NO_SITE);
	one.assembler = true;
	assert_all(&one, VERDICT_NO, REASON_ASSEMBLER);
	one.evidence |= ATTACH_NOINSTR;
	assert_all(&one, VERDICT_NO, REASON_NOINSTR);
}

/* A function may be traced and still refuse kprobes. */
static void test_blacklist(void **state)
{
	struct attach_case one = plain();

	(void)state;
	one.evidence |= ATTACH_BLACKLIST;
	assert_verdict(&one, ATTACH_KPROBE, VERDICT_NO, REASON_BLACKLIST);
	assert_verdict(&one, ATTACH_FTRACE, VERDICT_YES, REASON_NONE);
	assert_verdict(&one, ATTACH_FENTRY, VERDICT_YES, REASON_NONE);
}

/* tracefs judges foo.cold by foo. */
static void test_clone(void **state)
{
	struct attach_case one = plain();

	(void)state;
	one.clone = true;
	assert_verdict(&one, ATTACH_FENTRY, VERDICT_NO, REASON_CLONE);
	one.evidence = ATTACH_READ;
	one.stem_evidence = PLAIN;
	assert_verdict(&one, ATTACH_KPROBE, VERDICT_YES, REASON_NONE);
	assert_verdict(&one, ATTACH_FTRACE, VERDICT_NO, REASON_NO_SITE);
	one.stem_evidence |= ATTACH_BLACKLIST;
	assert_verdict(&one, ATTACH_KPROBE, VERDICT_NO, REASON_STEM_BLACKLIST);
}

static void test_btf(void **state)
{
	static const struct {
		uint16_t evidence;
		enum verdict verdict;
		enum attach_reason reason;
	} cases[] = {
		{0, VERDICT_NO, REASON_NO_FUNC},
		{ATTACH_BTF | ATTACH_BTF_MANY, VERDICT_UNKNOWN, REASON_MANY_FUNCS},
		{ATTACH_BTF | ATTACH_BTF_REFUSED, VERDICT_NO, REASON_PROTOTYPE},
		{ATTACH_BTF | ATTACH_BTF_DOUBT, VERDICT_UNKNOWN, REASON_DOUBT},
		{ATTACH_BTF | ATTACH_BTF_DENIED, VERDICT_NO, REASON_DENIED},
		{ATTACH_BTF_UNREAD, VERDICT_UNKNOWN, REASON_BTF_UNREAD},
	};
	struct attach_case one = plain();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		one.evidence = ATTACH_READ | ATTACH_SITE | cases[i].evidence;
		assert_verdict(&one, ATTACH_FENTRY, cases[i].verdict, cases[i].reason);
		assert_verdict(&one, ATTACH_KPROBE, VERDICT_YES, REASON_NONE);
	}
	one = plain();
	one.of = 2;
	assert_verdict(&one, ATTACH_FENTRY, VERDICT_UNKNOWN, REASON_MANY_SYMBOLS);
}

static void test_texts(void **state)
{
	AUTO_STR struct str line = {0}, reasons = {0};
	struct attach_case one = plain();
	struct attach_verdicts verdicts;

	(void)state;
	one.gates &= (uint16_t) ~(GATE_BTF | GATE_FPROBE);
	one.position = 2;
	one.of = 3;
	attach_judge(&one, &verdicts);
	attach_line(&one, &verdicts, &line);
	attach_reasons(&one, &verdicts, &reasons);
	assert_string_equal(
		line.data,
		"ftrace yes; kprobe no (the name means the first of its symbols); fentry no (the kernel has no BTF); "
		"kprobe.multi no (the "
		"kernel has no register_fprobe_ips); symbol 2 of 3 of this name (sympos)");
	assert_string_equal(reasons.data, "kprobe: the name means the first of its symbols; fentry: the kernel has no "
					  "BTF; kprobe.multi: the kernel has no register_fprobe_ips; symbol 2 of 3 of "
					  "this name (sympos)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_kprobe_on_notrace),
		cmocka_unit_test(test_kprobe_on_several),
		cmocka_unit_test(test_cold_part_of_init),
		cmocka_unit_test(test_unread_is_unknown),
		cmocka_unit_test(test_gates_come_first),
		cmocka_unit_test(test_init_and_notrace),
		cmocka_unit_test(test_blacklist),
		cmocka_unit_test(test_clone),
		cmocka_unit_test(test_btf),
		cmocka_unit_test(test_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
