/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

typedef unsigned int u32;
typedef u32 flags_t;
typedef flags_t size_code;
typedef unsigned long length_t;

struct by_name { flags_t flags; int rest; };
KEEP int takes(flags_t flags) { return flags; }
KEEP flags_t gives(int n) { return n; }
struct by_meaning { length_t length; int rest; };
KEEP int measures(length_t length) { return length; }
struct by_name v1; struct by_meaning v2; size_code v3; length_t v4; flags_t v5;
