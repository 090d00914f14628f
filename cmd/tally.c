#include "cmd/tally.h"

#include <inttypes.h>
#include <stdio.h>

enum { MICRO = 1000000 };

void
tally_number(struct rp_buf *out, uint64_t number)
{
	uint64_t unit = 1;

	while (number / unit >= 1000)
		unit *= 1000;
	buf_printf(out, "%" PRIu64, number / unit);
	while (unit > 1) {
		number %= unit;
		unit /= 1000;
		buf_printf(out, ",%03" PRIu64, number / unit);
	}
}

void
tally_dollars(struct rp_buf *out, int64_t micro)
{
	buf_printf(out, "%" PRId64 ".%06d", micro / MICRO, (int)(micro % MICRO));
	/* Cents, and what is below them if there is anything. */
	for (int i = 0; i < 4 && out->n > 0 && out->p[out->n - 1] == '0'; i++)
		out->n--;
}

void
tally_json_dollars(struct jsonw *json, const char *name, int64_t micro)
{
	CLEANUP(buf_done) struct rp_buf text;

	buf_init(&text, 64);
	tally_dollars(&text, micro);
	jsonw_key(json, name);
	jsonw_raw(json, buf_slice(&text));
}

void
tally_count(struct rp_buf *out, const char *separator, uint64_t number, const char *one,
            const char *many)
{
	buf_add_str(out, separator);
	tally_number(out, number);
	buf_add_str(out, number == 1 ? one : many);
}

void
tally_text(struct rp_buf *out, const struct tally *t)
{
	tally_count(out, "", t->captures, " capture: ", " captures: ");
	tally_count(out, "", t->records, " record", " records");
	if (t->fresh > 0)
		tally_count(out, ", ", t->fresh, " new", " new");
	if (t->same > 0)
		tally_count(out, ", ", t->same, " same", " same");
	if (t->versions > 0)
		tally_count(out, ", ", t->versions, " new version", " new versions");
	if (t->ghosts > 0)
		tally_count(out, ", ", t->ghosts, " post referred to but not held",
		            " posts referred to but not held");
	if (t->rejected > 0)
		tally_count(out, ", ", t->rejected, " rejected", " rejected");
}

static void
add_members(struct jsonw *json, const struct tally *t)
{
	jsonw_field_int(json, "v", 1);
	jsonw_field_int(json, "captures", (int64_t)t->captures);
	jsonw_field_int(json, "records", (int64_t)t->records);
	jsonw_field_int(json, "new", (int64_t)t->fresh);
	jsonw_field_int(json, "same", (int64_t)t->same);
	jsonw_field_int(json, "versions", (int64_t)t->versions);
	jsonw_field_int(json, "ghosts", (int64_t)t->ghosts);
	jsonw_field_int(json, "rejected", (int64_t)t->rejected);
	jsonw_field_int(json, "bytes_in", (int64_t)t->bytes_in);
	jsonw_field_int(json, "bytes_stored", (int64_t)t->bytes_stored);
}

void
tally_object_begin(struct tally_object *object, const struct tally *tally)
{
	buf_init(&object->text, 1 << 28);
	object->json = jsonw_to(&object->text);
	jsonw_object(&object->json);
	add_members(&object->json, tally);
}

void
tally_object_end(struct tally_object *object)
{
	jsonw_end_object(&object->json);
	buf_add_byte(&object->text, '\n');
	if (!buf_failed(&object->text))
		fwrite(object->text.p, 1, object->text.n, stdout);
	buf_done(&object->text);
}
