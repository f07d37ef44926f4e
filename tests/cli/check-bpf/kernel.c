// SPDX-License-Identifier: GPL-2.0-or-later
/* What the programs of prog.c look for, as two kernels have it. */
#define KEEP __attribute__((noinline, noclone, used))

const char linux_banner[] = BANNER;
volatile int sink;

enum pool_mode {
	POOL_LAZY,
#ifdef NEXT
	POOL_GREEDY,
#endif
	POOL_EAGER
};

struct pool {
#ifdef NEXT
	long flags;
	long count;
	int data;
	struct {
		int min;
	};
#else
	int size;
	int limit;
	void *data;
	int min;
	void *gone;
#endif
	enum pool_mode mode;
	int table[4];
};

#define FUNCTION(name, ...)        \
	KEEP int name(__VA_ARGS__) \
	{                          \
		return ++sink;     \
	}
FUNCTION(register_kprobe, void)
FUNCTION(pool_trace, struct pool *pool)
FUNCTION(pool_walk, struct pool *pool)
FUNCTION(pool_check, struct pool *pool)
FUNCTION(pool_create, struct pool *pool)
FUNCTION(pool_size, struct pool *pool)
#line 100 "include/trace/events/sched.h"
FUNCTION(__traceiter_sched_switch, void *data, struct pool *pool)
#line 50 "kernel.c"
FUNCTION(bpf_lsm_file_open, struct pool *pool)

__asm__(".section .init.data, \"a\"\n.balign 8\n.globl __start_mcount_loc\n__start_mcount_loc:\n"
	".quad pool_trace, pool_walk, pool_check, pool_create\n.globl __stop_mcount_loc\n__stop_mcount_loc:\n.text\n");

void start(void)
{
	static struct pool pool;

	sink = pool_trace(&pool);
}
