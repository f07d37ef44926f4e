// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/validation.h"
struct error *validate_booted(const struct validate_booted *input, struct validation *validation)
{ (void)validation; return error_new(ERROR_INPUT, "%s", input->directory); }
