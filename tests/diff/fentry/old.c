/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"
#include "kernel_btf.h"

HAS_KPROBES
HAS_KPROBE_MULTI
HAS_TRAMPOLINE
KEEP int traced(int x) { return x; }
KEEP int no_longer_in_btf(int x) { return x + 1; }
KEEP int newly_in_btf(int x) { return x + 2; }
KEEP int no_longer_traced(int x) { return x + 3; }
KEEP int newly_traced(int x) { return x + 4; }

SITES_BEGIN;
SITE(traced);
SITE(no_longer_in_btf);
SITE(newly_in_btf);
SITE(no_longer_traced);
SITES_END;
BLACKLIST_END;

BTF_BEGIN;
BTF_FUNC(traced);
BTF_FUNC(no_longer_in_btf);
BTF_FUNC(no_longer_traced);
BTF_FUNC(newly_traced);
BTF_END;
