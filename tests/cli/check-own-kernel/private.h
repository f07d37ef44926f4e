/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A driver's own, beside its sources; the kernel has another struct of this name. */
struct bucket {
	int pin, prio;
};
