#include "core/base/pack.h"
#include "tests/support/spec.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

/* What compresses a little: made-up posts, each one different. */
static void
add_posts(struct rp_buf *out, size_t *sizes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t before = out->n;

		buf_printf(
			out,
			"{\"id\":\"%zu\",\"author\":\"user%zu\",\"text\":\"word%zu is "
			"not what %zx said to me, and %zu others agree\",\"likes\":%zu}",
			1000000007 * (i + 1), i * 7919 % 97, i * 31 % 101,
			i * 2654435761u, i % 13, i * i % 1009);
		if (sizes)
			sizes[i] = out->n - before;
	}
}

static enum rp_status
pack_one(struct packer *packer, const struct pack_dict *dict, struct rp_slice text,
         struct rp_buf *frame)
{
	buf_init(frame, 1 << 20);
	return pack(packer, dict, 3, text, frame, NULL);
}

static void
a_packed_text_comes_back(void **state)
{
	CLEANUP(packer_free) struct packer *packer = packer_new();
	struct rp_slice texts[] = { RP_SLICE(""), RP_SLICE("a"), RP_SLICE("\0\0\0\0"),
		                    RP_SLICE("one post and one post and one post") };
	struct rp_error err = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		CLEANUP(buf_done) struct rp_buf frame;
		CLEANUP(buf_done) struct rp_buf out;

		buf_init(&out, 1000);
		buf_add_str(&out, "kept ");
		assert_ok(pack_one(packer, NULL, texts[i], &frame), err);
		assert_ok(unpack(packer, NULL, buf_slice(&frame), texts[i].n, &out, &err),
		          err);
		assert_true(rp_slice_eq(rp_slice_skip(buf_slice(&out), 5), texts[i]));
	}
}

static void
every_flipped_bit_and_every_cut_of_a_frame_is_noticed(void **state)
{
	struct rp_slice text = RP_SLICE("the same words, again and again the same words");
	CLEANUP(packer_free) struct packer *packer = packer_new();
	CLEANUP(buf_done) struct rp_buf frame;
	CLEANUP(buf_done) struct rp_buf out;
	struct rp_error err = { 0 };

	(void)state;
	buf_init(&out, 1000);
	assert_ok(pack_one(packer, NULL, text, &frame), err);
	for (size_t bit = 0; bit < frame.n * 8; bit++) {
		enum rp_status st;

		frame.p[bit / 8] = (char)(frame.p[bit / 8] ^ 1 << bit % 8);
		st = unpack(packer, NULL, buf_slice(&frame), text.n, &out, &err);
		frame.p[bit / 8] = (char)(frame.p[bit / 8] ^ 1 << bit % 8);
		/* The window's size and two reserved bits change nothing. */
		if (st == RP_OK)
			assert_true(rp_slice_eq(buf_slice(&out), text));
		else
			assert_int_equal(st, RP_CORRUPT);
		assert_true(st == RP_OK || out.n == 0);
		buf_clear(&out);
	}
	for (size_t n = 0; n < frame.n; n++)
		assert_int_equal(unpack(packer, NULL, rp_slice_from(frame.p, n), text.n,
		                        &out, &err),
		                 RP_CORRUPT);
	assert_int_equal(out.n, 0);
}

static void
a_frame_with_another_length_or_more_behind_it_is_corrupt(void **state)
{
	struct rp_slice text = RP_SLICE("some text");
	CLEANUP(packer_free) struct packer *packer = packer_new();
	CLEANUP(buf_done) struct rp_buf frame;
	CLEANUP(buf_done) struct rp_buf out;
	struct rp_error err = { 0 };

	(void)state;
	buf_init(&out, SIZE_MAX / 2);
	assert_ok(pack_one(packer, NULL, text, &frame), err);
	assert_int_equal(unpack(packer, NULL, buf_slice(&frame), 8, &out, &err),
	                 RP_CORRUPT);
	assert_int_equal(unpack(packer, NULL, buf_slice(&frame), 10, &out, &err),
	                 RP_CORRUPT);
	assert_int_equal(
		unpack(packer, NULL, buf_slice(&frame), (size_t)1 << 60, &out, &err),
		RP_CORRUPT);
	assert_true(out.cap < 1000000);

	/* a skippable frame of nothing, which zstd itself would pass over */
	buf_add(&frame, RP_SLICE("\x50\x2a\x4d\x18\0\0\0\0"));
	assert_int_equal(unpack(packer, NULL, buf_slice(&frame), 9, &out, &err),
	                 RP_CORRUPT);
	assert_int_equal(out.n, 0);
}

static void
any_bytes_are_safe_to_unpack(void **state)
{
	CLEANUP(packer_free) struct packer *packer = packer_new();
	CLEANUP(buf_done) struct rp_buf out;
	uint64_t seed = 1;
	struct rp_error err;

	(void)state;
	buf_init(&out, 1 << 16);
	for (int round = 0; round < 20000; round++) {
		char bytes[40];

		for (size_t i = 0; i < sizeof(bytes); i++) {
			seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
			bytes[i] = (char)(seed >> 56);
		}
		bytes[0] = (char)(round & 1 ? 0x04 : bytes[0]);
		assert_int_equal(unpack(packer, NULL,
		                        rp_slice_from(bytes, (size_t)round % 41), 1000,
		                        &out, &err),
		                 RP_CORRUPT);
	}
}

static void
no_room_is_told_and_leaves_the_buffer_usable(void **state)
{
	CLEANUP(packer_free) struct packer *packer = packer_new();
	CLEANUP(buf_done) struct rp_buf frame;
	CLEANUP(buf_done) struct rp_buf small;
	struct rp_slice text = RP_SLICE("twelve bytes");
	struct rp_error err = { 0 };

	(void)state;
	buf_init(&small, 11);
	assert_int_equal(pack(packer, NULL, 3, text, &small, &err), RP_BAD_ITEM);
	assert_ok(pack_one(packer, NULL, text, &frame), err);
	assert_int_equal(unpack(packer, NULL, buf_slice(&frame), 12, &small, &err),
	                 RP_BAD_ITEM);
	assert_false(buf_failed(&small));
	buf_add_str(&small, "fits");
	assert_slice(buf_slice(&small), "fits");
}

/* A dictionary of 8 KB out of 500 posts. */
static struct pack_dict *
train(size_t n, enum rp_status *st)
{
	static size_t sizes[500];
	CLEANUP(buf_done) struct rp_buf samples;
	CLEANUP(buf_done) struct rp_buf bytes;

	buf_init(&samples, 1 << 20);
	buf_init(&bytes, 1 << 20);
	add_posts(&samples, sizes, n);
	*st = pack_train(buf_slice(&samples), sizes, n, 8192, &bytes, NULL);
	assert_true(bytes.n <= 8192);
	assert_int_equal(*st == RP_OK, bytes.n > 0);
	return *st == RP_OK ? pack_dict_new(buf_slice(&bytes), 3) : NULL;
}

static void
a_dictionary_makes_small_records_smaller(void **state)
{
	enum rp_status st;
	CLEANUP(pack_dict_free) struct pack_dict *dict = train(500, &st);
	CLEANUP(packer_free) struct packer *packer = packer_new();
	CLEANUP(buf_done) struct rp_buf text;
	CLEANUP(buf_done) struct rp_buf with;
	CLEANUP(buf_done) struct rp_buf without;
	CLEANUP(buf_done) struct rp_buf out;
	struct rp_error err = { 0 };

	(void)state;
	assert_int_equal(st, RP_OK);
	assert_non_null(dict);
	buf_init(&text, 10000);
	buf_init(&out, 10000);
	add_posts(&text, NULL, 1);
	assert_ok(pack_one(packer, dict, buf_slice(&text), &with), err);
	assert_ok(pack_one(packer, NULL, buf_slice(&text), &without), err);
	assert_true(with.n * 2 < without.n);

	assert_ok(unpack(packer, dict, buf_slice(&with), text.n, &out, &err), err);
	assert_true(rp_slice_eq(buf_slice(&out), buf_slice(&text)));
	assert_int_equal(unpack(packer, NULL, buf_slice(&with), text.n, &out, &err),
	                 RP_CORRUPT);
}

static void
the_same_samples_give_the_same_dictionary(void **state)
{
	static size_t sizes[100];
	CLEANUP(buf_done) struct rp_buf samples;
	CLEANUP(buf_done) struct rp_buf a;
	CLEANUP(buf_done) struct rp_buf b;
	struct rp_error err = { 0 };

	(void)state;
	buf_init(&samples, 1 << 20);
	buf_init(&a, 1 << 16);
	buf_init(&b, 1 << 16);
	add_posts(&samples, sizes, 100);
	assert_ok(pack_train(buf_slice(&samples), sizes, 100, 4096, &a, &err), err);
	assert_ok(pack_train(buf_slice(&samples), sizes, 100, 4096, &b, &err), err);
	assert_true(rp_slice_eq(buf_slice(&a), buf_slice(&b)));
}

static void
too_few_or_equal_samples_give_no_dictionary_and_no_crash(void **state)
{
	static size_t ones[100];
	CLEANUP(buf_done) struct rp_buf out;
	enum rp_status st;
	char same[3000];

	(void)state;
	assert_null(train(0, &st));
	assert_int_equal(st, RP_NOT_FOUND);
	assert_null(train(3, &st));
	assert_int_equal(st, RP_NOT_FOUND);

	buf_init(&out, 1 << 16);
	memset(same, 'a', sizeof(same));
	for (size_t i = 0; i < 100; i++)
		ones[i] = 30;
	st = pack_train(rp_slice_from(same, sizeof(same)), ones, 100, 4096, &out, NULL);
	assert_true(st == RP_OK || st == RP_NOT_FOUND);
}

/* A file made of these bytes, read from its start. */
static int
file_of(struct rp_slice bytes)
{
	FILE *file = tmpfile();
	int fd;

	assert_non_null(file);
	assert_int_equal(fwrite(bytes.p ? bytes.p : "", 1, bytes.n, file), bytes.n);
	assert_int_equal(fflush(file), 0);
	fd = dup(fileno(file));
	(void)fclose(file);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

static void
keep_raw(void *context, struct rp_slice raw)
{
	buf_add(context, raw);
}

/* What a reader gets, `step` bytes at a time, and how it ends.  Of a compressed file,
 * raw_seen() gets all there is. */
static enum rp_status
read_all(struct rp_slice file, size_t step, struct rp_buf *out,
         enum instream_format *format, struct rp_error *err)
{
	CLEANUP(instream_close) struct instream *stream = NULL;
	CLEANUP(buf_done) struct rp_buf raw;
	enum rp_status st;
	static char piece[200000];
	int fd = file_of(file);
	size_t n;

	buf_init(&raw, SIZE_MAX / 2);
	buf_clear(out);
	st = instream_open(fd, keep_raw, &raw, &stream, err);
	if (st == RP_OK) {
		*format = instream_format(stream);
		while ((st = instream_read(stream, piece, step, &n, err)) == RP_OK)
			buf_add(out, rp_slice_from(piece, n));
		assert_int_equal(instream_read(stream, piece, step, &n, err), st);
		while (st == RP_BAD_SOURCE && instream_pass(stream, NULL) == RP_OK)
			continue;
		assert_true(*format == INSTREAM_PLAIN
		                    ? raw.n == 0
		                    : rp_slice_eq(buf_slice(&raw), file));
	}
	(void)close(fd);
	return st;
}

static void
add_gzip(struct rp_buf *out, struct rp_slice text)
{
	z_stream z = { 0 };

	assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY),
	                 Z_OK);
	z.next_out = (Bytef *)buf_reserve(out, text.n + 1000);
	z.avail_out = (uInt)(text.n + 1000);
	z.next_in = (Bytef *)(uintptr_t)text.p;
	z.avail_in = (uInt)text.n;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	out->n += z.total_out;
	(void)deflateEnd(&z);
}

static void
add_zstd(struct rp_buf *out, struct rp_slice text, bool checksum)
{
	ZSTD_CCtx *c = ZSTD_createCCtx();
	size_t room = ZSTD_compressBound(text.n), n;
	char *at = buf_reserve(out, room);

	(void)ZSTD_CCtx_setParameter(c, ZSTD_c_checksumFlag, checksum);
	n = ZSTD_compress2(c, at, room, text.p, text.n);
	assert_false(ZSTD_isError(n));
	out->n += n;
	ZSTD_freeCCtx(c);
}

static void
a_long_plain_file_is_whole_however_it_is_read(void **state)
{
	const size_t steps[] = { 1000, 128 << 10, 200000 };
	CLEANUP(buf_done) struct rp_buf file;
	CLEANUP(buf_done) struct rp_buf out;
	enum instream_format format;
	struct rp_error err = { 0 };

	(void)state;
	buf_init(&file, 1 << 20);
	buf_init(&out, 1 << 20);
	for (int i = 0; file.n < 600000; i++)
		buf_printf(&file, "{\"id\":%d}\n", i);
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		assert_int_equal(
			read_all(buf_slice(&file), steps[i], &out, &format, &err),
			RP_END);
		assert_int_equal(format, INSTREAM_PLAIN);
		assert_true(rp_slice_eq(buf_slice(&out), buf_slice(&file)));
	}
}

static void
a_plain_file_is_read_as_it_is(void **state)
{
	struct rp_slice files[] = { RP_SLICE(""), RP_SLICE("\x1f"),
		                    RP_SLICE("\x28\xb5\x2f"), RP_SLICE("{\"id\":1}\n"),
		                    RP_SLICE("\x50\x2a\x4d") };
	CLEANUP(buf_done) struct rp_buf out;
	enum instream_format format;
	struct rp_error err = { 0 };

	(void)state;
	buf_init(&out, 1000);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		assert_int_equal(read_all(files[i], 100, &out, &format, &err), RP_END);
		assert_int_equal(format, INSTREAM_PLAIN);
		assert_true(rp_slice_eq(buf_slice(&out), files[i]));
	}
}

/* Long enough for several blocks and pieces. */
static void
add_long_text(struct rp_buf *text)
{
	buf_init(text, 1 << 24);
	add_posts(text, NULL, 12000);
}

static void
all_members_and_frames_of_a_file_are_read(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;
	CLEANUP(buf_done) struct rp_buf twice;
	CLEANUP(buf_done) struct rp_buf out;
	struct rp_error err = { 0 };

	(void)state;
	add_long_text(&text);
	buf_init(&twice, 1 << 24);
	buf_init(&out, 1 << 24);
	buf_add(&twice, buf_slice(&text));
	buf_add(&twice, buf_slice(&text));

	for (int zstd = 0; zstd < 2; zstd++) {
		CLEANUP(buf_done) struct rp_buf file;
		enum instream_format format;

		buf_init(&file, 1 << 24);
		if (zstd) {
			buf_add(&file, RP_SLICE("\x5a\x2a\x4d\x18\3\0\0\0abc"));
			add_zstd(&file, buf_slice(&text), true);
			add_zstd(&file, RP_SLICE(""), true);
			buf_add(&file, RP_SLICE("\x50\x2a\x4d\x18\0\0\0\0"));
			add_zstd(&file, buf_slice(&text), false);
		} else {
			add_gzip(&file, buf_slice(&text));
			add_gzip(&file, RP_SLICE(""));
			add_gzip(&file, buf_slice(&text));
		}
		for (size_t step = 1; step <= 5000; step += 4999) {
			assert_int_equal(
				read_all(buf_slice(&file), step, &out, &format, &err),
				RP_END);
			assert_int_equal(format, zstd ? INSTREAM_ZSTD : INSTREAM_GZIP);
			assert_true(rp_slice_eq(buf_slice(&out), buf_slice(&twice)));
		}
	}
}

/* What was read of a file cut at `at` is a beginning of the text, and the end
 * is missed. */
static void
assert_cut_is_noticed(struct rp_slice file, size_t at, struct rp_slice text,
                      size_t at_least)
{
	CLEANUP(buf_done) struct rp_buf out;
	enum instream_format format;
	struct rp_error err = { 0 };

	buf_init(&out, 1 << 24);
	assert_int_equal(read_all(rp_slice_from(file.p, at), 5000, &out, &format, &err),
	                 RP_BAD_SOURCE);
	assert_true(rp_slice_starts(text, buf_slice(&out)));
	assert_true(out.n >= at_least);
}

static void
a_file_cut_at_any_byte_gives_what_came_before_and_an_error(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;
	CLEANUP(buf_done) struct rp_buf gzip;
	CLEANUP(buf_done) struct rp_buf zstd;

	(void)state;
	buf_init(&text, 10000);
	buf_init(&gzip, 20000);
	buf_init(&zstd, 20000);
	add_posts(&text, NULL, 3);
	add_gzip(&gzip, buf_slice(&text));
	add_zstd(&zstd, buf_slice(&text), true);
	for (size_t at = 4; at < gzip.n; at++)
		assert_cut_is_noticed(buf_slice(&gzip), at, buf_slice(&text), 0);
	for (size_t at = 4; at < zstd.n; at++)
		assert_cut_is_noticed(buf_slice(&zstd), at, buf_slice(&text), 0);
}

static void
complete_members_and_blocks_before_the_cut_are_handed_out(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;
	CLEANUP(buf_done) struct rp_buf twice;
	CLEANUP(buf_done) struct rp_buf gzip;
	CLEANUP(buf_done) struct rp_buf zstd;

	(void)state;
	add_long_text(&text);
	buf_init(&twice, 1 << 24);
	buf_init(&gzip, 1 << 24);
	buf_init(&zstd, 1 << 24);
	buf_add(&twice, buf_slice(&text));
	buf_add(&twice, buf_slice(&text));
	add_gzip(&gzip, buf_slice(&text));
	add_gzip(&gzip, buf_slice(&text));
	add_zstd(&zstd, buf_slice(&text), true);
	assert_cut_is_noticed(buf_slice(&gzip), gzip.n - 1, buf_slice(&twice), twice.n);
	assert_cut_is_noticed(buf_slice(&gzip), gzip.n / 2 + 100, buf_slice(&twice),
	                      text.n);
	assert_cut_is_noticed(buf_slice(&zstd), zstd.n - 1, buf_slice(&text), text.n);
	assert_cut_is_noticed(buf_slice(&zstd), zstd.n / 2, buf_slice(&text),
	                      text.n / 2 - (256 << 10));
}

/* Which of its bytes are wrong nobody can tell. */
static void
nothing_of_a_damaged_frame_or_member_is_handed_out(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;
	CLEANUP(buf_done) struct rp_buf out;
	enum instream_format format;
	struct rp_error err = { 0 };

	(void)state;
	add_long_text(&text);
	buf_init(&out, 1 << 24);
	for (int zstd = 0; zstd < 2; zstd++) {
		CLEANUP(buf_done) struct rp_buf file;
		size_t second = 0;

		buf_init(&file, 1 << 24);
		for (int i = 0; i < 3; i++) {
			second = i == 1 ? file.n : second;
			if (zstd)
				add_zstd(&file, buf_slice(&text), true);
			else
				add_gzip(&file, buf_slice(&text));
		}
		for (size_t at = second + 30; at < second * 2 - 30; at += second / 20) {
			file.p[at] ^= 4;
			assert_int_equal(
				read_all(buf_slice(&file), 5000, &out, &format, &err),
				RP_BAD_SOURCE);
			assert_true(rp_slice_eq(buf_slice(&out), buf_slice(&text)));
			file.p[at] ^= 4;
		}
	}
	/* window 1 KB; "good" as a raw block that is not the last; a block of type 3 */
	assert_int_equal(
		read_all(RP_SLICE("\x28\xb5\x2f\xfd\0\0\x20\0\0good\x26\0\0evil"), 5000,
	                 &out, &format, &err),
		RP_BAD_SOURCE);
	assert_slice(buf_slice(&out), "");
}

static void
a_wrong_checksum_or_junk_behind_the_end_is_an_error(void **state)
{
	struct rp_slice text = RP_SLICE("twelve bytes");
	CLEANUP(buf_done) struct rp_buf gzip;
	CLEANUP(buf_done) struct rp_buf zstd;
	CLEANUP(buf_done) struct rp_buf out;
	enum instream_format format;
	struct rp_error err = { 0 };

	(void)state;
	buf_init(&gzip, 10000);
	buf_init(&zstd, 10000);
	buf_init(&out, 10000);
	add_gzip(&gzip, text);
	add_zstd(&zstd, text, true);

	buf_add_str(&gzip, "junk");
	assert_int_equal(read_all(buf_slice(&gzip), 100, &out, &format, &err),
	                 RP_BAD_SOURCE);
	assert_slice(buf_slice(&out), "twelve bytes");
	gzip.n -= 4;
	gzip.p[gzip.n - 8] ^= 1; /* CRC-32 */
	assert_int_equal(read_all(buf_slice(&gzip), 100, &out, &format, &err),
	                 RP_BAD_SOURCE);
	assert_slice(buf_slice(&out), "");

	buf_add_str(&zstd, "junk");
	assert_int_equal(read_all(buf_slice(&zstd), 100, &out, &format, &err),
	                 RP_BAD_SOURCE);
	assert_slice(buf_slice(&out), "twelve bytes");
	zstd.n -= 4;
	zstd.p[zstd.n - 1] ^= 1;
	assert_int_equal(read_all(buf_slice(&zstd), 100, &out, &format, &err),
	                 RP_BAD_SOURCE);
	assert_slice(buf_slice(&out), "");
}

static void
a_header_that_lies_or_asks_too_much_is_refused_by_name(void **state)
{
	CLEANUP(buf_done) struct rp_buf out;
	enum instream_format format;
	struct rp_error err = { 0 };

	(void)state;
	buf_init(&out, 1000);
	/* a window of 2 GiB */
	assert_int_equal(read_all(RP_SLICE("\x28\xb5\x2f\xfd\0\xa8\1\0\0"), 100, &out,
	                          &format, &err),
	                 RP_BAD_SOURCE);
	assert_non_null(strstr(err.text, "128 MiB"));
	/* 2^60 bytes of content in a window of 1 KB, and then nothing */
	assert_int_equal(read_all(RP_SLICE("\x28\xb5\x2f\xfd\xc0\0\0\0\0\0\0\0\0\x10"
	                                   "\x03\0\0"),
	                          100, &out, &format, &err),
	                 RP_BAD_SOURCE);
	/* dictionary 77 */
	assert_int_equal(read_all(RP_SLICE("\x28\xb5\x2f\xfd\x01\0\x4d\1\0\0"), 100, &out,
	                          &format, &err),
	                 RP_BAD_SOURCE);
	assert_non_null(strstr(err.text, "77"));
}

static void
a_pipe_that_gives_one_byte_at_a_time_is_recognised(void **state)
{
	CLEANUP(instream_close) struct instream *stream = NULL;
	CLEANUP(buf_done) struct rp_buf gzip;
	struct rp_error err = { 0 };
	char piece[100];
	int ends[2];
	size_t n;

	(void)state;
	buf_init(&gzip, 10000);
	add_gzip(&gzip, RP_SLICE("hello"));
	assert_int_equal(pipe(ends), 0);
	if (fork() == 0) {
		for (size_t i = 0; i < gzip.n; i++)
			if (write(ends[1], gzip.p + i, 1) != 1)
				_exit(1);
		_exit(0);
	}
	(void)close(ends[1]);
	assert_ok(instream_open(ends[0], NULL, NULL, &stream, &err), err);
	assert_int_equal(instream_format(stream), INSTREAM_GZIP);
	assert_ok(instream_read(stream, piece, sizeof(piece), &n, &err), err);
	assert_slice(rp_slice_from(piece, n), "hello");
	assert_int_equal(instream_read(stream, piece, sizeof(piece), &n, &err), RP_END);
	(void)close(ends[0]);
	(void)wait(NULL);
}

static void
what_cannot_be_read_is_a_failure_of_the_run(void **state)
{
	struct instream *stream = NULL;
	struct rp_error err = { 0 };
	int directory = open("/", O_RDONLY);

	(void)state;
	assert_int_equal(instream_open(directory, NULL, NULL, &stream, &err), RP_FAILED);
	assert_null(stream);
	(void)close(directory);
}

static void
what_samples_have_in_common_makes_the_better_dictionary(void **state)
{
	enum { N = 2000, MAX = 8 << 10 };
	CLEANUP(packer_free) struct packer *packer = packer_new();
	static size_t sizes[N];
	struct rp_buf samples, dicts[3], frames[3];
	struct rp_error err = { 0 };

	(void)state;
	buf_init(&samples, 1 << 20);
	add_posts(&samples, sizes, N);
	for (int i = 0; i < 3; i++) {
		struct pack_dict *dict;

		buf_init(&dicts[i], MAX);
		assert_ok((i == 0 ? pack_train : pack_train_common)(
				  buf_slice(&samples), sizes, N, MAX, &dicts[i], &err),
		          err);
		dict = pack_dict_new(buf_slice(&dicts[i]), 3);
		assert_non_null(dict);
		(void)pack_one(packer, dict, rp_slice_from(samples.p, 1000), &frames[i]);
		pack_dict_free(dict);
	}
	assert_true(frames[1].n <= frames[0].n);
	assert_true(rp_slice_eq(buf_slice(&dicts[1]), buf_slice(&dicts[2])));
	assert_int_equal(
		pack_train_common(buf_slice(&samples), sizes, 3, MAX, &dicts[0], &err),
		RP_NOT_FOUND);
	for (int i = 0; i < 3; i++) {
		buf_done(&dicts[i]);
		buf_done(&frames[i]);
	}
	buf_done(&samples);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_packed_text_comes_back),
		cmocka_unit_test(what_samples_have_in_common_makes_the_better_dictionary),
		cmocka_unit_test(every_flipped_bit_and_every_cut_of_a_frame_is_noticed),
		cmocka_unit_test(
			a_frame_with_another_length_or_more_behind_it_is_corrupt),
		cmocka_unit_test(any_bytes_are_safe_to_unpack),
		cmocka_unit_test(no_room_is_told_and_leaves_the_buffer_usable),
		cmocka_unit_test(a_dictionary_makes_small_records_smaller),
		cmocka_unit_test(the_same_samples_give_the_same_dictionary),
		cmocka_unit_test(
			too_few_or_equal_samples_give_no_dictionary_and_no_crash),
		cmocka_unit_test(a_plain_file_is_read_as_it_is),
		cmocka_unit_test(a_long_plain_file_is_whole_however_it_is_read),
		cmocka_unit_test(all_members_and_frames_of_a_file_are_read),
		cmocka_unit_test(
			a_file_cut_at_any_byte_gives_what_came_before_and_an_error),
		cmocka_unit_test(
			complete_members_and_blocks_before_the_cut_are_handed_out),
		cmocka_unit_test(nothing_of_a_damaged_frame_or_member_is_handed_out),
		cmocka_unit_test(a_wrong_checksum_or_junk_behind_the_end_is_an_error),
		cmocka_unit_test(a_header_that_lies_or_asks_too_much_is_refused_by_name),
		cmocka_unit_test(a_pipe_that_gives_one_byte_at_a_time_is_recognised),
		cmocka_unit_test(what_cannot_be_read_is_a_failure_of_the_run),
	};

	return cmocka_run_group_tests_name("pack", tests, NULL, NULL);
}
