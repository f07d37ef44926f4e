// SPDX-License-Identifier: GPL-2.0-or-later
/* Ends in jumps right behind a conditional branch: its end is where the first of them begins. */
extern int flag;
int __attribute__((noinline)) left(int x) { return x * flag; }
int __attribute__((noinline)) right(int x) { return x + flag; }
int choose(int x) { return flag == 3 ? left(x) : right(x); }
int twice(int x) { return left(x) + right(x); }
int flag;
void start_kernel(void) { }
const char linux_banner[] = "Linux version 6.1.0-1-amd64 (debian-kernel@lists.debian.org) (clang) "
			    "#1 SMP Debian 6.1.176-1 (2026-07-02)\n";
