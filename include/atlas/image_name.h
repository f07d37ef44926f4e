/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an image is called: VERSION[-REVISION]-FLAVOR-ARCH, and what else it
 * says of itself.  All strings are owned (heap) and NULL where unknown.
 */
#ifndef ATLAS_IMAGE_NAME_H
#define ATLAS_IMAGE_NAME_H

enum evidence {
	EVIDENCE_DWARF,
	EVIDENCE_SYMBOLS,
	EVIDENCE_IMPORTED,
};

struct image_name {
	char *version;	/* upstream part: "6.1.176", "7.3~rc7", "5.4.0" */
	char *revision; /* Debian revision or Ubuntu ABI number: "1" */
	char *flavor;	/* "generic", "cloud", "rt", ... */
	char *arch;	/* Debian's architecture name: "amd64", ... */
	char *label;	/* the user's own, tells two builds of one name apart */
	char *release;	/* `uname -r`: "6.1.0-50-cloud-amd64" */
	char *banner;	/* linux_banner */
	char *build_id; /* lower-case hex */
	char *producer; /* the compiler named by the first C unit */
	char *scope;	/* JSON array of the globs a scan was limited to; NULL: everything */
	enum evidence evidence;
};

void image_name_fini(struct image_name *name);
/* "6.1.176-1-cloud-amd64"; with a label "...+LABEL".  Owned by the caller. */
char *image_name_text(const struct image_name *name);
const char *evidence_text(enum evidence evidence); /* "dwarf", "symbols", "imported" */

#endif
