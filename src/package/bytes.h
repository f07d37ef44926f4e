/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files in memory under construction. */
#ifndef PACKAGE_BYTES_H
#define PACKAGE_BYTES_H

#include "atlas/package.h"
#include "package/expand.h"

/* `size_hint`: what it will hold unless it is compressed, 0 if unknown.  `max_bytes`: more is an error. */
struct bytes_sink {
	struct package_bytes bytes;
	uint64_t room_bytes;
	uint64_t max_bytes;
};

struct error *bytes_sink_open(enum package_member_kind kind, uint64_t size_hint, uint64_t max_bytes,
			      struct bytes_sink *sink) MUST_CHECK;
/* Everything `from` gives, expanded if it is compressed; `unlimited` as for expand_open(). */
struct error *bytes_sink_fill(struct bytes_sink *sink, struct byte_source from, bool unlimited) MUST_CHECK;
/* Hands over what was added. */
struct error *bytes_sink_take(struct bytes_sink *sink, struct package_bytes *bytes) MUST_CHECK;
void bytes_sink_close(struct bytes_sink *sink); /* also after take */

/* The limit that holds for a member; `limits` NULL: the default. */
uint64_t limit_of(const struct package_limits *limits, enum package_member_kind kind);

#endif
