/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"
#include "kernel_module.h"

KEEP int out_of_module(int x) { return x + 4; }
EXPORT(out_of_module, "", "", 0x15);
