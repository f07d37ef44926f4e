/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

/* No BTF and no kprobe.multi: told of the kernel, not of each function. */
HAS_KPROBES
HAS_TRAMPOLINE
KEEP int traced(int x) { return x; }
KEEP int blacklisted(int x) { return x + 1; }

SITES_BEGIN;
SITE(traced);
SITE(blacklisted);
SITES_END;
BLACKLIST(blacklisted);
BLACKLIST_END;
