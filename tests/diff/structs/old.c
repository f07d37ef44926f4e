/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

struct with_added { int a; int b; };
struct with_removed { int a; long b; char c; };
struct with_renamed { int a; unsigned int old_name; long c; };
struct with_other { int a; unsigned int before; long c; };
struct with_moved { int a; int b; struct { int inner; int second; } part; };
struct with_retyped { int a; long b; int c; };
struct with_const { char *name; int b; };
struct with_bits { unsigned int a : 3; unsigned int b : 5; };
struct with_align { int a; };
struct embedded { int one; };
struct holder { struct embedded embedded; int behind[15]; };
union with_choice { int a; long b; };
struct gone { int x; };
struct same { int a; struct same *next; };

struct with_added v1; struct with_removed v2; struct with_renamed v3; struct with_moved v4; struct with_retyped v5;
struct with_const v6; struct with_bits v7; struct with_align v8; struct holder v9; union with_choice v10; struct gone v11;
struct same v12; struct with_other v13;
KEEP int user(struct with_added *p) { return p->a; }
