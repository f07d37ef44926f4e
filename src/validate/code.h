/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the two directions of `validate --code` share. */
#ifndef VALIDATE_CODE_H
#define VALIDATE_CODE_H

#include "atlas/validate.h"
#include "text/text.h"
#include "validate/reach.h"

struct code_check {
	struct text text;
	struct end_map ends;
	const struct recorded_calls *calls;
	struct code_report *report;
	bool *recorded; /* of each branch of the text: some recorded call means it */
	bool *speaks;	/* of each symbol of the text: some recorded call stands in its code */
};

/* Every branch to a function's entry against the recorded calls. */
void check_branches(struct code_check *check);

#endif
