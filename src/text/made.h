/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Instructions of a linked image that make addresses of its code. */
#ifndef TEXT_MADE_H
#define TEXT_MADE_H

#include "image/words.h"
#include "text/text.h"

struct made_addresses {
	struct code_addresses state;
	uint64_t low, high; /* where code is */
	struct words got;   /* the linker's table of addresses */
};

struct error *made_addresses_open(const struct text *text, struct made_addresses *made) MUST_CHECK;
void made_addresses_close(struct made_addresses *made);

/* The next instruction of a section. */
void made_addresses_add(struct made_addresses *made, struct text *text, const struct section *section,
			const struct text_branch *instruction);

#endif
