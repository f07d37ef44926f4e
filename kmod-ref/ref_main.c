// SPDX-License-Identifier: GPL-2.0-or-later
/* The reference module: does its work once, when it is loaded. */
#include <linux/init.h>
#include <linux/module.h>

#include "ref.h"

static unsigned int checks, failures;

void ref_check(bool holds, const char *what)
{
	checks++;
	if (holds)
		return;
	failures++;
	pr_err("atlasgen_ref: check failed: %s\n", what);
}

static int __init ref_init(void)
{
	ref_pools_run();
	ref_balloon_run();
	ref_shapes_run();
	if (failures) {
		pr_err("atlasgen_ref: %u of %u checks failed\n", failures, checks);
		return -EINVAL;
	}
	pr_info("atlasgen_ref: %u checks passed\n", checks);
	return 0;
}

static void __exit ref_exit(void)
{
	pr_info("atlasgen_ref: unloaded\n");
}

module_init(ref_init);
module_exit(ref_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("What atlasgen must find in a module that uses mempools and balloons");
