#include "core/parse/archive-zip.h"

#include "core/parse/archive.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	END_BYTES = 22,           /* of the record at the end, without its comment */
	TAIL_BYTES = 16 << 10,    /* in which the library looks for it */
	DIRECTORY_MAX = 64 << 20, /* it is held in memory; 600,000 entries */
};

static uint32_t
u16(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;

	return (uint32_t)u[0] | (uint32_t)u[1] << 8;
}

static uint32_t
u32(const char *p)
{
	return u16(p) | u16(p + 2) << 16;
}

static uint64_t
u64(const char *p)
{
	return u32(p) | (uint64_t)u32(p + 4) << 32;
}

/* All of size bytes, or what there is. */
static size_t
read_at(int fd, uint64_t at, char *into, size_t size)
{
	size_t n = 0;
	ssize_t got = 1;

	while (n < size && got != 0) {
		got = pread(fd, into + n, size - n, (off_t)(at + n));
		if (got < 0 && errno != EINTR)
			return n;
		n += got > 0 ? (size_t)got : 0;
	}
	return n;
}

struct ending {
	uint64_t at;      /* in the file; of the record at the end */
	uint64_t comment; /* bytes behind it, as it says */
	uint64_t offset;  /* of the directory, as it says */
	bool split;
};

/* The last record of its kind in the last 16 KiB. */
static bool
find_ending(int fd, uint64_t begin, uint64_t end, struct ending *out)
{
	char tail[TAIL_BYTES], zip64[56];
	uint64_t from = end - begin > TAIL_BYTES ? end - TAIL_BYTES : begin, at;
	size_t n = read_at(fd, from, tail, (size_t)(end - from)), i;

	if (n < END_BYTES)
		return false;
	for (i = n - END_BYTES; memcmp(tail + i, "PK\5\6", 4) != 0; i--)
		if (i == 0)
			return false;
	*out = (struct ending){ .at = from + i,
		                .comment = u16(tail + i + 20),
		                .offset = u32(tail + i + 16),
		                .split = u16(tail + i + 4) != 0 &&
		                         u16(tail + i + 4) != UINT16_MAX };
	if (out->offset != UINT32_MAX || i < 20 ||
	    memcmp(tail + i - 20, "PK\6\7", 4) != 0)
		return true;
	at = u64(tail + i - 20 + 8);
	if (at < end - begin &&
	    read_at(fd, begin + at, zip64, sizeof(zip64)) == sizeof(zip64) &&
	    memcmp(zip64, "PK\6\6", 4) == 0)
		out->offset = u64(zip64 + 48);
	return true;
}

bool
archive_is_zip(int fd)
{
	const off_t begin = lseek(fd, 0, SEEK_CUR);
	struct ending ending;
	struct stat info;
	char head[4];

	if (begin < 0 || fstat(fd, &info) != 0 || !S_ISREG(info.st_mode) ||
	    info.st_size < begin ||
	    read_at(fd, (uint64_t)begin, head, sizeof(head)) != sizeof(head))
		return false;
	if (memcmp(head, "PK\3\4", 4) == 0 || memcmp(head, "PK\5\6", 4) == 0)
		return true;
	return find_ending(fd, (uint64_t)begin, (uint64_t)info.st_size, &ending) &&
	       ending.at + END_BYTES + ending.comment == (uint64_t)info.st_size;
}

bool
archive_has_zip(int fd)
{
	struct ending ending;
	struct stat info;

	return fstat(fd, &info) == 0 && S_ISREG(info.st_mode) &&
	       find_ending(fd, 0, (uint64_t)info.st_size, &ending) &&
	       ending.offset <= ending.at;
}

enum rp_status
zip_check(int fd, uint64_t begin, uint64_t end, struct rp_error *err)
{
	struct ending ending;

	if (!find_ending(fd, begin, end, &ending))
		return rp_fail(
			err, RP_BAD_SOURCE,
			"incomplete zip: its directory, which stands at the end, is "
			"not there; fetch it again");
	if (ending.split)
		return rp_fail(err, RP_BAD_SOURCE,
		               "is one part of several of a zip; join them first");
	if (ending.offset > ending.at - begin)
		return rp_fail(err, RP_BAD_SOURCE,
		               "incomplete zip: a part of it is missing; fetch it again");
	if (ending.at - begin - ending.offset > DIRECTORY_MAX)
		return rp_fail(err, RP_BAD_SOURCE,
		               "its directory of entries is larger than %d MiB",
		               DIRECTORY_MAX >> 20);
	return RP_OK;
}

bool
archive_is_packed(struct rp_slice head)
{
	if (rp_slice_starts(head, RP_SLICE("\xfd"
	                                   "7zXZ")))
		return true;
	return head.n >= 10 && rp_slice_starts(head, RP_SLICE("BZh")) &&
	       head.p[3] >= '1' && head.p[3] <= '9' &&
	       (rp_slice_starts(rp_slice_skip(head, 4), RP_SLICE("1AY&SY")) ||
	        rp_slice_starts(rp_slice_skip(head, 4), RP_SLICE("\x17rE8P\x90")));
}

/* Octal digits, blanks around them. */
static bool
octal(struct rp_slice field, uint32_t *out)
{
	size_t i = 0;

	for (*out = 0; i < field.n && field.p[i] == ' ';)
		i++;
	for (; i < field.n && field.p[i] >= '0' && field.p[i] <= '7'; i++)
		*out = *out * 8 + (uint32_t)(field.p[i] - '0');
	return i > 0 && (i == field.n || field.p[i] == ' ' || field.p[i] == '\0');
}

bool
archive_is_tar(struct rp_slice head)
{
	enum { HEADER = 512, SUM_AT = 148, SUM = 8 };
	uint32_t told, sum = 0;

	if (head.n < HEADER || head.p[0] == '\0' ||
	    !octal(rp_slice_from(head.p + SUM_AT, SUM), &told))
		return false;
	for (size_t i = 0; i < HEADER; i++)
		sum += i >= SUM_AT && i < SUM_AT + SUM ? ' ' : (unsigned char)head.p[i];
	return sum == told;
}
