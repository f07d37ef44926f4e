/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

struct with_added { int a; int b; int c; };
struct with_removed { int a; char c; };
struct with_renamed { int a; unsigned int new_name; long c; };
/* The same type at the same place, but a further member stands between it and its neighbour. */
struct with_other { int a; unsigned int after; char more; long c; };
struct with_moved { long first; int a; int b; struct { int inner; long second; } part; };
struct with_retyped { int a; unsigned long b; short c; };
struct with_const { const char *name; int b; };
struct with_bits { unsigned int a : 4; unsigned int b : 4; };
struct with_align { int a; } __attribute__((aligned(64)));
struct embedded { int one; int two; };
struct holder { struct embedded embedded; int behind[14]; };
union with_choice { int a; long b; char c[16]; };
struct brand_new { int x; };
struct same { int a; struct same *next; };

struct with_added v1; struct with_removed v2; struct with_renamed v3; struct with_moved v4; struct with_retyped v5;
struct with_const v6; struct with_bits v7; struct with_align v8; struct holder v9; union with_choice v10; struct brand_new v11;
struct same v12; struct with_other v13;
KEEP int user(struct with_added *p) { return p->a; }
