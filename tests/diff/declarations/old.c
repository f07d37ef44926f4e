/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

/* Nothing in the image defines them: a weak reference is null. */
extern int declared(int x) __attribute__((weak));
extern int no_longer_declared(int x) __attribute__((weak));
extern int becomes_defined(int x) __attribute__((weak));
KEEP int becomes_declared(int x) { return x + 3; }
KEEP int caller(int x) { return declared(x) + no_longer_declared(x) + becomes_defined(x) + becomes_declared(x); }
