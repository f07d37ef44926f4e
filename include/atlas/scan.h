/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From a vmlinux to facts. */
#ifndef ATLAS_SCAN_H
#define ATLAS_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "atlas/debug_file.h"
#include "atlas/decoder.h"
#include "atlas/error.h"
#include "atlas/facts.h"
#include "atlas/package.h"
#include "atlas/str.h"

struct kernel_btf;

struct scan_options {
	struct globs names; /* empty: every function */
	/* Overrides of what the image says of itself; NULL: none. */
	const char *version, *revision, *flavor, *arch, *label;
	enum decoder decoder;
	struct debug_file_options debug_files; /* where DWARF is looked for that is not in the file itself */
	int jobs;			       /* threads over the units of one image, at least 1 */
	const struct kernel_btf *kernel_btf;   /* of a module's kernel; NULL: the module's BTF is not read */
};

/* Reads the image at `path` into `facts` (initialised by the caller).  `warnings`: lines, empty if none. */
struct error *scan_vmlinux(const char *path, const struct scan_options *options, struct facts *facts,
			   struct str *warnings) MUST_CHECK;
/*
 * The same from memory, of which parts that nobody reads are given back; `path` is
 * what messages and the atlas call it.
 */
struct error *scan_vmlinux_memory(const char *path, struct package_bytes *bytes, const struct scan_options *options,
				  struct facts *facts, struct str *warnings) MUST_CHECK;

/* The BTF of a vmlinux, for its modules; NULL if it has none that can be read. */
struct kernel_btf *kernel_btf_read(const char *path, const void *bytes, size_t size_bytes);
void kernel_btf_free(struct kernel_btf *btf);

/*
 * One module into facts with one object.  `facts->image` gets what the module
 * says of the kernel it belongs to: `release` (NULL if it does not say) and
 * `arch`.  `bytes` NULL: read the file at `path`.
 */
struct error *scan_module(const char *path, const void *bytes, size_t size_bytes, const struct scan_options *options,
			  struct facts *facts) MUST_CHECK;

/* Where many modules come from, one after the other.  Calls are never concurrent. */
struct module_input {
	const char *path; /* in the package or on disk */
	void *bytes;	  /* the module's bytes, or NULL: read `path` */
	size_t size_bytes;
	struct error *err;		     /* it could not be read; owned by who delivers */
	const struct kernel_btf *kernel_btf; /* of its kernel; NULL: not known */
	void *owner;			     /* the stream's own */
};

struct module_stream {
	void *context;
	/* The next module; `have` false at the end.  An error ends the whole run. */
	struct error *(*next)(void *context, struct module_input *input, bool *have);
	/* In the order of next(): facts of one module, or why there are none (then `facts` is NULL).  Owns `err`. */
	struct error *(*deliver)(void *context, const struct module_input *input, struct facts *facts,
				 struct error *err);
	/* Gives `input` back; may be called from any thread. */
	void (*release)(void *context, struct module_input *input);
};

/* Reads all modules of a stream with `options->jobs` threads. */
struct error *scan_modules(const struct module_stream *stream, const struct scan_options *options) MUST_CHECK;

/* What an ELF file on disk is, by its header alone. */
enum elf_kind { ELF_KIND_OTHER, ELF_KIND_LINKED, ELF_KIND_MODULE };
enum elf_kind scan_elf_kind(const void *head, size_t length);

#endif
