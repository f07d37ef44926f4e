/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the kernel and its modules share. */
typedef unsigned char u8;
typedef u8 grade_t;

struct only_in_modules {
	grade_t grade;
	int count;
};

int shared_set(const char *name, u8 grade);
