// SPDX-License-Identifier: GPL-2.0-or-later
/* An eBPF object as dependencies: attach points, CO-RE relocations, kernel functions it calls. */
#include "check/bpf.h"

#include "atlas/str.h"
#include "check/read.h"

/* Functions of the kernel that the object calls by name (kfuncs). */
static void read_externs(struct bpf_reading *reading)
{
	struct dependencies *dependencies = reading->dependencies;

	for (size_t i = 0; i < reading->object.externs.count; i++) {
		const struct bpf_extern *symbol = &reading->object.externs.items[i];

		if (!str_eq(symbol->section, ".ksyms"))
			continue;
		if (!symbol->function) {
			vec_add(&dependencies->notes, arena_printf(&dependencies->arena,
								   "%s: kernel variable %s (__ksym): not checked, the "
								   "atlas has functions and types",
								   reading->path, symbol->name));
			continue;
		}
		struct dependency *made = dependency_add(dependencies, DEP_KFUNC, symbol->name, reading->path, 0);

		made->optional = symbol->weak;
		made->why = symbol->weak ? "__weak" : NULL;
	}
}

static struct error *read_object(struct bpf_reading *reading)
{
	bpf_read_programs(reading);
	read_externs(reading);
	return bpf_read_core(reading);
}

struct error *bpf_read(const char *path, const void *bytes, size_t size_bytes, struct dependencies *dependencies)
{
	struct bpf_reading reading = {.path = path, .dependencies = dependencies};
	struct elf_image image;

	TRY(elf_image_open_bpf(path, bytes, size_bytes, &image));
	struct error *err = bpf_object_open(&image, &reading.object);

	if (!err) {
		err = read_object(&reading);
		bpf_object_close(&reading.object);
	}
	elf_image_close(&image);
	return err;
}
