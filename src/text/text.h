/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The code of one linked object: its function symbols by address, and every
 * branch of its text sections.  Where a branch goes is said in a linked image by
 * its bits, in a relocatable one (a module) by a relocation.
 */
#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H

#include "atlas/code.h"
#include "image/elf_image.h"

struct code_symbol {
	const char *name; /* borrowed from the image */
	uint64_t address; /* without a mode bit */
	uint64_t end;	  /* one past its last byte; of one without a size, where the next begins */
	uint64_t local;	  /* local entry point (ppc64el), else `address` */
	bool function;	  /* STT_FUNC; else a label of assembler or the linker */
	bool global;
};

/* How bytes are to be read from an address on: code of some kind, or data between code. */
struct code_mode {
	uint64_t address;
	enum { MODE_CODE, MODE_THUMB, MODE_DATA } mode;
};

struct text_branch {
	uint64_t address;
	const char *import; /* of a module: the undefined symbol it goes to, and then there is no target; else NULL */
	struct branch branch;
	uint32_t section; /* index in the image */
};

/* An instruction that makes, or loads, an address in the code. */
struct text_address {
	uint64_t address; /* of the instruction, of several the last */
	uint64_t value;
	uint32_t section; /* index in the image */
};

struct text {
	struct elf_image *image;
	enum code_arch arch;
	uint64_t mask;			  /* clears a mode bit from code addresses */
	VEC(struct code_symbol) symbols;  /* ascending addresses, those of one address by name */
	VEC(struct code_mode) modes;	  /* ascending addresses */
	VEC(struct text_branch) branches; /* ascending addresses; direct and indirect ones */
	VEC(struct text_address) made;	  /* ascending addresses; with TEXT_ADDRESSES only */
	uint64_t instructions, undecoded_bytes;
	uint64_t thumb_instructions; /* of these, which make no addresses that anyone looks for */
};

enum text_reading {
	TEXT_BRANCHES,
	TEXT_ADDRESSES, /* branches, and instructions that make addresses; of linked images */
};

/* `image` must stay open until text_close(). */
struct error *text_open(struct elf_image *image, enum text_reading reading, struct text *text) MUST_CHECK;
void text_close(struct text *text);

/* Whether some executable section holds `address`. */
bool text_holds(const struct text *text, uint64_t address);
/* The symbols of exactly this address: `*first`, and the count returned. */
size_t text_symbols_at(const struct text *text, uint64_t address, const struct code_symbol **first);
/* The symbol that `address` lies in, a function before a label; NULL if there is none. */
const struct code_symbol *text_symbol_around(const struct text *text, uint64_t address);
/* The function or label that a branch to `target` enters at its entry, ppc64el's local one included; NULL if none. */
const struct code_symbol *text_entry(const struct text *text, uint64_t target);

/*
 * The branch that a call site means by its address: the one that ends there,
 * else the one that begins there.  NULL if there is none.
 */
const struct text_branch *text_branch_of(const struct text *text, uint64_t address);
/* The branch that begins at `address`, NULL if none. */
const struct text_branch *text_branch_from(const struct text *text, uint64_t address);

#endif
