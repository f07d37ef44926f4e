// SPDX-License-Identifier: GPL-2.0-or-later
#include "keys.h"

#define NAME(name) #name,

static const char *const names[] = {TEMPLATE_KEYS(NAME)};

const struct template_names template_keys = {names, ARRAY_LEN(names)};
