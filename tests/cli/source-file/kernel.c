// SPDX-License-Identifier: GPL-2.0-or-later
/* int commented_out(void) { return 0; } and a function Copyright (C) 2026 { nobody } */
#include <linux/module.h>
#include "local.h"
#ifdef CONFIG_EXTRA
#include <linux/extra.h>
#endif
#include TRACE_FILE

#define DEFAULT_SYMBOL_NAMESPACE "OURS"
#define MAKES_NOTHING(x) \
	int not_a_function(void) { return x; }

struct ring;
struct ring {
	DECLARE_BITMAP(bits, 64);
	struct list_head *head __rcu;
	struct { int a; } inner;
	int (*call)(struct ring *, int);
} __packed __aligned(8);

union both { int a; long b; };
enum colour { RED, GREEN = 2, MACRO_BLUE(7) };
typedef struct ring ring_t;
typedef int (*hook_fn)(struct ring *ring);

static DEFINE_SPINLOCK(ring_lock);
static LIST_HEAD(rings)

static struct ring * __must_check
ring_find(struct ring *head, int key) __acquires(&ring_lock)
{
	struct ring *ring;

	list_for_each_entry (ring, &head->list, list) {
		if (container_of(ring->x, struct ring, inner)->a == key)
			return ring;
	}
	hlist_for_each_entry_rcu(ring, &head->list, list)
		touch_ring(ring);
	pr_info(KERN_INFO "nothing " PREFIX "%d\n", key);
	asm volatile("nop" : "=r" (key) : "r" (key) : "memory");
	return NULL;
}

#ifdef CONFIG_RINGS
void (*ring_hook(int which))(int)
{
#ifdef CONFIG_DEEP
	if (which > 2) {
#else
	if (which) {
#endif
		deep_call(which);
	}
	return 0;
}
#elif defined(CONFIG_OTHER) || defined(MODULE)
int ring_other(void) { return kmalloc(sizeof(struct ring), GFP_KERNEL) != NULL; }
#else
static inline int ring_none(void) { return 0; }
#endif

#if 0
int never(void) { return 0; }
#endif

#ifdef CONFIG_TWO_HEADS
int two_heads(int a)
#else
int two_heads(void)
#endif
{
	return 1;
}

SYSCALL_DEFINE3(ring, unsigned int, fd, char __user *, buf, size_t, count)
{
	return copy_to_user(buf, &fd, count);
}

BPF_CALL_2(bpf_ring, u64, a, u64, b)
{
	return a + b;
}

int FNAME(walk)(struct ring *ring)
{
	return 0;
}

asmlinkage __visible noinline void __init unknown_mark start_ring(void) { }

static const struct file_operations ring_fops = {
	.owner = THIS_MODULE,
	.open = ring_open,
	.release = ring_release,
	.nested = { .read = (read_fn)ring_read, },
};
static struct settings defaults = { .name = ring_name, .find = ring_find };

static int __init ring_init(void)
{
	return 0;
}
late_initcall_sync(ring_init);
module_platform_driver(ring_driver);
module_exit(ring_exit)
EXPORT_SYMBOL(ring_hook);
EXPORT_SYMBOL_GPL(start_ring)
EXPORT_SYMBOL_NS_GPL(ring_other, "THEIRS");
EXPORT_SYMBOL_NS(ring_none, BARE);
EXPORT_SYMBOL_FOR_MODULES(ring_find, "kvm,vfio");
EXPORT_STATIC_CALL_GPL(ring_key);
EXPORT_PER_CPU_SYMBOL(ring_count);
MODULE_LICENSE("GPL");
MODULE_AUTHOR("One (of many)");
static _bsc0(char *, getserialnum)
static _bsc1(unsigned char *, gethwaddr, int, a)
int after_macros(void)
{
	return 0;
}
static inline void run_one(struct ring *ring)
	EXCLUSIVE_LOCKS_REQUIRED(ring->mutex)
{
	switch (ring->a) {
	case 1 ... 3:
		LIBBPF_OPTS(opts, name, .x = first(1));
	}
}
static inline struct iter {
	int a;
} iter_of(struct ring *ring) { return (struct iter){ .a = 1 }; }
FIXTURE_VARIANT_ADD(tls, aes) {
	.version = 3,
};
