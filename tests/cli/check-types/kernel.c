// SPDX-License-Identifier: GPL-2.0-or-later
/* Types that change between two kernels, each in its own way; one that other units mean otherwise is in other.c. */
const char linux_banner[] = BANNER;

#ifdef NEXT
typedef unsigned long count_t;
#else
typedef unsigned int count_t;
#endif

struct inner {
#ifdef NEXT
	int added;
#endif
	int value;
};

struct stays {
	int a;
	struct inner *next;
};

struct moves {
#ifdef NEXT
	long first;
#endif
	int a;
	struct {
		int anonymous;
		struct {
			char deep;
		} named;
	};
	struct inner inner;
	unsigned int bits : 3, flag : 1;
};

struct shrinks {
	int a;
#ifndef NEXT
	int gone;
#endif
	count_t count;
};

struct opaque;
struct twice {
	int here;
};

#ifndef NEXT
struct leaves {
	int a;
};
struct leaves leaves;
#endif

union either {
	int number;
	char *text;
};

enum mode {
	MODE_A,
#ifdef NEXT
	MODE_NEW,
#endif
	MODE_B,
	MODE_NEGATIVE = -5
};

typedef struct {
	int counter;
} atomic;

struct stays stays;
struct moves moves;
struct shrinks shrinks;
union either either;
enum mode mode;
atomic atomic_value;
struct opaque *opaque;
struct twice twice;

__attribute__((noinline)) int uses(struct moves *it, union either *other)
{
	return it->a + other->number;
}

__attribute__((noinline)) int same(struct stays *it)
{
	return it->a;
}

void start(void)
{
	mode = uses(&moves, &either) + same(&stays);
}
