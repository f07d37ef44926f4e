/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_LINK_PROTOTYPES_H
#define MODEL_LINK_PROTOTYPES_H

#include "model/link_state.h"

/* Its index in the facts; it is added if they have none like it. */
uint32_t link_prototype(struct link *link, const struct raw_prototype *raw);

#endif
