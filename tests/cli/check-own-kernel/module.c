// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/shared.h>

#include "drivers/net/private.h"

#define INFO(key, text) \
	static const char info_##key[] __attribute__((section(".modinfo"), used)) = #key "=" text

INFO(name, NAME);
INFO(license, "GPL");
INFO(vermagic, "6.1.0-99-amd64 SMP");

static const struct {
	unsigned long crc;
	char name[56];
} versions[] __attribute__((section("__versions"), used)) = {{0x33, "module_layout"}, {0x11, "shared_set"}};

__attribute__((noinline)) int use(struct only_in_modules *shared, struct bucket *own)
{
	return shared_set("", shared->grade) + own->pin;
}

int init_module(struct only_in_modules *shared, struct bucket *own)
{
	return use(shared, own) + own->prio;
}
