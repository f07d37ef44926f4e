/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

HAS_KPROBES
KEEP int traced(int x) { return x; }
KEEP int no_longer_traced(int x) { return x + 1; }
KEEP int newly_traced(int x) { return x + 2; }
KEEP int blacklisted(int x) { return x + 3; }
static __attribute__((noinline)) int becomes_inlined(int x) { return x * 5; }
KEEP int caller(int x) { return becomes_inlined(x); }

SITES_BEGIN;
SITE(traced);
SITE(no_longer_traced);
SITE(blacklisted);
SITE(caller);
SITE(becomes_inlined);
SITES_END;
BLACKLIST_END;
