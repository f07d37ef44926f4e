/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: validate */
/* Whether what the atlas says of an image holds: against the machine code. */
#ifndef ATLAS_VALIDATE_H
#define ATLAS_VALIDATE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "atlas/calls.h"
#include "atlas/code.h"
#include "atlas/error.h"
#include "atlas/json_writer.h"
#include "atlas/mem.h"

/*
 * What became of a recorded call: the key for scripts, and the words for a reader.  docs/statuses.md explains each.
 * Those up to SITE_LAST_CONFIRMED are confirmed, those from SITE_FIRST_UNCHECKED on could not be checked.
 */
#define SITE_OUTCOMES(X)                                                                          \
	X(SITE_CONFIRMED, "confirmed", "reaches the callee's symbol")                             \
	X(SITE_LINKAGE, "linkage-name", "reaches the callee's linkage name")                      \
	X(SITE_CLONE, "clone", "reaches a clone of the callee (.isra, .constprop, .part, .cold)") \
	X(SITE_ALIAS, "alias", "reaches the callee's code under another symbol's name")           \
	X(SITE_COPY, "copy", "reaches the copy of the callee that the caller's own image holds")  \
	X(SITE_STUB, "stub", "reaches the callee through a stub, veneer or trampoline")           \
	X(SITE_CONTRADICTED, "contradicted", "does something else")                               \
	X(SITE_NO_ADDRESS, "no-address", "the site has no address")                               \
	X(SITE_OUTSIDE, "outside-text", "the address is in no section with code")                 \
	X(SITE_INDIRECT, "indirect", "the branch there goes through a register or memory")

#define ENUM_MEMBER(id, key, text) id,
enum site_outcome { SITE_OUTCOMES(ENUM_MEMBER) SITE_OUTCOME_COUNT };
#undef ENUM_MEMBER
#define SITE_LAST_CONFIRMED  SITE_STUB
#define SITE_FIRST_UNCHECKED SITE_NO_ADDRESS

/* Why a branch to a function's entry has no edge. */
#define BRANCH_REASONS(X)                                                                                         \
	X(REASON_PART, "cold-part", "between a function and its own cold part: no call")                          \
	X(REASON_TRACE, "fentry", "to the tracer's entry (__fentry__, mcount)")                                   \
	X(REASON_THUNK, "thunk", "to or in a thunk for indirect jumps or returns")                                \
	X(REASON_STUB, "stub", "in a linker's stub, veneer or static call trampoline")                            \
	X(REASON_ALTERNATIVE, "alternative", "in code that replaces other code at boot (.altinstr*)")             \
	X(REASON_NAMELESS, "nameless", "from code without a symbol: a weak definition that lost to a strong one") \
	X(REASON_LABEL, "label", "to a label that is no function")                                                \
	X(REASON_ASSEMBLER, "assembler", "from code that no compiler made")                                       \
	X(REASON_INSERTED, "inserted", "inserted by the compiler (stack protector, sanitizer, libgcc)")           \
	X(REASON_INLINE_ASM, "inline-asm", "from inline assembler, to assembler")                                 \
	X(REASON_SILENT, "silent",                                                                                \
	  "from a function without any recorded site: folded with an identical one, or not optimised")            \
	X(REASON_UNRECORDED, "unrecorded",                                                                        \
	  "not recorded beside the other calls of the function: inline assembler, or made late")

#define ENUM_MEMBER(id, key, text) id,
enum branch_reason { BRANCH_REASONS(ENUM_MEMBER) BRANCH_REASON_COUNT };
#undef ENUM_MEMBER

const char *site_outcome_key(enum site_outcome outcome);
const char *site_outcome_text(enum site_outcome outcome);
const char *branch_reason_key(enum branch_reason reason);
const char *branch_reason_text(enum branch_reason reason);

/* A recorded call that was not plainly confirmed.  All but the texts of ends, which live with the store, is the
 * report's. */
struct site_finding {
	uint64_t address;
	const struct call_end *caller, *callee;
	const char *what; /* what the code does instead */
	enum site_outcome outcome;
};

/* A branch to a function's entry without an edge. */
struct branch_finding {
	uint64_t address;
	uint64_t target;
	const char *from, *to; /* symbols; `from` may be NULL */
	const char *section;
	uint8_t kind; /* enum branch_kind */
	enum branch_reason reason;
};

struct code_report {
	struct arena arena;
	const char *image, *object, *path, *build_id; /* `object`: "vmlinux" or a module */
	const char *unchecked; /* why nothing of it could be checked; NULL: it was, and the rest is set */
	uint64_t instructions, undecoded_bytes, branches; /* read in all */
	uint64_t sites[SITE_OUTCOME_COUNT];
	uint64_t direct_sites, tail_sites;
	uint64_t code_sites; /* known from the machine code only, and found there again; not among `sites` */
	uint64_t entries;    /* branches to a function's entry, loops to their own entry left out */
	uint64_t with_edge;  /* of these */
	uint64_t without[BRANCH_REASON_COUNT];
	VEC(struct site_finding) site_findings;	    /* contradicted ones and unchecked ones, by address */
	VEC(struct branch_finding) branch_findings; /* by reason, then by address */
};

/* What is held against what. */
struct code_question {
	const char *image, *object, *path; /* names; copied into the report */
	const void *bytes;		   /* of the file, or NULL: read `path` */
	size_t size_bytes;
	const struct recorded_calls *calls;
};

/*
 * Holds the recorded calls of an object, vmlinux or a module, against its machine
 * code; the file's build id must be the recorded one.
 */
struct error *validate_code(const struct code_question *question, struct code_report *report) MUST_CHECK;
/* The report of an object that could not be checked at all. */
void code_report_unread(const struct code_question *question, const char *why, struct code_report *report);
void code_report_fini(struct code_report *report);

uint64_t code_report_confirmed(const struct code_report *report);
uint64_t code_report_unchecked(const struct code_report *report);
uint64_t code_report_without_edge(const struct code_report *report);

/* The report for a reader; `all`: whole lists, else the first of each. */
void code_report_text(const struct code_report *report, bool all, FILE *out);
/* The reports of an image's modules together, and each of those that is not plainly right; `all`: each. */
void code_modules_text(const struct code_report *modules, size_t count, bool all, FILE *out);
/* The same for a script, always whole; `modules`: those of the same image, an array in the object; NULL: no such key.
 */
void code_report_json(const struct code_report *report, const struct code_report *modules, size_t count,
		      struct json_writer *json);

#endif
