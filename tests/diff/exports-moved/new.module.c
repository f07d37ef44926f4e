/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"
#include "kernel_module.h"

KEEP int into_module(int x) { return x + 3; }
EXPORT(into_module, "_gpl", "", 0x14);
