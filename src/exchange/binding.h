/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ELF symbol bindings as the stream spells them: without STB_, or the number of one that has no name. */
#ifndef EXCHANGE_BINDING_H
#define EXCHANGE_BINDING_H

#include <stdbool.h>
#include <stdint.h>

/* NULL for a binding without a name. */
const char *binding_text(uint8_t binding);
bool binding_of_text(const char *text, uint8_t *ret);

#endif
