/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From a file of the user to dependencies. */
#ifndef CHECK_READ_H
#define CHECK_READ_H

#include "check/dependency.h"

/* By content: a list, a module, an eBPF object, or a program with eBPF objects in it. */
struct error *dependencies_read(const char *path, struct dependencies *dependencies) MUST_CHECK;

/* The readers behind it.  `bytes` are borrowed until the end of the call; `path` outlives the dependencies. */
struct error *list_read(const char *path, const char *text, size_t length,
			struct dependencies *dependencies) MUST_CHECK;
struct error *module_read(const char *path, const void *bytes, size_t size_bytes,
			  struct dependencies *dependencies) MUST_CHECK;
/* The structs a module with DWARF uses, as it was built with them (module_types.c). */
struct error *module_types_read(const char *path, const void *bytes, size_t size_bytes,
				struct dependencies *dependencies) MUST_CHECK;
struct error *bpf_read(const char *path, const void *bytes, size_t size_bytes,
		       struct dependencies *dependencies) MUST_CHECK;

#endif
