// SPDX-License-Identifier: GPL-2.0-or-later
/* Another unit's own idea of a name. */
struct twice {
	long there, here;
};

struct twice other;
