// SPDX-License-Identifier: GPL-2.0-or-later
/* Programs of each kind this knows, and CO-RE relocations of each kind. */
#define SEC(name) __attribute__((section(name), used))
#define CORE	  __attribute__((preserve_access_index))

char _license[] SEC("license") = "GPL";

typedef int (*alloc_fn)(int, void *);

/* As some kernel has it, and as an older one had. */
struct pool {
	int count;
	int min;
	void *data;
	void *gone;
	int table[4];
} CORE;

struct pool___old {
	long limit;
	int size;
} CORE;

struct nothing {
	int x;
} CORE;

enum pool_mode { POOL_LAZY, POOL_EAGER, POOL_NEVER };

#define exists(field)	      __builtin_preserve_field_info(field, 2)
#define type_exists(type)     __builtin_preserve_type_info(*(type *)0, 0)
#define enum_exists(type, e)  __builtin_preserve_enum_value(*(type *)e, 0)
#define enum_value(type, e)   __builtin_preserve_enum_value(*(type *)e, 1)

extern int pool_size(struct pool *pool) SEC(".ksyms");
extern int nothing_here(struct pool *pool) __attribute__((weak)) SEC(".ksyms");
extern const int pool_default SEC(".ksyms");

SEC("kprobe/pool_trace") int on_trace(struct pool *pool)
{
	return pool->count;
}

SEC("kprobe/pool_trace+0x4") int on_trace_later(void *ctx)
{
	return 0;
}

SEC("fentry.s/pool_create") int on_create(struct pool *pool)
{
	return pool->data != 0 || pool->table[2];
}

SEC("?fexit/no_such_function") int on_nothing(void *ctx)
{
	return 0;
}

/* A test of the field itself. */
SEC("kretprobe/pool_walk") int on_walk(struct pool *pool)
{
	if (exists(pool->gone))
		return pool->gone != 0;
	return 0;
}

/* A test of another flavour's field. */
SEC("kprobe/pool_check") int on_check(struct pool *pool)
{
	if (exists(pool->count))
		return pool->count;
	return ((struct pool___old *)pool)->size;
}

/* No test at all. */
SEC("tp_btf/sched_switch") int on_switch(struct pool *pool)
{
	return ((struct pool___old *)pool)->limit;
}

SEC("tracepoint/sched/sched_switch") int on_event(struct nothing *it)
{
	if (type_exists(struct nothing))
		return it->x;
	return 0;
}

SEC("kprobe.multi/pool_*") int on_many(void *ctx)
{
	return enum_value(enum pool_mode, POOL_EAGER) + (enum_exists(enum pool_mode, POOL_NEVER) ? 1 : 0);
}

SEC("lsm/file_open") int on_open(struct pool *pool)
{
	return pool_size(pool) + (nothing_here ? nothing_here(pool) : 0) + pool_default;
}

SEC("fentry") int on_anything(void *ctx)
{
	return 0;
}

SEC("struct_ops/enqueue") int on_enqueue(void *ctx)
{
	return 0;
}

SEC("xdp") int on_packet(void *ctx)
{
	return 2;
}
