/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"
#include "kernel_module.h"

KEEP int becomes_modular(int x) { return x + 2; }
KEEP int of_module(int x) { return x; }
KEEP static int joins_module(int x) { return x + 6; }
