// SPDX-License-Identifier: GPL-2.0-or-later
/* What an input is, and plain files that may be compressed. */
#include <string.h>

#include "package/bytes.h"
#include "package/expand.h"
#include "package/rpm.h"

#define TAR_MAGIC_OFFSET 257
#define HEAD_BYTES	 512

/* The first HEAD_BYTES of what a file holds, expanded; fewer if it is shorter. */
static struct error *expanded_head(struct expand *expand, unsigned char *head, size_t *length)
{
	const unsigned char *block;
	size_t size_bytes = 1;

	*length = 0;
	while (*length < HEAD_BYTES && size_bytes) {
		TRY(expand_read(expand, &block, &size_bytes));
		size_t taken = size_bytes < HEAD_BYTES - *length ? size_bytes : HEAD_BYTES - *length;

		memcpy(head + *length, block, taken);
		*length += taken;
	}
	return NULL;
}

static struct error *judge(struct file_source *file, enum input_kind *kind)
{
	unsigned char head[HEAD_BYTES] = {0};
	struct expand *expand;
	size_t length = 0;

	TRY(expand_open((struct byte_source){file, file_source_read}, 1, true, &expand));
	struct error *err = expanded_head(expand, head, &length);
	enum coding coding = expand_coding(expand);

	expand_close(expand);
	/* Damaged: its reader will say how. */
	if (err && coding == CODING_NONE)
		return err;
	error_free(err);
	bool tar = length == HEAD_BYTES && memcmp(head + TAR_MAGIC_OFFSET, "ustar", 5) == 0;
	bool package = memcmp(head, "!<arch>\n", 8) == 0 || memcmp(head, RPM_MAGIC, 4) == 0;

	*kind = tar || (package && coding == CODING_NONE) ? INPUT_PACKAGE
		: coding != CODING_NONE			  ? INPUT_COMPRESSED
							  : INPUT_PLAIN;
	return NULL;
}

struct error *input_kind_of(const char *path, enum input_kind *kind)
{
	struct file_source file;

	TRY(file_source_open(path, &file));
	struct error *err = judge(&file, kind);

	file_source_close(&file);
	return error_prefix(err, "%s", path);
}

static struct error *read_file(struct file_source *file, enum package_member_kind kind,
			       const struct package_limits *limits, struct package_bytes *bytes)
{
	struct bytes_sink sink;
	struct error *err = bytes_sink_open(kind, 0, limit_of(limits, kind), &sink);

	if (!err)
		err = bytes_sink_fill(&sink, (struct byte_source){file, file_source_read},
				      limits && limits->max_member_bytes);
	if (!err)
		err = bytes_sink_take(&sink, bytes);
	bytes_sink_close(&sink);
	return err;
}

struct error *file_bytes_open(const char *path, enum package_member_kind kind, const struct package_limits *limits,
			      struct package_bytes *bytes)
{
	struct file_source file;

	TRY(file_source_open(path, &file));
	struct error *err = read_file(&file, kind, limits, bytes);

	file_source_close(&file);
	return error_prefix(err, "%s", path);
}
