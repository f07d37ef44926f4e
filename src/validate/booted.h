/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A booted kernel's own words against an image: what the steps share. */
#ifndef VALIDATE_BOOTED_H
#define VALIDATE_BOOTED_H

#include "atlas/attach.h"
#include "atlas/intern.h"
#include "atlas/store.h"
#include "atlas/validation.h"
#include "image/labels.h"
#include "image/probe_tables.h"

#define NO_VERDICTS "the atlas has no verdicts on probes for this image"

/* A function symbol of vmlinux, and what the atlas says of probes on it. */
struct booted_symbol {
	str_id name;
	uint64_t address; /* the atlas's */
	enum verdict ftrace, kprobe, fentry;
	const char *reason; /* NULL: none */
};

struct booted_check {
	const struct validate_booted *input;
	struct validation *validation;
	struct store *store;
	struct arena arena;
	const struct image *image;
	struct intern names;
	VEC(struct booted_symbol) symbols; /* ascending names' ids */
	bool has_verdicts;		   /* the atlas has @attach */
	uint64_t slide;			   /* running address - the atlas's; by check_kallsyms() */
	bool slide_known;
	/* The image's own vmlinux, read again; nothing of it without `has_vmlinux`. */
	struct elf_image vmlinux;
	struct probe_tables tables;
	struct labels labels;
	bool has_vmlinux;
	bool places_agree; /* the tracer's lines are the image's places; by check_places() */
};

/* Lines of DIR/`name`, each without its newline; one that is missing is said in `group` as not checked. */
struct error *booted_lines(struct booted_check *check, const char *name, enum check_group group,
			   struct error *(*each)(void *context, char *line), void *context, bool *there) MUST_CHECK;
/* Those the atlas has, into `symbols`. */
struct error *booted_symbols_read(struct booted_check *check) MUST_CHECK;
/* The symbols of a name: `*first`, and the count returned. */
size_t booted_symbols(const struct booted_check *check, const char *name, const struct booted_symbol **first);

/* Opens the vmlinux the image was read from; that it cannot be is said as not checked. */
void booted_vmlinux_open(struct booted_check *check);
void booted_vmlinux_close(struct booted_check *check);

struct error *check_kallsyms(struct booted_check *check) MUST_CHECK;
/* Each line of the tracer against the place of the image's table that it stands for. */
struct error *check_places(struct booted_check *check) MUST_CHECK;
struct error *check_ftrace(struct booted_check *check) MUST_CHECK;
struct error *check_blacklist(struct booted_check *check) MUST_CHECK;
/* The kernel's own BTF against the image's, the verdicts made from it, and prototypes. */
struct error *check_btf(struct booted_check *check) MUST_CHECK;
struct error *check_kprobes(struct booted_check *check) MUST_CHECK;
/* The stacks of calls the module made: each frame is called by the next. */
struct error *check_stacks(struct booted_check *check) MUST_CHECK;

#endif
