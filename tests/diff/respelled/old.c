/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

typedef unsigned int u32;
typedef u32 flags_t;
typedef unsigned int size_code;
typedef unsigned int length_t;

/* The same by another name. */
struct by_name { unsigned int flags; int rest; };
KEEP int takes(unsigned int flags) { return flags; }
KEEP unsigned int gives(int n) { return n; }
/* The name is the same and stands for something else; or another name does. */
struct by_meaning { u32 length; int rest; };
KEEP int measures(u32 length) { return length; }
struct by_name v1; struct by_meaning v2; size_code v3; length_t v4; flags_t v5;
