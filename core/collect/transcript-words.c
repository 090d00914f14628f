#include "core/collect/transcript-words.h"

#include "core/base/utf8.h"

enum { FOLD_BYTES = 4096, DIRECTION_MAX_BYTES = 120, COLOPHON_MAX_BYTES = 150 };

/* clang-format off */
static const struct {
	const char *text; /* folded: no capitals, no accents */
	enum label_sort sort;
} sorts[] = {
	{ "q",               LABEL_QUESTION },
	{ "question",        LABEL_QUESTION },
	{ "frage",           LABEL_QUESTION },
	{ "pregunta",        LABEL_QUESTION },
	{ "a",               LABEL_ANSWER },
	{ "answer",          LABEL_ANSWER },
	{ "r",               LABEL_ANSWER },
	{ "reponse",         LABEL_ANSWER },
	{ "antwort",         LABEL_ANSWER },
	{ "respuesta",       LABEL_ANSWER },
	{ "moderator",       LABEL_ASKER },
	{ "moderateur",      LABEL_ASKER },
	{ "moderatrice",     LABEL_ASKER },
	{ "host",            LABEL_ASKER },
	{ "interviewer",     LABEL_ASKER },
	{ "questioner",      LABEL_ASKER },
	{ "reporter",        LABEL_ASKER },
	{ "journalist",      LABEL_ASKER },
	{ "journaliste",     LABEL_ASKER },
	{ "presenter",       LABEL_ASKER },
	{ "anchor",          LABEL_ASKER },
	{ "audience",        LABEL_ASKER },
	{ "audience member", LABEL_ASKER },
	{ "audience question", LABEL_ASKER },
	{ "public",          LABEL_ASKER },
	{ "candidates",      LABEL_NOBODY },
	{ "crowd",           LABEL_NOBODY },
	{ "all",             LABEL_NOBODY },
	{ "everyone",        LABEL_NOBODY },
	{ "speaker",         LABEL_NOBODY },
	{ "speakers",        LABEL_NOBODY },
	{ "multiple speakers", LABEL_NOBODY },
	{ "unknown speaker", LABEL_NOBODY },
	{ "unidentified speaker", LABEL_NOBODY },
	{ "unidentified",    LABEL_NOBODY },
	{ "unidentified male", LABEL_NOBODY },
	{ "unidentified female", LABEL_NOBODY },
	{ "unknown",         LABEL_NOBODY },
	{ "participant",     LABEL_NOBODY },
	{ "participants",    LABEL_NOBODY },
	{ "panelist",        LABEL_NOBODY },
	{ "guest",           LABEL_NOBODY },
	{ "operator",        LABEL_NOBODY },
	{ "narrator",        LABEL_NOBODY },
	{ "announcer",       LABEL_NOBODY },
	{ "voice",           LABEL_NOBODY },
	{ "man",             LABEL_NOBODY },
	{ "woman",           LABEL_NOBODY },
	{ "male",            LABEL_NOBODY },
	{ "female",          LABEL_NOBODY },
	{ "interpreter",     LABEL_NOBODY },
	{ "translator",      LABEL_NOBODY },
};

/* A label that begins or ends with one of these is about the transcript. */
static const char *const remarks[] = {
	"note", "notes", "warning", "source", "sources", "re", "cc", "from", "to", "subject",
	"disclaimer", "copyright", "transcript", "date", "time", "location", "url", "link",
	"links", "title", "credit", "credits", "photo", "image", "video", "audio", "watch",
	"listen", "read", "related", "tags", "topics", "summary", "contact", "update",
	"correction", "duration", "published", "updated", "participants list", "recorded",
	"edited", "editor", "author", "by", "event", "venue", "lang", "language", "chapter",
	"part", "section", "http", "https", "breaking", "key",
};

/* Words that open a sentence and are followed by a colon when spoken about something. */
static const char *const openers[] = {
	"first", "firstly", "second", "secondly", "third", "thirdly", "fourth", "fifth",
	"finally", "lastly", "next", "then", "look", "listen", "yes", "no", "so", "but",
	"and", "or", "well", "now", "again", "however", "because", "remember", "example",
	"here", "this", "that", "these", "those", "there", "the", "my", "our", "your", "we",
	"you", "i", "it", "he", "she", "they", "what", "why", "how", "who", "when", "where",
	"one", "two", "three", "also", "meaning", "result", "conclusion", "bottom", "point",
	"fact", "in", "on", "for", "at", "as", "if", "let", "is", "are", "do", "does", "an",
};

/* Behind a name and a comma: somebody is spoken to, "Satya, you said energy: why?" */
static const char *const clauses[] = {
	"you", "your", "I", "my", "we", "it", "he", "she", "they", "this", "that", "there",
	"what", "why", "how", "who", "when", "where", "which", "let", "is", "are", "do", "does",
	"did", "can", "could", "would", "will", "should", "have", "has", "if", "so", "but",
	"because", "thank", "thanks", "please", "tell", "here", "one", "just", "vous",
	"votre", "je", "nous", "quel", "quelle", "merci", "sie", "ich", "wir", "was", "wie",
};

static const char *const titles[] = {
	"mr", "mrs", "ms", "miss", "dr", "prof", "professor", "president", "vice", "prime",
	"minister", "sen", "senator", "gov", "governor", "rep", "secretary", "chancellor",
	"chair", "chairman", "chairwoman", "judge", "justice", "sir", "dame", "lord", "lady",
	"m", "mme", "mlle", "herr", "frau", "senor", "senora", "king", "queen", "prince",
	"princess", "general", "gen", "ambassador", "commissioner", "mayor", "mm", "mmes",
	"monsieur", "madame", "presidente", "ministre", "rapporteur", "rapporteure",
};

/* "THE PRESIDENT", "Mme la présidente": an office, and whoever holds it. */
static const char *const callings[] = {
	"the", "le", "la", "m", "mr", "mme", "madam", "madame", "monsieur",
};
static const char *const offices[] = {
	"president", "presidente", "vice", "vice-president", "prime", "minister", "secretary",
	"chancellor", "chair", "chairman", "chairwoman", "speaker", "king", "queen",
	"premier", "premiere", "ministre", "rapporteur", "rapporteure",
};

/* Paragraphs that whoever wrote a transcript down puts at its end, or at a break. */
static const char *const colophons[] = {
	"transcribed by ", "transcript by ", "transcription by ", "transcript provided by ",
	"la seance est ouverte a ", "la seance est levee a ", "la seance est suspendue a ",
	"la seance est reprise a ", "la seance est close a ", "la reunion est close a ",
	"la reunion est suspendue a ", "l'audition s'acheve a ", "la reunion s'acheve a ",
};

static const char *const particles[] = {
	"de", "del", "della", "da", "di", "du", "des", "van", "von", "der", "den", "ten", "ter",
	"bin", "ibn", "el", "al", "la", "le", "las", "los", "dos", "y", "e", "zu", "af",
};
/* clang-format on */

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))

static bool
in_list(struct rp_slice word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (rp_slice_eq(word, rp_slice_str(list[i])))
			return true;
	return false;
}

/* The folded copy of a short text, in `room`; empty when it does not fit. */
static struct rp_slice
fold_short(struct rp_slice text, struct arena *room)
{
	struct rp_slice folded;

	return utf8_fold(room, text, &folded) ? folded : RP_SLICE("");
}

static struct rp_slice
without(struct rp_slice s, char last)
{
	while (s.n > 0 && s.p[s.n - 1] == last)
		s.n--;
	return s;
}

/* "audience member 2", "q1", "speaker #3": without the number. */
static struct rp_slice
without_number(struct rp_slice s)
{
	size_t n = s.n;

	while (n > 0 && ((s.p[n - 1] >= '0' && s.p[n - 1] <= '9') || s.p[n - 1] == '#'))
		n--;
	return rp_slice_trim(rp_slice_from(s.p, n));
}

static bool
is_remark(struct rp_slice folded)
{
	struct rp_slice rest = folded, first = rp_slice_cut(&rest, ' ');

	/* "Editor's note", "Image credit"; but "Video, of course" has a role. */
	return in_list(first, remarks, LENGTH(remarks)) ||
	       in_list(label_last_word(folded), remarks, LENGTH(remarks));
}

/* "THE PRESIDENT" is somebody, "The point" is not, and "Mr. King" has a name. */
static bool
is_office(struct rp_slice folded)
{
	struct rp_slice rest = folded, word = rp_slice_cut(&rest, ' ');
	const bool by_name = !rp_slice_eq(word, RP_SLICE("the"));
	size_t called = 0;

	for (; in_list(without(word, '.'), callings, LENGTH(callings)); called++)
		word = rp_slice_cut(&rest, ' ');
	if (called == 0)
		return false;
	for (; word.n > 0; word = rp_slice_cut(&rest, ' '))
		if (!in_list(word, offices, LENGTH(offices)) ||
		    (by_name && (rp_slice_eq(word, RP_SLICE("king")) ||
		                 rp_slice_eq(word, RP_SLICE("queen")))))
			return false;
	return rest.n == 0;
}

enum label_sort
word_sort(struct rp_slice label)
{
	CLEANUP(arena_free) struct arena *room = arena_new(FOLD_BYTES);
	struct rp_slice folded, bare, rest, first;

	if (room == NULL)
		return LABEL_NONE;
	folded = without(fold_short(label, room), '.');
	bare = without_number(folded);
	if (rp_slice_starts(bare, RP_SLICE("the ")))
		bare = rp_slice_skip(bare, 4);
	if (folded.n == 0 || bare.n == 0)
		return LABEL_NONE;
	for (size_t i = 0; i < LENGTH(sorts); i++)
		if (rp_slice_eq(bare, rp_slice_str(sorts[i].text)))
			return sorts[i].sort;
	if (is_remark(folded))
		return LABEL_REMARK;
	if (is_office(folded))
		return LABEL_NOBODY;
	rest = folded;
	first = rp_slice_cut(&rest, ' ');
	return in_list(first, openers, LENGTH(openers)) ? LABEL_NONE : LABEL_NAME;
}

bool
word_is_title(struct rp_slice word)
{
	CLEANUP(arena_free) struct arena *room = arena_new(FOLD_BYTES);

	return room != NULL &&
	       in_list(without(fold_short(word, room), '.'), titles, LENGTH(titles));
}

bool
word_is_particle(struct rp_slice word)
{
	for (size_t i = 0; i < LENGTH(particles); i++)
		if (rp_slice_eq_nocase(word, rp_slice_str(particles[i])))
			return true;
	return false;
}

bool
word_begins_clause(struct rp_slice word)
{
	/* "WHO", "IT" are roles; "YOU" is a caption in capitals. */
	const bool any_case = word.n >= 3 && !rp_slice_eq(word, RP_SLICE("WHO"));

	for (size_t i = 0; i < LENGTH(clauses); i++) {
		const struct rp_slice clause = rp_slice_str(clauses[i]);

		if (any_case ? rp_slice_eq_nocase(word, clause)
		             : rp_slice_eq(word, clause))
			return true;
	}
	return false;
}

bool
word_is_article(struct rp_slice word)
{
	return rp_slice_eq(word, RP_SLICE("le")) || rp_slice_eq(word, RP_SLICE("la"));
}

bool
word_tells_of_interpreter(struct rp_slice note)
{
	CLEANUP(arena_free) struct arena *room = arena_new(FOLD_BYTES);
	struct rp_slice folded = room ? fold_short(note, room) : RP_SLICE("");

	return rp_slice_find(folded, RP_SLICE("interpret")) < folded.n ||
	       rp_slice_find(folded, RP_SLICE("translat")) < folded.n;
}

/* "[inaudible]" stands for words. */
static bool
stands_for_words(struct rp_slice bracket)
{
	static const char *const lost[] = { "inaudible", "unintelligible",
		                            "indiscernible" };
	CLEANUP(arena_free) struct arena *room = arena_new(FOLD_BYTES);
	struct rp_slice folded = room ? fold_short(bracket, room) : RP_SLICE("");

	for (size_t i = 0; i < LENGTH(lost); i++)
		if (rp_slice_find(folded, rp_slice_str(lost[i])) < folded.n)
			return true;
	return false;
}

bool
text_is_stage_direction(struct rp_slice line)
{
	struct rp_slice rest = rp_slice_trim(line);

	while (rest.n > 0 && (rest.p[0] == '(' || rest.p[0] == '[')) {
		size_t end = rp_slice_find_byte(rest, rest.p[0] == '(' ? ')' : ']');

		if (end == rest.n || end > DIRECTION_MAX_BYTES ||
		    stands_for_words(rp_slice_from(rest.p, end)))
			return false;
		rest = rp_slice_skip(rest, end + 1);
		while (rest.n > 0 &&
		       (rest.p[0] == ' ' || rest.p[0] == '.' || rest.p[0] == '\n'))
			rest = rp_slice_skip(rest, 1);
	}
	return line.n > 0 && rest.n == 0;
}

/* "END", "END   1:45 P.M. EST" */
static bool
is_end(struct rp_slice line)
{
	struct rp_slice behind = rp_slice_skip(line, 3);

	if (!rp_slice_starts(line, RP_SLICE("END")))
		return false;
	return behind.n == 0 ||
	       ((behind.p[0] == ' ' || behind.p[0] == '\t') &&
	        rp_slice_trim(behind).p[0] >= '0' && rp_slice_trim(behind).p[0] <= '9');
}

bool
text_is_colophon(struct rp_slice line)
{
	CLEANUP(arena_free) struct arena *room = NULL;
	const struct rp_slice text = rp_slice_trim(line);
	struct rp_slice folded;

	if (text.n == 0 || text.n > COLOPHON_MAX_BYTES)
		return false;
	if (is_end(text))
		return true;
	if ((text.p[0] | 0x20) != 't' && (text.p[0] | 0x20) != 'l')
		return false;
	room = arena_new(FOLD_BYTES);
	folded = room ? fold_short(text, room) : RP_SLICE("");
	for (size_t i = 0; i < LENGTH(colophons); i++)
		if (rp_slice_starts(folded, rp_slice_str(colophons[i])))
			return true;
	return false;
}
