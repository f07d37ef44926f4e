/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From offsets of DIEs to subprograms. */
#ifndef MODEL_LINK_OFFSETS_H
#define MODEL_LINK_OFFSETS_H

#include "model/link_state.h"

/* Where a DIE offset leads. */
struct sub_ref {
	uint32_t unit, sub; /* unit NO_INDEX: nowhere */
};

/* `unit`: where the offset was met; most lead nowhere else. */
struct sub_ref link_find_sub(const struct link *link, uint32_t unit, uint64_t offset);
const struct raw_sub *link_raw_sub(const struct link *link, struct sub_ref ref);

#endif
