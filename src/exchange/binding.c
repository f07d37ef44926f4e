// SPDX-License-Identifier: GPL-2.0-or-later
#include "binding.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "atlas/mem.h"

/* st_info gives the binding four bits. */
#define BINDING_MAX 15

static const struct {
	const char *text;
	uint8_t binding;
} names[] = {
	{"LOCAL", STB_LOCAL},
	{"GLOBAL", STB_GLOBAL},
	{"WEAK", STB_WEAK},
	{"GNU_UNIQUE", STB_GNU_UNIQUE},
};

const char *binding_text(uint8_t binding)
{
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (names[i].binding == binding)
			return names[i].text;
	return NULL;
}

bool binding_of_text(const char *text, uint8_t *ret)
{
	char *end;

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (strcmp(names[i].text, text) == 0) {
			*ret = names[i].binding;
			return true;
		}
	}
	if (*text < '0' || *text > '9')
		return false;
	unsigned long number = strtoul(text, &end, 10);

	if (*end || number > BINDING_MAX)
		return false;
	*ret = (uint8_t)number;
	return true;
}
