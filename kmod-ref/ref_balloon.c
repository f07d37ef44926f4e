// SPDX-License-Identifier: GPL-2.0-or-later
/* The balloon API, where this kernel has it. */
#include <linux/mm.h>
#include <linux/version.h>
#if LINUX_VERSION_CODE >= KERNEL_VERSION(7, 0, 0)
#include <linux/balloon.h>
#else
#include <linux/balloon_compaction.h>
#endif

#include "ref.h"

#ifdef CONFIG_MEMORY_BALLOON
static struct balloon_dev_info ref_balloon;

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 0, 0) && defined(CONFIG_BALLOON_COMPACTION)
/* Pages of a balloon belong to a mapping until 6.0; nothing is ever read through it. */
static struct inode ref_inode;

static void ref_balloon_mapping(void)
{
	ref_inode.i_mapping = &ref_inode.i_data;
	ref_inode.i_data.a_ops = &balloon_aops;
	ref_balloon.inode = &ref_inode;
}
#else
static void ref_balloon_mapping(void)
{
}
#endif

static noinline struct page *ref_balloon_page(void)
{
	struct page *page = balloon_page_alloc();

	REF_CHECK(page);
	return page;
}

static noinline void ref_balloon_one(void)
{
	struct page *page = ref_balloon_page();

	if (!page)
		return;
	balloon_page_enqueue(&ref_balloon, page);
	page = balloon_page_dequeue(&ref_balloon);
	REF_CHECK(page);
	if (page)
		put_page(page);
}

static noinline void ref_balloon_list(void)
{
	struct page *page, *next;
	LIST_HEAD(pages);
	unsigned int i;

	for (i = 0; i < 2; i++) {
		page = ref_balloon_page();
		if (page)
			list_add(&page->lru, &pages);
	}
	REF_CHECK(balloon_page_list_enqueue(&ref_balloon, &pages) == 2);
	REF_CHECK(list_empty(&pages));
	REF_CHECK(balloon_page_list_dequeue(&ref_balloon, &pages, 2) == 2);
	list_for_each_entry_safe(page, next, &pages, lru) {
		list_del(&page->lru);
		put_page(page);
	}
}

void ref_balloon_run(void)
{
	balloon_devinfo_init(&ref_balloon);
	ref_balloon_mapping();
	ref_balloon_one();
	ref_balloon_list();
	REF_CHECK(list_empty(&ref_balloon.pages));
}
#else
void ref_balloon_run(void)
{
	pr_info("atlasgen_ref: this kernel has no balloon\n");
}
#endif
