/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a member is, by its path, and how the path is shown. */
#ifndef PACKAGE_KIND_H
#define PACKAGE_KIND_H

#include "atlas/package.h"

/* Whether this is the place of a kernel or a module; `kind` then says which. */
bool path_kind(const char *path, enum package_member_kind *kind);
/* Without a leading "./", all but printable ASCII as \xNN.  Owned by the caller. */
char *path_shown(const char *path);

#endif
