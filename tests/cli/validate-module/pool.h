/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifdef LAYOUT
struct mempool_s {
	int curr_nr, min_nr;
	void **elements;
	unsigned int full : 1;
};
#else
struct mempool_s {
	int min_nr, curr_nr;
	void **elements;
	unsigned int full : 1;
};
#endif
