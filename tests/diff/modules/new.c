/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

KEEP int becomes_builtin(int x) { return x + 3; }
KEEP int stays(int x) { return x; }
