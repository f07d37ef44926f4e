/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: code */
/*
 * Machine code, as far as branches go: how long an instruction is, and where it
 * goes if it is a direct call or jump.  Pure functions over bytes: no I/O, no
 * state, and any bytes are good input.
 */
#ifndef ATLAS_CODE_H
#define ATLAS_CODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Debian's name; what all instructions' addresses are multiples of. */
#define CODE_ARCHES(X)                \
	X(CODE_AMD64, "amd64", 1)     \
	X(CODE_I386, "i386", 1)       \
	X(CODE_ARM64, "arm64", 4)     \
	X(CODE_ARM, "armhf", 4)       \
	X(CODE_THUMB, "thumb", 2)     \
	X(CODE_PPC64, "ppc64el", 4)   \
	X(CODE_RISCV64, "riscv64", 2) \
	X(CODE_S390X, "s390x", 2)

#define ENUM_MEMBER(id, name, step) id,
enum code_arch { CODE_ARCHES(ENUM_MEMBER) CODE_ARCH_COUNT };
#undef ENUM_MEMBER

#define BRANCHES(X)                               \
	X(BRANCH_NONE, "no branch")               \
	X(BRANCH_CALL, "call")                    \
	X(BRANCH_JUMP, "jump")                    \
	X(BRANCH_CONDITIONAL, "conditional jump") \
	X(BRANCH_INDIRECT_CALL, "indirect call")  \
	X(BRANCH_INDIRECT_JUMP, "indirect jump") /* and returns */

#define ENUM_MEMBER(id, text) id,
enum branch_kind { BRANCHES(ENUM_MEMBER) };
#undef ENUM_MEMBER

struct branch {
	uint64_t target; /* of direct ones, else 0 */
	uint8_t length;	 /* of the instruction in bytes; of a riscv auipc+jalr pair, of both */
	uint8_t kind;	 /* enum branch_kind */
};

const char *branch_kind_text(enum branch_kind kind);

/* Whether `kind` says where it goes. */
bool branch_is_direct(const struct branch *branch);

/* Whether the architecture of that name (Debian's) is known; armhf is CODE_ARM, whose Thumb code is CODE_THUMB. */
bool code_arch_find(const char *name, enum code_arch *arch);
/* Every instruction begins at a multiple of this many bytes. */
unsigned code_step(enum code_arch arch);

/*
 * Decodes the instruction at the begin of `bytes`, which stands at `address`.
 * False if there is none: too few bytes left, or not an instruction (only x86
 * and s390x tell; the others are what they are by their length).
 */
bool code_branch_at(enum code_arch arch, const unsigned char *bytes, size_t left, uint64_t address,
		    struct branch *branch);

/* What is known of registers on the way through straight code; `{.arch = ...}` is the begin. */
struct code_addresses {
	enum code_arch arch;
	uint64_t toc; /* ppc64el: what r2 holds, 0 unknown */
	uint64_t value[32];
	uint32_t known; /* bit n: value[n] holds the first part of an address */
};

enum code_made {
	MADE_NOTHING,
	MADE_ADDRESS, /* the instruction makes this address */
	MADE_LOAD,    /* it loads what stands at this address: a table of addresses, perhaps */
};

/*
 * The instruction that `branch` measured, at `address`.  Instructions are given in
 * their order.  Immediates that are no addresses come out as well: what is one, is
 * known by what stands there.  Thumb code is not read.
 */
enum code_made code_addresses_next(struct code_addresses *state, const unsigned char *bytes,
				   const struct branch *branch, uint64_t address, uint64_t *value);
/* Where control may come from elsewhere: a function's begin. */
void code_addresses_forget(struct code_addresses *state);

/*
 * Length of what compilers keep behind a call and count as part of it: on
 * ppc64el a nop that the linker may turn into a reload of the TOC pointer, so
 * that the DWARF's return address lies past it.  0 if there is no such thing.
 */
unsigned code_call_tail(enum code_arch arch, const unsigned char *bytes, size_t left);

#endif
