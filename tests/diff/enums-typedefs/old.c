/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

enum mode { MODE_A, MODE_B, MODE_C };
enum shifted { SHIFT_FIRST, SHIFT_LAST, SHIFT_MAX };
typedef unsigned int flags_t;
typedef struct { int counter; } count_t;
struct becomes_union { int a; long b; };
struct becomes_known;
struct becomes_opaque { int x; };

enum mode e1; enum shifted e2; flags_t e3; count_t e4; struct becomes_union e5; struct becomes_known *e6;
struct becomes_opaque e7;
KEEP int user(int x) { return x; }
