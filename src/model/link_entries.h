/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Functions and instances under construction: finding them and adding them, which all stages do. */
#ifndef MODEL_LINK_ENTRIES_H
#define MODEL_LINK_ENTRIES_H

#include "model/link_state.h"

/* NO_INDEX if there is none of that name. */
uint32_t link_find_function(const struct link *link, str_id name);
uint32_t link_function(struct link *link, str_id name, enum language language);
uint32_t link_add_instance(struct link *link, uint32_t function, uint8_t flags);
/* The entry of an external name, made when it is first named. */
uint32_t link_external_instance(struct link *link, uint32_t function);
/*
 * The instance a site's caller is printed by: of the same function, in the
 * unit the site stands in.  An external inline function belongs to the first
 * unit that defined it, so its copies elsewhere need one that is only mentioned.
 */
uint32_t link_caller_in_unit(struct link *link, uint32_t unit, uint32_t instance);

#endif
