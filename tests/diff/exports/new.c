/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

KEEP int plain(int x) { return x; }
KEEP int becomes_gpl(int x) { return x + 1; }
KEEP int was_gpl(int x) { return x + 2; }
KEEP int other_crc(int x) { return x + 3; }
KEEP int into_namespace(int x) { return x + 4; }
KEEP int out_of_namespace(int x) { return x + 5; }
KEEP int no_longer(int x) { return x + 6; }
KEEP int newly(int x) { return x + 7; }
int variable = 7;
int variable_gone = 8;

EXPORT(plain, "", "", 0x11);
EXPORT(becomes_gpl, "_gpl", "", 0x12);
EXPORT(was_gpl, "", "", 0x13);
EXPORT(other_crc, "", "", 0x44);
EXPORT(into_namespace, "", "POOLS", 0x15);
EXPORT(out_of_namespace, "", "", 0x16);
EXPORT(newly, "_gpl", "POOLS", 0x17);
EXPORT(variable, "", "", 0x18);
