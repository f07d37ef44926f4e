/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"
#include "kernel_module.h"

KEEP int becomes_builtin(int x) { return x + 3; }
KEEP int of_module(int x) { return x; }
KEEP static int leaves_module(int x) { return x + 5; }
