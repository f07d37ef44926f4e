/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"
#include "kernel_btf.h"

HAS_KPROBES
HAS_KPROBE_MULTI
HAS_TRAMPOLINE
KEEP int traced(int x) { return x; }
KEEP int blacklisted(int x) { return x + 1; }

SITES_BEGIN;
SITE(traced);
SITE(blacklisted);
SITES_END;
BLACKLIST_END;

BTF_BEGIN;
BTF_FUNC(traced);
BTF_FUNC(blacklisted);
BTF_END;
