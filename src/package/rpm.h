/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands before the payload of an RPM package. */
#ifndef PACKAGE_RPM_H
#define PACKAGE_RPM_H

#include "package/source.h"

#define RPM_MAGIC "\xed\xab\xee\xdb"

/* Moves `file` to the payload. */
struct error *rpm_skip_headers(struct file_source *file) MUST_CHECK;

#endif
