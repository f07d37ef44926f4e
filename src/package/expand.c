// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Not left to libarchive's filters: they check no gzip checksum, and expand xz
 * with one processor, although dpkg and rpm write it in blocks for several.
 */
#include "package/expand.h"

#include <lzma.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "atlas/mem.h"

#define OUT_BYTES (256u << 10)

/* A stream's first part may well be nothing but zeros; further on such a ratio is no kernel. */
#define RATIO_FLOOR_BYTES (64u << 20)
#define MAX_RATIO	  1000u

/* What a header may make the decoder of xz take: `xz -9` needs 65 MiB. */
#define XZ_MEMORY_BYTES (512ull << 20)
/* Per thread beyond the first: the input and output of a block of 24 MiB, twice. */
#define XZ_THREAD_BYTES (128ull << 20)

struct flow {
	const unsigned char *in;
	size_t in_left;
	unsigned char *out;
	size_t out_left;
	bool last; /* nothing comes after what `in` holds */
};

enum step {
	STEP_MORE,
	STEP_FRAME_END, /* complete so far; another frame may follow */
	STEP_BAD,
};

struct codec {
	const char *name;
	const char *(*open)(struct expand *expand); /* NULL, or what went wrong */
	enum step (*step)(struct expand *expand, struct flow *flow, const char **why);
	void (*close)(struct expand *expand);
};

struct expand {
	struct byte_source from;
	enum coding coding;
	const struct codec *codec; /* NULL: pass through */
	unsigned threads;
	bool unlimited;
	unsigned char head[CODING_MAGIC_BYTES];
	size_t head_bytes; /* not yet handed on */
	const unsigned char *block;
	size_t block_bytes;
	bool at_frame_end, ended;
	struct flow flow;
	uint64_t in_total, out_total;
	unsigned char *out;
	union {
		lzma_stream lzma;
		z_stream zlib;
		ZSTD_DStream *zstd;
	} state;
};

static const char *xz_why(lzma_ret result)
{
	if (result == LZMA_MEM_ERROR || result == LZMA_MEMLIMIT_ERROR)
		return "needs too much memory to be expanded";
	if (result == LZMA_OPTIONS_ERROR)
		return "asks for what this liblzma cannot do";
	return "is damaged";
}

static const char *xz_open(struct expand *expand)
{
	lzma_mt options = {
		.flags = LZMA_CONCATENATED,
		.threads = expand->threads,
		.memlimit_threading = expand->threads * XZ_THREAD_BYTES,
		.memlimit_stop = XZ_MEMORY_BYTES,
	};
	lzma_ret result;

	expand->state.lzma = (lzma_stream)LZMA_STREAM_INIT;
	if (expand->threads > 1)
		result = lzma_stream_decoder_mt(&expand->state.lzma, &options);
	else
		result = lzma_stream_decoder(&expand->state.lzma, XZ_MEMORY_BYTES, LZMA_CONCATENATED);
	return result == LZMA_OK ? NULL : xz_why(result);
}

static enum step xz_step(struct expand *expand, struct flow *flow, const char **why)
{
	lzma_stream *stream = &expand->state.lzma;

	stream->next_in = flow->in;
	stream->avail_in = flow->in_left;
	stream->next_out = flow->out;
	stream->avail_out = flow->out_left;
	lzma_ret result = lzma_code(stream, flow->last ? LZMA_FINISH : LZMA_RUN);

	flow->in = stream->next_in;
	flow->in_left = stream->avail_in;
	flow->out = stream->next_out;
	flow->out_left = stream->avail_out;
	if (result == LZMA_STREAM_END)
		return STEP_FRAME_END;
	/* No progress possible: whether that is an error, the caller can tell. */
	if (result == LZMA_OK || result == LZMA_BUF_ERROR)
		return STEP_MORE;
	*why = xz_why(result);
	return STEP_BAD;
}

static void xz_close(struct expand *expand)
{
	lzma_end(&expand->state.lzma);
}

static const char *gzip_open(struct expand *expand)
{
	expand->state.zlib = (z_stream){0};
	return inflateInit2(&expand->state.zlib, 16 + MAX_WBITS) == Z_OK ? NULL : "needs too much memory";
}

static enum step gzip_step(struct expand *expand, struct flow *flow, const char **why)
{
	z_stream *stream = &expand->state.zlib;
	uInt given = (uInt)(flow->in_left > 1u << 30 ? 1u << 30 : flow->in_left);

	if (expand->at_frame_end)
		inflateReset(stream);
	stream->next_in = (unsigned char *)(uintptr_t)flow->in;
	stream->avail_in = given;
	stream->next_out = flow->out;
	stream->avail_out = (uInt)flow->out_left;
	int result = inflate(stream, Z_NO_FLUSH);

	flow->in += given - stream->avail_in;
	flow->in_left -= given - stream->avail_in;
	flow->out = stream->next_out;
	flow->out_left = stream->avail_out;
	if (result == Z_STREAM_END)
		return STEP_FRAME_END;
	if (result == Z_OK || result == Z_BUF_ERROR)
		return STEP_MORE;
	*why = stream->msg && strstr(stream->msg, "check") ? "is damaged: its checksum does not match" : "is damaged";
	return STEP_BAD;
}

static void gzip_close(struct expand *expand)
{
	inflateEnd(&expand->state.zlib);
}

static const char *zstd_open(struct expand *expand)
{
	expand->state.zstd = ZSTD_createDStream();
	return expand->state.zstd ? NULL : "needs too much memory";
}

static enum step zstd_step(struct expand *expand, struct flow *flow, const char **why)
{
	ZSTD_inBuffer in = {flow->in, flow->in_left, 0};
	ZSTD_outBuffer out = {flow->out, flow->out_left, 0};
	size_t result = ZSTD_decompressStream(expand->state.zstd, &out, &in);

	flow->in += in.pos;
	flow->in_left -= in.pos;
	flow->out += out.pos;
	flow->out_left -= out.pos;
	if (!ZSTD_isError(result))
		return result == 0 ? STEP_FRAME_END : STEP_MORE;
	*why = strstr(ZSTD_getErrorName(result), "checksum") ? "is damaged: its checksum does not match"
	       : strstr(ZSTD_getErrorName(result), "memory") ? "needs too much memory to be expanded"
							     : "is damaged";
	return STEP_BAD;
}

static void zstd_close(struct expand *expand)
{
	ZSTD_freeDStream(expand->state.zstd);
}

static const struct codec codecs[] = {
	[CODING_XZ] = {"xz", xz_open, xz_step, xz_close},
	[CODING_ZSTD] = {"zstd", zstd_open, zstd_step, zstd_close},
	[CODING_GZIP] = {"gzip", gzip_open, gzip_step, gzip_close},
};

static enum coding coding_of(const unsigned char *head, size_t length)
{
	static const struct {
		enum coding coding;
		size_t length;
		unsigned char magic[CODING_MAGIC_BYTES];
	} known[] = {
		{CODING_XZ, 6, {0xfd, '7', 'z', 'X', 'Z', 0}},
		{CODING_ZSTD, 4, {0x28, 0xb5, 0x2f, 0xfd}},
		{CODING_GZIP, 3, {0x1f, 0x8b, 8}},
	};

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (length >= known[i].length && memcmp(head, known[i].magic, known[i].length) == 0)
			return known[i].coding;
	return CODING_NONE;
}

/* The first bytes, however small the blocks they come in. */
static struct error *read_head(struct expand *expand)
{
	while (expand->head_bytes < sizeof(expand->head)) {
		TRY(expand->from.read(expand->from.context, &expand->block, &expand->block_bytes));
		size_t lacking = sizeof(expand->head) - expand->head_bytes;
		size_t taken = expand->block_bytes < lacking ? expand->block_bytes : lacking;

		if (taken == 0)
			break;
		memcpy(expand->head + expand->head_bytes, expand->block, taken);
		expand->head_bytes += taken;
		expand->block += taken;
		expand->block_bytes -= taken;
	}
	return NULL;
}

static struct error *start(struct expand *expand)
{
	TRY(read_head(expand));
	expand->coding = coding_of(expand->head, expand->head_bytes);
	if (expand->coding == CODING_NONE)
		return NULL;
	const struct codec *codec = &codecs[expand->coding];
	const char *why = codec->open(expand);

	if (why)
		return error_new(ERROR_IO, "its %s data %s", codec->name, why);
	expand->codec = codec;
	expand->out = xmalloc(OUT_BYTES);
	return NULL;
}

struct error *expand_open(struct byte_source from, unsigned threads, bool unlimited, struct expand **expand)
{
	struct expand *e = xcalloc(1, sizeof(*e));

	e->from = from;
	e->threads = threads;
	e->unlimited = unlimited;
	struct error *err = start(e);

	if (err)
		expand_close(e);
	else
		*expand = e;
	return err;
}

void expand_close(struct expand *expand)
{
	if (!expand)
		return;
	if (expand->codec)
		expand->codec->close(expand);
	free(expand->out);
	free(expand);
}

enum coding expand_coding(const struct expand *expand)
{
	return expand->coding;
}

/* The next input: the head that was looked at, what came with it, then what follows. */
static struct error *next_input(struct expand *expand, const unsigned char **block, size_t *size_bytes)
{
	if (expand->head_bytes) {
		*block = expand->head;
		*size_bytes = expand->head_bytes;
		expand->head_bytes = 0;
	} else if (expand->block_bytes) {
		*block = expand->block;
		*size_bytes = expand->block_bytes;
		expand->block_bytes = 0;
	} else {
		TRY(expand->from.read(expand->from.context, block, size_bytes));
	}
	expand->in_total += *size_bytes;
	return NULL;
}

static struct error *check_ratio(const struct expand *expand)
{
	if (expand->unlimited || expand->out_total < RATIO_FLOOR_BYTES ||
	    expand->out_total / MAX_RATIO <= expand->in_total)
		return NULL;
	return error_new(
		ERROR_INPUT,
		"its %s data expands more than %u-fold (%llu bytes gave %llu so far): a decompression bomb, or "
		"give --max-member-size",
		expand->codec->name, MAX_RATIO, (unsigned long long)expand->in_total,
		(unsigned long long)expand->out_total);
}

static struct error *refill(struct expand *expand)
{
	struct flow *flow = &expand->flow;

	if (flow->in_left || flow->last)
		return NULL;
	TRY(next_input(expand, &flow->in, &flow->in_left));
	flow->last = flow->in_left == 0;
	if (flow->last)
		flow->in = expand->head; /* not NULL: decoders add to it */
	return NULL;
}

/* One step of the decoder. */
static struct error *advance(struct expand *expand)
{
	struct flow *flow = &expand->flow;
	size_t in_before = flow->in_left, out_before = flow->out_left;
	const char *why = NULL;
	enum step step = expand->codec->step(expand, flow, &why);

	if (step == STEP_BAD)
		return error_new(ERROR_INPUT, "its %s data %s (near byte %llu of it)", expand->codec->name, why,
				 (unsigned long long)(expand->in_total - flow->in_left));
	if (step == STEP_MORE && flow->last && in_before == flow->in_left && out_before == flow->out_left)
		return error_new(ERROR_INPUT, "its %s data is cut short (%llu bytes, which give %llu)",
				 expand->codec->name, (unsigned long long)expand->in_total,
				 (unsigned long long)(expand->out_total + OUT_BYTES - flow->out_left));
	expand->at_frame_end = step == STEP_FRAME_END;
	return NULL;
}

static struct error *fill_out(struct expand *expand)
{
	struct flow *flow = &expand->flow;

	flow->out = expand->out;
	flow->out_left = OUT_BYTES;
	while (flow->out_left && !expand->ended) {
		TRY(refill(expand));
		if (flow->last && expand->at_frame_end)
			expand->ended = true;
		else
			TRY(advance(expand));
	}
	expand->out_total += OUT_BYTES - flow->out_left;
	return check_ratio(expand);
}

struct error *expand_read(void *context, const unsigned char **block, size_t *size_bytes)
{
	struct expand *expand = context;

	if (!expand->codec)
		return next_input(expand, block, size_bytes);
	TRY(fill_out(expand));
	*block = expand->out;
	*size_bytes = OUT_BYTES - expand->flow.out_left;
	return NULL;
}
