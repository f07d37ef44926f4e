// SPDX-License-Identifier: GPL-2.0-or-later
/* Line programs (DWARF 5, 6.2): the opcodes that make rows. */
#include "dwarf/constants.h"
#include "dwarf/own_reader.h"

struct line_state {
	uint64_t address;
	uint64_t line, file;
};

static void add_row(struct line_rows *rows, const struct line_state *state, bool end)
{
	*vec_push(rows) =
		(struct line_row){state->address, end ? 0 : (uint32_t)state->line, (uint32_t)state->file, end};
}

static void restart(struct line_state *state)
{
	*state = (struct line_state){.line = 1, .file = 1};
}

static void special(const struct line_table *lines, uint8_t opcode, struct line_state *state)
{
	unsigned adjusted = (unsigned)opcode - lines->opcode_base;

	state->address += (uint64_t)(adjusted / lines->line_range) * lines->min_instruction;
	state->line += (uint64_t)(int64_t)(lines->line_base + (int)(adjusted % lines->line_range));
}

static void extended(struct bytes *b, struct line_rows *rows, struct line_state *state)
{
	uint64_t length = bytes_uleb(b);

	if (length == 0 || length > (uint64_t)(b->end - b->at)) {
		b->overrun = b->overrun || length != 0;
		return;
	}
	const unsigned char *next = b->at + length;

	switch (bytes_u8(b)) {
	case DW_LNE_end_sequence:
		add_row(rows, state, true);
		restart(state);
		break;
	case DW_LNE_set_address:
		state->address = length == 9 ? bytes_u64(b) : length == 5 ? bytes_u32(b) : state->address;
		break;
	default:
		break;
	}
	b->at = next;
}

static void standard(const struct line_table *lines, uint8_t opcode, struct bytes *b, struct line_rows *rows,
		     struct line_state *state)
{
	switch (opcode) {
	case DW_LNS_copy:
		add_row(rows, state, false);
		break;
	case DW_LNS_advance_pc:
		state->address += bytes_uleb(b) * lines->min_instruction;
		break;
	case DW_LNS_advance_line:
		state->line += (uint64_t)bytes_sleb(b);
		break;
	case DW_LNS_set_file:
		state->file = bytes_uleb(b);
		break;
	case DW_LNS_const_add_pc:
		state->address += (uint64_t)((255u - lines->opcode_base) / lines->line_range) * lines->min_instruction;
		break;
	case DW_LNS_fixed_advance_pc:
		state->address += bytes_u16(b);
		break;
	default:
		for (unsigned i = 0; i < lines->operands[opcode]; i++)
			bytes_uleb(b);
	}
}

struct error *own_lines(struct die_reader *base, struct line_rows *rows)
{
	struct own_reader *reader = (struct own_reader *)base;
	const struct line_table *lines = &reader->lines;
	struct line_state state;

	TRY(own_line_table(reader));
	struct bytes b = lines->program;

	if (!b.at)
		return NULL;
	if (lines->line_range == 0)
		return dwarf_error(reader->image, DWARF_LINE, reader->bases.line_offset, "a line range of 0");
	restart(&state);
	while (b.at < b.end && !b.overrun) {
		uint8_t opcode = bytes_u8(&b);

		if (opcode >= lines->opcode_base) {
			special(lines, opcode, &state);
			add_row(rows, &state, false);
		} else if (opcode == 0) {
			extended(&b, rows, &state);
		} else {
			standard(lines, opcode, &b, rows, &state);
		}
	}
	if (b.overrun)
		return dwarf_error(reader->image, DWARF_LINE, reader->bases.line_offset,
				   "a line program that runs past its own end");
	return NULL;
}
