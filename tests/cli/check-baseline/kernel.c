// SPDX-License-Identifier: GPL-2.0-or-later
/* A kernel just large enough to change. */
#define KEEP __attribute__((noinline, noclone))

const char linux_banner[] = BANNER;
volatile int sink;

KEEP int submit(int *queue, int count)
{
	return queue[0] + count + sink;
}

#ifdef CHANGED
KEEP int complete(int *queue, long flags, int status)
{
	return queue[0] + (int)flags + status + sink;
}

KEEP int renamed(int *queue, int number)
#else
KEEP int complete(int *queue, int status)
{
	return queue[0] + status + sink;
}

KEEP int retire(int *queue)
{
	return queue[1] + sink;
}

KEEP int renamed(int *queue, int count)
#endif
{
	return queue[2] + sink;
}

static inline __attribute__((always_inline)) int once(int n)
{
	return n + sink;
}

void start(void)
{
	static int queue[3];

	sink = submit(queue, 1);
#ifdef CHANGED
	sink = complete(queue, 2, 3);
#else
	sink = complete(queue, 2) + retire(queue);
#endif
	sink = renamed(queue, once(4));
}
