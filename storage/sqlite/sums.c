/*
 * The checksums of rows: XXH3-64 over the columns in the order they are added here.
 * Numbers are 8 bytes, big end first; texts have their length as such a number in front;
 * hashes stand as they are.
 */
#include "storage/sqlite/sqlite.h"

void
row_sum_init(struct row_sum *sum)
{
	hash_stream_init(&sum->bytes);
}

static void
add_number(struct row_sum *sum, uint64_t number)
{
	char bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (char)(unsigned char)(number >> (56 - 8 * i));
	hash_stream_add(&sum->bytes, rp_slice_from(bytes, sizeof(bytes)));
}

static void
add_time(struct row_sum *sum, int64_t us)
{
	add_number(sum, (uint64_t)us);
}

static void
add_text(struct row_sum *sum, struct rp_slice text)
{
	add_number(sum, text.n);
	hash_stream_add(&sum->bytes, text);
}

static void
add_hash(struct row_sum *sum, const struct sha256 *hash)
{
	hash_stream_add(&sum->bytes,
	                rp_slice_from((const char *)hash->bytes, SHA256_BYTES));
}

static int64_t
finish(struct row_sum *sum)
{
	uint64_t hash = hash_stream_end(&sum->bytes);
	int64_t as_signed;

	memcpy(&as_signed, &hash, sizeof(as_signed));
	row_sum_init(sum);
	return as_signed;
}

int64_t
row_sum_of_archive(struct row_sum *sum, struct rp_slice id)
{
	add_text(sum, id);
	return finish(sum);
}

int64_t
row_sum_of_run(struct row_sum *sum, const struct run *run, int64_t link)
{
	add_number(sum, (uint64_t)run->id);
	add_text(sum, run->kind);
	add_text(sum, run->program);
	add_time(sum, run->started);
	add_time(sum, run->ended);
	add_number(sum, (uint64_t)run->pid);
	add_number(sum, (uint64_t)link);
	add_hash(sum, &run->previous);
	add_hash(sum, &run->hash);
	return finish(sum);
}

int64_t
row_sum_of_foreign_run(struct row_sum *sum, const struct foreign_run *run)
{
	add_number(sum, (uint64_t)run->taken_by);
	add_text(sum, rp_slice_str(run->archive));
	add_number(sum, (uint64_t)run->number);
	return row_sum_of_run(sum, &run->run, run->run.link);
}

int64_t
row_sum_of_part(struct row_sum *sum, int64_t run, int64_t place,
                const struct run_part *part)
{
	add_number(sum, (uint64_t)run);
	add_number(sum, (uint64_t)place);
	add_number(sum, (uint64_t)part->kind);
	if (part->kind != PART_RUN) {
		add_time(sum, part->seen);
		return row_sum_of_capture(sum, &part->capture);
	}
	add_text(sum, rp_slice_str(part->archive));
	add_number(sum, (uint64_t)part->link);
	add_hash(sum, &part->hash);
	return finish(sum);
}

int64_t
row_sum_of_capture(struct row_sum *sum, const struct capture *capture)
{
	add_number(sum, (uint64_t)capture->id);
	add_number(sum, (uint64_t)capture->run);
	add_number(sum, (uint64_t)capture->inside);
	add_text(sum, capture->name);
	add_text(sum, capture->format);
	add_text(sum, capture->options);
	add_time(sum, capture->at);
	add_number(sum, capture->bytes);
	add_number(sum, capture->complete ? 1 : 0);
	add_hash(sum, &capture->sha256);
	add_number(sum, capture->records);
	add_number(sum, capture->rejected);
	return finish(sum);
}

int64_t
row_sum_of_again(struct row_sum *sum, int64_t id, int64_t capture, int64_t run,
                 int64_t at)
{
	add_number(sum, (uint64_t)id);
	add_number(sum, (uint64_t)capture);
	add_number(sum, (uint64_t)run);
	add_time(sum, at);
	return finish(sum);
}

int64_t
row_sum_of_reject(struct row_sum *sum, const struct reject *reject)
{
	add_number(sum, (uint64_t)reject->capture);
	add_number(sum, reject->offset);
	add_number(sum, reject->bytes);
	add_number(sum, reject->line);
	add_text(sum, reject->reason);
	return finish(sum);
}
