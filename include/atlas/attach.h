/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: model */
/*
 * Where a probe attaches: verdicts from evidence, by rules without any I/O.
 *
 * `kprobe` is what tracefs and perf accept by name: most kernels refuse functions
 * that the tracer does not know, and newer ones names that several symbols have.
 * `ftrace` is what the tracer offers after boot.
 */
#ifndef ATLAS_ATTACH_H
#define ATLAS_ATTACH_H

#include <stdbool.h>
#include <stdint.h>

#include "atlas/str.h"

/* What is known of a symbol. */
enum attach_evidence {
	ATTACH_READ = 1 << 0,	     /* the tables were looked at: without it nothing is known */
	ATTACH_SITE = 1 << 1,	     /* an entry of the tracer's table lies in it */
	ATTACH_BLACKLIST = 1 << 2,   /* NOKPROBE_SYMBOL */
	ATTACH_NOINSTR = 1 << 3,     /* .noinstr.text */
	ATTACH_KPROBES = 1 << 4,     /* .kprobes.text */
	ATTACH_ENTRY = 1 << 5,	     /* entry code: no probes by the architecture */
	ATTACH_INIT = 1 << 6,	     /* freed after boot, or after a module was loaded */
	ATTACH_BTF = 1 << 7,	     /* one BTF FUNC has its name */
	ATTACH_BTF_MANY = 1 << 8,    /* several have */
	ATTACH_BTF_REFUSED = 1 << 9, /* variadic, a struct returned, or more parameters than BPF takes */
	ATTACH_BTF_DOUBT = 1 << 10,  /* many parameters, or a struct by value: the architecture decides */
	ATTACH_BTF_DENIED = 1 << 11, /* in the verifier's list btf_id_deny */
	ATTACH_BTF_UNREAD = 1 << 12, /* its BTF was not read: a module's, or of a form not known */
	/* Such an entry lies behind it, in code that no symbol covers: a weak definition that lost to another. */
	ATTACH_SITE_BEHIND = 1 << 13,
};

/* What a kernel as a whole can do. */
enum attach_gate {
	GATE_READ = 1 << 0,
	GATE_SITES = 1 << 1,	  /* there is a table of entry sites: CONFIG_DYNAMIC_FTRACE */
	GATE_KPROBES = 1 << 2,	  /* register_kprobe */
	GATE_TRAMPOLINE = 1 << 3, /* a strong arch_prepare_bpf_trampoline */
	GATE_DIRECT = 1 << 4,	  /* register_ftrace_direct* */
	GATE_BTF = 1 << 5,
	GATE_MULTI = 1 << 6,  /* bpf_kprobe_multi_link_attach */
	GATE_FPROBE = 1 << 7, /* register_fprobe_ips */
	/*
	 * Kprobe events refuse functions without an entry site, or accept them: before 5.0 (commit 45408c4f9250) and
	 * with CONFIG_KPROBE_EVENTS_ON_NOTRACE.  Neither: not known.
	 */
	GATE_NOTRACE_REFUSED = 1 << 8,
	GATE_NOTRACE_ACCEPTED = 1 << 9,
	GATE_NAMESAKES_REFUSED = 1 << 10, /* as are names of several symbols: since 6.7 (commit b022f0c7e404) */
};

enum verdict {
	VERDICT_UNKNOWN,
	VERDICT_NO,
	VERDICT_YES,
};

/* Stable words of streams for a bit of the above, but READ, which needs none; NULL: there is no such bit. */
const char *attach_evidence_word(unsigned bit);
const char *attach_gate_word(unsigned bit);

const char *verdict_text(enum verdict verdict);

/* Stable ids and what they mean. */
#define ATTACH_REASONS(X)                                                                                   \
	X(REASON_NONE, "")                                                                                  \
	X(REASON_NOT_READ, "the kernel's tables were not read")                                             \
	X(REASON_NO_SITES, "the kernel has no table of traceable functions")                                \
	X(REASON_NO_KPROBES, "the kernel has no kprobes")                                                   \
	X(REASON_NO_TRAMPOLINE, "the kernel has no BPF trampoline")                                         \
	X(REASON_NO_DIRECT, "the kernel has no register_ftrace_direct")                                     \
	X(REASON_NO_BTF, "the kernel has no BTF")                                                           \
	X(REASON_NO_MULTI, "the kernel has no bpf_kprobe_multi_link_attach")                                \
	X(REASON_NO_FPROBE, "the kernel has no register_fprobe_ips")                                        \
	X(REASON_INIT, "init text, freed after boot")                                                       \
	X(REASON_NOINSTR, "in .noinstr.text")                                                               \
	X(REASON_KPROBES_TEXT, "in .kprobes.text")                                                          \
	X(REASON_ENTRY, "entry text")                                                                       \
	X(REASON_BLACKLIST, "on the kprobe blacklist")                                                      \
	X(REASON_STEM_BLACKLIST, "the function it was split from is blacklisted")                           \
	X(REASON_ASSEMBLER, "assembler without an mcount site")                                             \
	X(REASON_NO_SITE, "no mcount site (notrace)")                                                       \
	X(REASON_NOTRACE, "no mcount site (notrace); whether kprobe events accept that is not known")       \
	X(REASON_NAMESAKES, "several symbols have this name: refused by name, accepted by address")         \
	X(REASON_FIRST, "the name means the first of its symbols")                                          \
	X(REASON_CLONE, "only a clone: BTF and kallsyms do not have the plain name")                        \
	X(REASON_NO_FUNC, "no BTF FUNC has this name")                                                      \
	X(REASON_MANY_FUNCS, "several BTF FUNCs have this name")                                            \
	X(REASON_MANY_SYMBOLS, "several symbols have this name, BTF means one")                             \
	X(REASON_PROTOTYPE, "BPF refuses the prototype")                                                    \
	X(REASON_DOUBT, "many parameters or a struct by value: the trampoline of the architecture decides") \
	X(REASON_DENIED, "on the verifier's deny list")                                                     \
	X(REASON_BTF_UNREAD, "its BTF was not read")

#define ENUM_MEMBER(id, text) id,
enum attach_reason { ATTACH_REASONS(ENUM_MEMBER) REASON_COUNT };
#undef ENUM_MEMBER

const char *attach_reason_text(enum attach_reason reason);

#define ATTACH_KINDS(X)	      X(FTRACE, "ftrace") X(KPROBE, "kprobe") X(FENTRY, "fentry") X(KPROBE_MULTI, "kprobe.multi")
#define ENUM_MEMBER(id, text) ATTACH_##id,
enum attach_kind { ATTACH_KINDS(ENUM_MEMBER) ATTACH_KIND_COUNT };
#undef ENUM_MEMBER

/* One that lies in the kernel as a whole, and so is that of every function. */
bool attach_reason_is_kernels(enum attach_reason reason);
/* Why a kind of probe does not attach, out of a line that attach_line() made; REASON_NONE if none is given. */
enum attach_reason attach_line_reason(const char *line, enum attach_kind kind);

/* A symbol to judge. */
struct attach_case {
	uint16_t evidence;	/* enum attach_evidence */
	uint16_t stem_evidence; /* of the plain symbol, where this is a clone; else 0 */
	uint16_t gates;		/* enum attach_gate, of vmlinux */
	bool clone;		/* its name has a suffix */
	bool assembler;
	bool partly_inlined;
	uint32_t position, of; /* among the symbols of one name, by address; from 1 */
};

struct attach_verdicts {
	enum verdict verdict[ATTACH_KIND_COUNT];
	enum attach_reason reason[ATTACH_KIND_COUNT]; /* why not yes */
};

void attach_judge(const struct attach_case *one, struct attach_verdicts *verdicts);

/* "ftrace yes; kprobe yes; fentry no (the kernel has no BTF); kprobe.multi yes; partly inlined: ..." */
void attach_line(const struct attach_case *one, const struct attach_verdicts *verdicts, struct str *line);
/* Reasons and notes only: "fentry: the kernel has no BTF; partly inlined: ..."; empty if there are none. */
void attach_reasons(const struct attach_case *one, const struct attach_verdicts *verdicts, struct str *text);

#endif
