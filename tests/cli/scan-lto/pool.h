/* SPDX-License-Identifier: GPL-2.0-or-later */
struct pool;
typedef int (*alloc_t)(struct pool *pool, unsigned int what);
struct pool {
	struct {
		alloc_t alloc;
		int (*free)(struct pool *pool, void *element, long what);
	} ops;
	const char name[12];
	int rest[];
};
int register_kprobe(struct pool *pool);
