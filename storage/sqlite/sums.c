/*
 * The checksums of rows: XXH3-64 over the columns in the order they are added here.
 * Numbers are 8 bytes, big end first; texts have their length as such a number in front;
 * hashes stand as they are.
 */
#include "storage/sqlite/sources.h"

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

int64_t
row_sum_of_source(struct row_sum *sum, const struct source_state *state)
{
	add_text(sum, state->name);
	add_text(sum, state->collector);
	add_text(sum, state->cursor);
	add_time(sum, state->due);
	add_time(sum, state->tried);
	add_time(sum, state->worked);
	add_number(sum, state->failures);
	add_number(sum, state->paused ? 1 : 0);
	add_text(sum, state->trouble);
	return finish(sum);
}

int64_t
row_sum_of_coverage(struct row_sum *sum, const struct coverage *coverage)
{
	add_text(sum, coverage->source);
	add_text(sum, coverage->subject);
	add_time(sum, coverage->from);
	add_time(sum, coverage->until);
	add_number(sum, coverage->gap ? 1 : 0);
	add_text(sum, coverage->why);
	add_number(sum, (uint64_t)coverage->run);
	return finish(sum);
}

int64_t
row_sum_of_source_run(struct row_sum *sum, const struct source_run *told)
{
	const uint64_t counts[] = { told->requests, told->unchanged, told->captures,
		                    told->records,  told->fresh,     told->same,
		                    told->versions, told->rejected,  told->bytes_in };

	add_number(sum, (uint64_t)told->run);
	add_text(sum, told->source);
	add_time(sum, told->began);
	add_time(sum, told->ended);
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		add_number(sum, counts[i]);
	add_number(sum, (uint64_t)told->spent_micro);
	add_number(sum, (uint64_t)told->end);
	add_text(sum, told->why);
	return finish(sum);
}

int64_t
row_sum_of_spending(struct row_sum *sum, const struct spending *spending)
{
	add_number(sum, (uint64_t)spending->id);
	add_number(sum, (uint64_t)spending->run);
	add_text(sum, spending->source);
	add_text(sum, spending->payer);
	add_text(sum, spending->what);
	add_time(sum, spending->at);
	add_number(sum, spending->units);
	add_number(sum, (uint64_t)spending->micro);
	add_number(sum, spending->settled ? 1 : 0);
	return finish(sum);
}

int64_t
row_sum_of_look(struct row_sum *sum, const struct look *look)
{
	add_text(sum, look->key);
	add_text(sum, look->way);
	add_time(sum, look->at);
	add_number(sum, (uint64_t)look->outcome);
	add_number(sum, (uint64_t)look->run);
	return finish(sum);
}
