// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Any bytes as a package and as a compressed file: refused with a reason, or read
 * into members within the limit, and then an end.
 *
 * sources: src/package src/base
 * libraries: archive lzma zstd z iberty
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "atlas/mem.h"
#include "atlas/package.h"

#define LIMIT_BYTES (1u << 20)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void check(int holds, const char *what)
{
	if (!holds) {
		fprintf(stderr, "%s\n", what);
		abort();
	}
}

/* Whether there was an error, which is then freed. */
static int ended(struct error *err)
{
	if (err)
		check(err->text[0] && !strchr(err->text, '\n'), "an error is one line");
	error_free(err);
	return err != NULL;
}

static void check_bytes(struct package_bytes *bytes)
{
	unsigned sum = 0;

	check(bytes->size_bytes <= LIMIT_BYTES, "a member beyond the limit");
	for (size_t i = 0; i < bytes->size_bytes; i++)
		sum += bytes->data[i];
	check(sum <= LIMIT_BYTES * 255u, "the sum of its bytes");
	package_bytes_free(bytes);
}

static void read_package(const char *path, const struct package_options *options)
{
	struct package_member member;
	struct package *package;
	bool have = true;

	if (ended(package_open(path, options, &package)))
		return;
	while (!ended(package_next(package, &member, &have)) && have) {
		struct package_bytes bytes = {0};

		for (const char *p = member.path; *p; p++)
			check(*p >= 0x20 && *p < 0x7f, "a path that cannot be shown");
		if (!ended(package_read(package, &bytes)))
			check_bytes(&bytes);
	}
	package_close(package);
}

static void read_plain(const char *path, const struct package_limits *limits, enum package_member_kind kind)
{
	struct package_bytes bytes = {0};

	if (!ended(file_bytes_open(path, kind, limits, &bytes)))
		check_bytes(&bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct package_options options = {.limits.max_member_bytes = LIMIT_BYTES};
	int fd = memfd_create("input", MFD_CLOEXEC);
	AUTO_FREE char *path = xasprintf("/proc/self/fd/%d", fd);
	enum input_kind kind;

	check(fd >= 0 && write(fd, bytes, length) == (ssize_t)length, "no memory for the input");
	check(!ended(input_kind_of(path, &kind)), "every file is of some kind");
	read_package(path, &options);
	if (kind != INPUT_PACKAGE) {
		read_plain(path, &options.limits, MEMBER_MODULE);
		read_plain(path, &options.limits, MEMBER_VMLINUX);
	}
	close(fd);
	return 0;
}
