/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: base */
#ifndef ATLAS_DECODER_H
#define ATLAS_DECODER_H

enum decoder {
	DECODER_OWN,	  /* src/dwarf/own_reader.c */
	DECODER_LIBDWARF, /* src/dwarf/libdwarf.c: slower, independent; the tests hold one against the other */
};

#endif
