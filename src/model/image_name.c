// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/image_name.h"

#include <stdlib.h>

#include "atlas/str.h"

void image_name_fini(struct image_name *name)
{
	free(name->version);
	free(name->revision);
	free(name->flavor);
	free(name->arch);
	free(name->label);
	free(name->release);
	free(name->banner);
	free(name->build_id);
	free(name->producer);
	free(name->scope);
	*name = (struct image_name){0};
}

char *image_name_text(const struct image_name *name)
{
	struct str text = {0};

	str_add(&text, name->version ? name->version : "unknown");
	if (name->revision)
		str_addf(&text, "-%s", name->revision);
	str_addf(&text, "-%s", name->flavor ? name->flavor : "unknown");
	str_addf(&text, "-%s", name->arch ? name->arch : "unknown");
	if (name->label)
		str_addf(&text, "+%s", name->label);
	return str_take(&text);
}

const char *evidence_text(enum evidence evidence)
{
	switch (evidence) {
	case EVIDENCE_DWARF:
		return "dwarf";
	case EVIDENCE_SYMBOLS:
		return "symbols";
	case EVIDENCE_IMPORTED:
		return "imported";
	}
	return "unknown";
}
