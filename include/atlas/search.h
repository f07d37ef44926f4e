/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: base */
/* Binary search in what is sorted. */
#ifndef ATLAS_SEARCH_H
#define ATLAS_SEARCH_H

#include <stddef.h>

/*
 * How many of `count` elements stand before what is looked for: the index of
 * the first that does not.  `before` says whether the element at `at` does:
 *
 *	first = lower_bound(at, rows->count, rows->items[at].address < address);
 */
/* NOLINTBEGIN(bugprone-macro-parentheses): `at` is a name, which stands in none. */
#define lower_bound(at, count, before)                                           \
	({                                                                       \
		size_t bound_low_ = 0, bound_high_ = (count);                    \
                                                                                 \
		while (bound_low_ < bound_high_) {                               \
			size_t at = bound_low_ + (bound_high_ - bound_low_) / 2; \
                                                                                 \
			if (before)                                              \
				bound_low_ = at + 1;                             \
			else                                                     \
				bound_high_ = at;                                \
		}                                                                \
		bound_low_;                                                      \
	})
/* NOLINTEND(bugprone-macro-parentheses) */

#endif
