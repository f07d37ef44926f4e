/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An eBPF object being read. */
#ifndef CHECK_BPF_H
#define CHECK_BPF_H

#include "check/dependency.h"
#include "image/bpf_object.h"

struct bpf_reading {
	const char *path;
	struct bpf_object object;
	struct dependencies *dependencies;
};

/* The source line of an instruction; the object's own path where none is known. */
void bpf_place(const struct bpf_reading *reading, const char *section, uint64_t offset, const char **file,
	       uint32_t *line);
/* bpf_sections.c: what the programs attach to. */
void bpf_read_programs(struct bpf_reading *reading);
/* bpf_core.c: what the relocations ask of types. */
struct error *bpf_read_core(struct bpf_reading *reading) MUST_CHECK;

#endif
