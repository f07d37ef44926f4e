// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/demangle.h"

#include <libiberty/demangle.h>

char *demangle_rust(const char *name)
{
	return rust_demangle(name, 0);
}
