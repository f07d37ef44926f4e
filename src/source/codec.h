/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts as compact bytes, and back: one description of the layout serves both
 * ways.  Bytes may be anybody's: what does not fit ends in `bad`, never outside.
 */
#ifndef SOURCE_CODEC_H
#define SOURCE_CODEC_H

#include "atlas/source.h"
#include "atlas/str.h"

struct codec {
	struct str *out;	       /* writing; NULL: reading */
	const unsigned char *at, *end; /* reading */
	struct arena *arena;	       /* reading: what is read lives here */
	bool bad;		       /* reading: the bytes are no facts */
};

void code_u64(struct codec *codec, uint64_t *value);
void code_text(struct codec *codec, const char **text);
/* All but the path. */
void code_file(struct codec *codec, struct source_file *file);

#endif
