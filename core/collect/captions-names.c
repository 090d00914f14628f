#include "core/collect/captions-names.h"

enum { NAME_BYTES = 100, LEAST_CUES = 3 };

/* "Satya Nadella: Only if": how long the name is; 0: there is none. */
static size_t
name_length(struct rp_slice text)
{
	const size_t at = rp_slice_find(text, RP_SLICE(": "));

	if (at == 0 || at == text.n || at > NAME_BYTES ||
	    rp_slice_find_byte(text, '\n') < at || text.p[0] == '@' || text.p[0] == '-' ||
	    text.p[0] == '>' || text.p[0] == '[')
		return 0;
	return at;
}

static bool
names_everybody(const struct cues *cues)
{
	size_t cues_with_text = 0, named = 0;

	for (size_t i = 0; i < cues->n; i++) {
		const struct cue *cue = &cues->list[i];

		if (cue->speaker.n != 0 || cue->n_words != 0)
			return false;
		cues_with_text += cue->text.n > 0;
		named += name_length(cue->text) != 0;
	}
	return named >= LEAST_CUES && named >= cues_with_text - cues_with_text / 10;
}

bool
cues_take_names(struct cues *cues)
{
	if (!names_everybody(cues))
		return true;
	for (size_t i = 0; i < cues->n; i++) {
		struct cue *cue = &cues->list[i];
		const size_t n = name_length(cue->text);

		if (n == 0)
			continue;
		if (!cue_set_speaker(cues, cue, rp_slice_from(cue->text.p, n)))
			return false;
		cue->text = rp_slice_trim(rp_slice_skip(cue->text, n + 1));
	}
	return true;
}

/* A name as it is written. */
static struct label
plain_label(struct rp_slice name)
{
	struct label label = {
		.sort = LABEL_NAME, .name = name, .words = 1, .offset_s = -1
	};

	for (size_t i = 0; i < name.n; i++)
		label.words += name.p[i] == ' ';
	return label;
}

/* "Satya Nadella" behind the name, where somebody is known by that. */
static struct label
turned_round(const struct roster *roster, struct rp_slice name, struct rp_buf *room)
{
	struct rp_slice given = name, surname = rp_slice_cut(&given, ','), turned;
	const size_t before = room->n;
	struct label label;

	buf_add(room, rp_slice_trim(given));
	buf_add_byte(room, ' ');
	buf_add(room, surname);
	turned = rp_slice_skip(buf_slice(room), before);
	label = plain_label(turned);
	return !buf_failed(room) && roster_knows(roster, &label) ? label
	                                                         : plain_label(name);
}

bool
name_label(const struct roster *roster, struct rp_slice name, struct rp_buf *room,
           struct label *out)
{
	size_t comma;

	/* Room for the longest, so that what points into it stays. */
	if (buf_reserve(room, 2 * name.n + 8) == NULL)
		return false;
	buf_add(room, name);
	buf_add_str(room, ": x");
	*out = label_read(buf_slice(room), true);
	name = rp_slice_from(room->p, name.n);
	comma = rp_slice_find_byte(name, ',');
	if (out->sort == LABEL_NONE || out->sort == LABEL_REMARK)
		*out = plain_label(name);
	else if (out->sort == LABEL_NAME && out->words == 1 && out->title.n == 0 &&
	         comma < name.n && rp_slice_find_byte(name, ' ') > comma)
		*out = turned_round(roster, name, room);
	return !buf_failed(room);
}
