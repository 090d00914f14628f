#include "core/collect/list.h"

#include "core/base/ascii.h"

enum {
	ID_MAX_DIGITS = 19,
	ID_SURE_DIGITS = 15, /* of all X ids since November 2010 */
};

static const struct rp_slice titles[] = {
	RP_LIT("tweet_id"),  RP_LIT("tweetid"),  RP_LIT("tweet id"),
	RP_LIT("tweet_ids"), RP_LIT("tweetids"), RP_LIT("tweet ids"),
	RP_LIT("status_id"), RP_LIT("statusid"), RP_LIT("status id"),
	RP_LIT("post_id"),   RP_LIT("post id"),
};

/* May be ids of anything. */
static const struct rp_slice vague_titles[] = { RP_LIT("id"), RP_LIT("ids"),
	                                        RP_LIT("id_str") };

/* Without blanks, quotes, and what keeps spreadsheets from making numbers of texts. */
static struct rp_slice
bare(struct rp_slice field)
{
	field = rp_slice_trim(field);
	while (field.n && strchr("=\"'", field.p[0]))
		field = rp_slice_skip(field, 1);
	while (field.n && strchr("\"'", field.p[field.n - 1]))
		field.n--;
	return rp_slice_trim(field);
}

/* Up to the next separator that is not inside of quotes. */
static struct rp_slice
cut_field(struct rp_slice *rest, char separator)
{
	struct rp_slice whole = *rest, field;
	bool quoted = false;
	size_t n = 0;

	for (; n < whole.n; n++) {
		if (whole.p[n] == '"')
			quoted = !quoted;
		else if (whole.p[n] == separator && !quoted)
			break;
	}
	field = rp_slice_from(whole.p, n);
	*rest = n < whole.n ? rp_slice_skip(whole, n + 1) : (struct rp_slice){ NULL, 0 };
	return field;
}

struct list_table
list_table(struct rp_slice first_line)
{
	static const char separators[] = { '\t', ';', ',', '|' };
	struct list_table table = { .separator = 0 };
	struct rp_slice rest = first_line;

	for (size_t i = 0; i < sizeof(separators) && table.separator == 0; i++)
		if (rp_slice_find_byte(first_line, separators[i]) < first_line.n)
			table.separator = separators[i];
	for (size_t column = 0; rest.p; column++) {
		struct rp_slice title = bare(cut_field(&rest, table.separator));
		const bool sure = ASCII_IS_ONE_OF(title, titles);

		if (table.sure || !(sure || ASCII_IS_ONE_OF(title, vague_titles)) ||
		    (table.has_ids && !sure))
			continue;
		table.has_ids = true;
		table.sure = sure;
		table.column = column;
	}
	return table;
}

struct rp_slice
list_id_field(const struct list_table *table, struct rp_slice line)
{
	struct rp_slice field = { NULL, 0 }, rest = line;

	if (!table->has_ids)
		return field;
	for (size_t i = 0; i <= table->column; i++) {
		if (rest.p == NULL)
			return (struct rp_slice){ NULL, 0 };
		field = cut_field(&rest, table->separator);
	}
	return bare(field);
}

/* "1.88192E+18", "1,88192E+18" */
static bool
is_rounded(struct rp_slice word)
{
	size_t digits = ascii_digits(word);
	struct rp_slice rest = rp_slice_skip(word, digits);

	if (digits != 1 || rest.n == 0)
		return false;
	if (rest.p[0] == '.' || rest.p[0] == ',') {
		rest = rp_slice_skip(rest, 1);
		rest = rp_slice_skip(rest, ascii_digits(rest));
	}
	if (rest.n < 4 || (rest.p[0] | 0x20) != 'e' || rest.p[1] != '+')
		return false;
	rest = rp_slice_skip(rest, 2);
	return rest.n == 2 && ascii_digits(rest) == 2 && rest.p[0] == '1';
}

enum list_id
list_judge_id(struct rp_slice word, bool sure)
{
	const size_t digits = ascii_digits(word);

	if (is_rounded(word))
		return LIST_ROUNDED;
	if (digits != word.n || digits == 0 || digits > ID_MAX_DIGITS || word.p[0] == '0')
		return LIST_NO_ID;
	return sure || digits >= ID_SURE_DIGITS ? LIST_ID : LIST_NO_ID;
}

bool
list_is_key(struct rp_slice line)
{
	const enum platform platform = key_platform(line);

	return (platform == PLATFORM_X || platform == PLATFORM_BSKY ||
	        platform == PLATFORM_MASTO) &&
	       key_valid(line) && !key_is_account(line) &&
	       rp_slice_find_byte(line, ' ') == line.n &&
	       (platform != PLATFORM_X ||
	        list_judge_id(key_native(line), true) == LIST_ID);
}
