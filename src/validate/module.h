/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A module held against an image: what the steps share. */
#ifndef VALIDATE_MODULE_H
#define VALIDATE_MODULE_H

#include "atlas/facts.h"
#include "atlas/store.h"
#include "atlas/validation.h"
#include "dwarf/dwarf_image.h"
#include "image/elf_image.h"
#include "image/modinfo.h"

struct module_check {
	const struct validate_module *input;
	struct validation *validation;
	struct elf_image elf; /* the module */
	struct dwarf_image dwarf;
	bool has_dwarf;
	struct modinfo info;
	struct facts facts;  /* of the module alone */
	struct store *store; /* the atlas */
	struct arena arena;  /* of what the store reads */
	const struct image *image;
};

/* Every import is exported by the image, with the CRC the module was built with. */
struct error *check_imports(struct module_check *check) MUST_CHECK;
/* What the module declares and does not define has the image's prototype. */
struct error *check_prototypes(struct module_check *check) MUST_CHECK;
/* The structs of the family that both define have the same members at the same offsets. */
struct error *check_layouts(struct module_check *check) MUST_CHECK;
/* The module's calls of imports stand on what they call, in the atlas. */
struct error *check_callers(struct module_check *check) MUST_CHECK;
/* The module's own functions are what the lines of `path` state. */
struct error *check_expected(struct module_check *check, const char *path) MUST_CHECK;

/* Whether the module's symbol table imports `name`. */
bool module_imports(const struct module_check *check, const char *name);

#endif
