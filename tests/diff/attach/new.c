/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

HAS_KPROBES
HAS_KPROBE_MULTI
KEEP int traced(int x) { return x; }
KEEP int no_longer_traced(int x) { return x + 1; }
KEEP int newly_traced(int x) { return x + 2; }
KEEP int blacklisted(int x) { return x + 3; }
static inline __attribute__((always_inline)) int becomes_inlined(int x) { return x * 5; }
KEEP int caller(int x) { return becomes_inlined(x); }

SITES_BEGIN;
SITE(traced);
SITE(newly_traced);
SITE(blacklisted);
SITE(caller);
SITES_END;
BLACKLIST(blacklisted);
BLACKLIST_END;
