/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

/* Nothing in the image defines them: a weak reference is null. */
extern int declared(int x) __attribute__((weak));
extern int newly_declared(int x) __attribute__((weak));
extern int becomes_declared(int x) __attribute__((weak));
KEEP int becomes_defined(int x) { return x + 3; }
KEEP int caller(int x) { return declared(x) + newly_declared(x) + becomes_defined(x) + becomes_declared(x); }
