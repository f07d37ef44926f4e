/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: report */
/*
 * What `diff` and `check` found, in one object, from which every report is
 * written: text, Markdown, JSON, SARIF, JUnit, GitHub annotations.
 *
 *	struct report report;
 *
 *	report_init(&report, "check", "deps.txt on 6 images");
 *	struct result *result = report_add(&report, OUTCOME_FINDING);
 *	result->rule = &rules[FUNCTION_REMOVED];
 *	...
 *	suppressions_apply(&suppressions, &report);
 *	TRY(report_write(&report, REPORT_TEXT, stdout));
 *	*status = report_status(&report, SEVERITY_ADDITION, false);
 *	report_fini(&report);
 */
#ifndef ATLAS_REPORT_H
#define ATLAS_REPORT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "atlas/error.h"
#include "atlas/mem.h"

/* Of a change; the words of --fail-on, of rules and of reports. */
enum severity {
	SEVERITY_ADDITION,     /* nothing that was there is gone: exit status 4 */
	SEVERITY_CHANGE,       /* different; what relied on it may still work: 4 */
	SEVERITY_INCOMPATIBLE, /* what relied on it breaks: 8 and 4 */
	SEVERITY_COUNT,
};

#define SEVERITY_NEVER SEVERITY_COUNT /* --fail-on none */

const char *severity_name(enum severity severity);
/* A word of --fail-on: none, addition, change, incompatible. */
struct error *severity_parse(const char *word, enum severity *severity) MUST_CHECK;

/* Static.  Ids are stable: scripts and suppressions hold them. */
struct rule {
	const char *id;	   /* kebab-case: "function-removed" */
	const char *title; /* "Function removed" */
	const char *help;  /* a sentence or two: what it means to who relies on the thing */
	enum severity severity;
};

enum outcome {
	OUTCOME_HOLDS,
	OUTCOME_FINDING,
	OUTCOME_UNKNOWN, /* the atlas does not know: never taken for either of the others */
	OUTCOME_COUNT,
};

/* One thing that was looked at.  Texts are borrowed: the report's arena is there for them. */
struct result {
	enum outcome outcome;
	const struct rule *rule; /* of a finding, else NULL */
	const char *kind;	 /* "function", "struct", "field", "export", "tracepoint", "kprobe" ...: one word */
	const char *subject;	 /* "mempool_alloc", "mempool_s.lock" */
	const char *image;	 /* the image it is about; NULL: the pair of a diff */
	const char *message;	 /* one line, without subject and image: "2 parameters became 3"; NULL: it holds */
	const char *detail;	 /* further lines; NULL: none */
	const char *consequence; /* "error", "missing invocation", "stray read"; NULL: none stated */
	const char *cell;	 /* a word or two for the matrix; NULL: the outcome's own */
	const char *file;	 /* the user's own file the thing stands in; NULL: none */
	uint32_t line;		 /* from 1; 0: the file as a whole */
	const char *suppressed;	 /* the reason; set by suppressions_apply() */
	bool known;		 /* the baseline has it: shown, and of no weight for the status */
};

struct report {
	struct arena arena;
	const char *verb;  /* "diff" or "check" */
	const char *title; /* one line */
	VEC(struct result) results;
	bool matrix;		   /* kind and subject down, images across: check */
	VEC(const char *) columns; /* of the matrix, in order */
	VEC(const char *) notes;   /* what else a reader must know, a line each */
	enum severity fail_on;	   /* findings below it fail no test (JUnit); what --fail-on says */
};

/* `verb` and `title` are copied. */
void report_init(struct report *report, const char *verb, const char *title);
void report_fini(struct report *report);
/* All fields but the outcome are zero.  The pointer is good until the next call. */
struct result *report_add(struct report *report, enum outcome outcome);
/* A finding of `rule` that has weight: neither suppressed nor known. */
bool result_counts(const struct result *result);
/*
 * What names a result over runs: "RULE KIND SUBJECT IMAGE", then a hash of the message where several share that.
 * Baselines and SARIF fingerprints hold it.  In `arena`.
 */
const char *result_key(const struct result *result, struct arena *arena);

/*
 * The mask of the conventions: 0, 4 (a change), or 12 (an incompatible one), from findings at or above
 * `fail_on`.  Where there are none but something is unknown: 1, unless `allow_unknown`.
 */
int report_status(const struct report *report, enum severity fail_on, bool allow_unknown);

enum report_format {
	REPORT_TEXT,
	REPORT_MARKDOWN,
	REPORT_JSON,   /* has "format": 1 */
	REPORT_SARIF,  /* 2.1.0 */
	REPORT_JUNIT,  /* a case for each result */
	REPORT_GITHUB, /* workflow commands: annotations */
	REPORT_FORMAT_COUNT,
};

struct error *report_write(const struct report *report, enum report_format format, FILE *file) MUST_CHECK;

/* What --report FORMAT[:FILE] asked for; `{0}` is none.  Texts are borrowed from the command line. */
struct report_request {
	enum report_format format;
	const char *path; /* NULL: standard output, in place of the text */
};

struct report_requests {
	VEC(struct report_request) items;
};

/* Two to standard output are a usage error. */
struct error *report_request_add(struct report_requests *requests, const char *text) MUST_CHECK;
void report_requests_fini(struct report_requests *requests);
/*
 * Writes all of them: files by a temporary one and rename, so none is ever half written; then, on standard output, the
 * one that was asked for there, else the text unless `quiet`.
 */
struct error *report_write_all(const struct report *report, const struct report_requests *requests,
			       bool quiet) MUST_CHECK;

/*
 * Suppressions: an INI file.
 *
 *	[suppress]
 *	name = balloon_* mempool_*     ; globs of subjects; needed
 *	change = function-removed      ; globs of rule ids, default: any
 *	image = *-armhf                ; globs of images, default: any
 *	reason = the driver has a fallback        ; needed
 *	expires = 2027-01-31           ; the last day it holds, default: never
 */
struct suppression;

struct suppressions {
	struct arena arena;
	const char *path;
	VEC(struct suppression *) items;
};

/* An expired one is an error that names file and line; `today` is days since 1970-01-01. */
struct error *suppressions_read(const char *path, int64_t today, struct suppressions *suppressions) MUST_CHECK;
void suppressions_fini(struct suppressions *suppressions);
/* Marks what is suppressed. */
void suppressions_apply(struct suppressions *suppressions, struct report *report);
/* One that matched nothing is an error, which names all of them by line; for after the reports. */
struct error *suppressions_unused(const struct suppressions *suppressions) MUST_CHECK;
/* By SOURCE_DATE_EPOCH if it is set, else by the clock (UTC). */
int64_t suppressions_today(void);

#endif
