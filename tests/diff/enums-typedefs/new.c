/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

enum mode { MODE_A, MODE_C = 2, MODE_D };
enum shifted { SHIFT_FIRST, SHIFT_NEW, SHIFT_LAST, SHIFT_MAX };
typedef unsigned long flags_t;
typedef struct { long counter; } count_t;
union becomes_union { int a; long b; };
struct becomes_known { int x; };
struct becomes_opaque;

enum mode e1; enum shifted e2; flags_t e3; count_t e4; union becomes_union e5; struct becomes_known *e6;
struct becomes_opaque *e7;
KEEP int user(int x) { return x; }
