/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_NAME_H
#define SCAN_NAME_H

#include "atlas/image_name.h"

/*
 * Version, revision, flavor and release from a banner ("Linux version RELEASE
 * (...) ... Debian X-Y (...)") for an architecture; fields already set stay.
 * `banner` may be NULL.
 */
void image_name_from_banner(const char *banner, const char *arch, struct image_name *name);

#endif
