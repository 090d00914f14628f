/*
 * What a post or an account that is shown says of where it is not.
 *
 * A post withheld in some countries was seen in another one: its words are held, and the
 * state tells readers elsewhere why they may not find it.
 */
#include "core/collect/x.h"

void
x_state(struct x_value *value, struct rp_slice subject, enum post_state state,
        struct rp_slice evidence)
{
	struct state_note *note;

	if (subject.n == 0)
		return;
	note = x_add(value->batch, &value->batch->states, sizeof(*note));
	if (note == NULL)
		return;
	note->subject = subject;
	note->state = state;
	note->as_of = value->as_of;
	note->evidence = evidence;
}

struct rp_slice
x_withheld_key(struct x_value *value, const struct x_post *post, uint32_t scope)
{
	if (post->author.n > 0 && json_text_is(value->doc, scope, RP_SLICE("user")))
		return x_account_key(value, post->author);
	return x_key(value, post->id);
}

void
x_withheld(struct x_value *value, struct rp_slice subject, uint32_t countries,
           uint32_t copyright)
{
	struct json_each each = json_each(value->doc, countries);
	struct rp_slice words = RP_SLICE("withheld"), code;
	bool claimed = false, somewhere = false;

	(void)json_bool(value->doc, copyright, &claimed);
	if (json_type(value->doc, countries) == JSON_ARRAY)
		while (json_next(&each) && !value->batch->full) {
			code = x_text(value, each.value);
			if (!x_is_word(code) || words.n > 2000)
				continue;
			words = x_joined(value, words,
			                 somewhere ? RP_SLICE(", ") : RP_SLICE(" in "));
			words = x_joined(value, words, code);
			somewhere = true;
		}
	if (claimed)
		words = x_joined(value, words, RP_SLICE(", after a copyright claim"));
	if (somewhere || claimed)
		x_state(value, subject, STATE_WITHHELD, words);
}
