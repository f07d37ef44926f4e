/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

KEEP int goes_away(int x) { return x + 1; }
KEEP int becomes_modular(int x) { return x + 2; }
KEEP int stays(int x) { return x; }
