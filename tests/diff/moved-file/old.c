/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

KEEP int to_second(int x) { return x * 3; }
KEEP int stays(int x) { return x; }
