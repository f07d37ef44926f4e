/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

KEEP int stays(int x) { return x; }
