/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: validate */
/*
 * Validation: a list of checks, each passed, failed, or not checked, of what the
 * atlas says of an image against something else that knows: the reference
 * module, or the booted kernel.
 */
#ifndef ATLAS_VALIDATION_H
#define ATLAS_VALIDATION_H

#include <stdbool.h>
#include <stdio.h>

#include "atlas/error.h"
#include "atlas/mem.h"
#include "atlas/store.h"

/* What a check is about: key for scripts, words for a reader. */
#define CHECK_GROUPS(X)                                                                 \
	X(GROUP_KERNEL, "kernel", "belongs to this image's kernel")                     \
	X(GROUP_EXPORT, "export", "imports are exported by the image")                  \
	X(GROUP_CRC, "crc", "imports have the image's CRC")                             \
	X(GROUP_PROTOTYPE, "prototype", "declarations are the image's prototypes")      \
	X(GROUP_LAYOUT, "layout", "structs have the image's layout")                    \
	X(GROUP_CALLER, "caller", "calls stand on the pages of what they call")         \
	X(GROUP_EXPECTED, "expected", "what is stated by construction")                 \
	X(GROUP_KALLSYMS, "kallsyms", "function symbols are where the atlas has them")  \
	X(GROUP_FTRACE, "ftrace", "what the tracer offers")                             \
	X(GROUP_PLACE, "place", "lines of the tracer are the image's places, in order") \
	X(GROUP_BLACKLIST, "blacklist", "what no kprobe is allowed in")                 \
	X(GROUP_FORBIDDEN, "forbidden", "what the image forbids is on that list")       \
	X(GROUP_KPROBE, "kprobe", "kprobes that register")                              \
	X(GROUP_BTF, "btf", "functions of the running BTF are those of the image")      \
	X(GROUP_FENTRY, "fentry", "verdicts say what the running BTF has")              \
	X(GROUP_STACK, "stack", "stacks of the module are paths in the atlas")

#define ENUM_MEMBER(id, key, text) id,
enum check_group { CHECK_GROUPS(ENUM_MEMBER) CHECK_GROUP_COUNT };
#undef ENUM_MEMBER

enum check_result {
	CHECK_PASSED,
	CHECK_FAILED,	 /* the atlas is contradicted */
	CHECK_UNCHECKED, /* nothing to hold it against; `text` says why */
	CHECK_RESULT_COUNT,
};

/* Texts live in the validation's arena. */
struct check {
	enum check_group group;
	enum check_result result;
	const char *subject; /* a function, a struct, "caller -> callee" */
	const char *text;    /* NULL: there is no more to say */
};

struct validation {
	struct arena arena;
	const char *against; /* "module atlasgen_ref.ko": what the image is held against */
	const char *image;
	VEC(struct check) checks; /* by group, in the order they were made */
	size_t counts[CHECK_GROUP_COUNT][CHECK_RESULT_COUNT];
};

void validation_init(struct validation *validation);
void validation_fini(struct validation *validation);
void validation_add(struct validation *validation, enum check_group group, enum check_result result,
		    const char *subject, const char *fmt, ...) PRINTF_LIKE(5, 6);
size_t validation_count(const struct validation *validation, enum check_result result);

enum validation_format { VALIDATION_TEXT, VALIDATION_MARKDOWN, VALIDATION_JSON };
/* JSON has every check; the others have those that did not pass, and all of them with `all`. */
struct error *validation_print(const struct validation *validation, enum validation_format format, bool all,
			       FILE *out) MUST_CHECK;

struct validate_module {
	const char *atlas;    /* its path */
	const char *module;   /* the .ko */
	const char *image;    /* name or glob */
	const char *expected; /* NULL: expected.jsonl beside the module */
	const char *vmlinux;  /* NULL: where the atlas read the image from */
};

/* Holds the image against a module.  The atlas stays as it was. */
struct error *validate_module(const struct validate_module *input, struct validation *validation) MUST_CHECK;

struct validate_booted {
	const char *atlas;
	const char *directory; /* what kmod-ref/boot.sh saved */
	const char *image;     /* name or glob */
	const char *vmlinux;   /* NULL: where the atlas read the image from */
};

/* Holds the image against what the booted kernel said. */
struct error *validate_booted(const struct validate_booted *input, struct validation *validation) MUST_CHECK;

#endif
