/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the last run wrote into the output directory, and from what: for each page
 * its key and, of each of its files, size and time of change.  A page whose key is the same and whose
 * files are as they were left is not made again.
 *
 * It only saves time: where it is missing or damaged every page is made.  It stays true
 * when a run ends early: what that run wrote is no longer as it was left.  Worker processes
 * read the old one and add to the new one.
 */
#ifndef ATLAS_RENDER_MANIFEST_H
#define ATLAS_RENDER_MANIFEST_H

#include <stdbool.h>

#include "atlas/digest.h"
#include "atlas/error.h"
#include "atlas/mem.h"
#include "atlas/str.h"

/*
 * One number for all a page is made from.  Equal keys are equal pages, so that a
 * second run need not make them again.  A key that is not known is NO_KEY, and
 * such a page is made each time.
 */
typedef digest page_key;
#define NO_KEY ((page_key)0)

struct manifest;

/* Reads DIR's; `use` is false for a run that neither trusts one nor leaves one. */
struct manifest *manifest_open(const char *dir, bool use);
void manifest_close(struct manifest *manifest);

/* The record of one page, while it is made; used for one page after the other. {0} is none yet. */
struct manifest_page {
	struct str link;
	page_key key;
	struct str files; /* written so far */
	bool lost;	  /* a file could not be seen again: the page has no record */
};

/*
 * True if the last run wrote the page from the same key and its files are as it left them; `notes` is then what it
 * noted, of `length` bytes, until manifest_close().  The page has then its record in the new manifest, too.
 */
bool manifest_current(struct manifest *manifest, const char *link, page_key key, const void **notes, size_t *length);
void manifest_page_init(struct manifest_page *page, const char *link, page_key key);
/* `path`, from DIR on, was just written, or was there just so. */
void manifest_page_file(const struct manifest *manifest, struct manifest_page *page, const char *path);
/* Adds the record. */
void manifest_page_end(struct manifest *manifest, struct manifest_page *page, const void *notes, size_t length);
void manifest_page_fini(struct manifest_page *page);

/* In a worker, when it is done: hands its records over.  The parent's need no handing over. */
void manifest_hand_over(struct manifest *manifest);
/*
 * In the parent, after the last page: the new one takes the place of the old one.  If this was the whole site, files
 * that the last run wrote and that are no longer in it are removed, unless somebody changed them.
 */
struct error *manifest_write(struct manifest *manifest, bool whole_site) MUST_CHECK;

#endif
