/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What makes an object a module of the kernel with this release. */
__attribute__((section(".modinfo"), used)) static const char modinfo_name[] = "name=test_mod";
__attribute__((section(".modinfo"), used)) static const char modinfo_vermagic[] = "vermagic=" RELEASE " SMP preempt mod_unload";
