#include "core/base/date-words.h"

#include "core/base/utf8.h"

enum { LONGEST_WORD = 24 };

struct entry {
	struct rp_slice word; /* lower case, without accents */
	struct date_word meaning;
};

#define MONTH(text, n)                                                                   \
	{                                                                                \
		RP_LIT(text),                                                            \
		{                                                                        \
			DATE_WORD_MONTH, n, false, false                                 \
		}                                                                        \
	}
#define SHORT(text, n)                                                                   \
	{                                                                                \
		RP_LIT(text),                                                            \
		{                                                                        \
			DATE_WORD_WEEKDAY, n, false, false                               \
		}                                                                        \
	}
#define DAY(text, n)                                                                     \
	{                                                                                \
		RP_LIT(text),                                                            \
		{                                                                        \
			DATE_WORD_WEEKDAY, n, true, false                                \
		}                                                                        \
	}
#define WORD(text, kind)                                                                 \
	{                                                                                \
		RP_LIT(text),                                                            \
		{                                                                        \
			kind, 0, true, false                                             \
		}                                                                        \
	}
#define NOISE(text) WORD(text, DATE_WORD_NOISE)
#define UPDATE(text) WORD(text, DATE_WORD_UPDATE)
#define BEFORE(text, n)                                                                  \
	{                                                                                \
		RP_LIT(text),                                                            \
		{                                                                        \
			DATE_WORD_BEFORE, n, true, false                                 \
		}                                                                        \
	}

/* clang-format off */
static const struct entry months[] = {
	MONTH("jan", 1), MONTH("january", 1), MONTH("janvier", 1), MONTH("janv", 1),
	MONTH("januar", 1), MONTH("janner", 1), MONTH("enero", 1), MONTH("ene", 1),
	MONTH("gennaio", 1), MONTH("genn", 1), MONTH("gen", 1),
	MONTH("feb", 2), MONTH("february", 2), MONTH("fevrier", 2), MONTH("fevr", 2),
	MONTH("fev", 2), MONTH("februar", 2), MONTH("febr", 2), MONTH("feber", 2),
	MONTH("febrero", 2), MONTH("febbraio", 2), MONTH("febb", 2),
	{ RP_LIT("mar"), { DATE_WORD_MONTH, 3, false, true } },
	MONTH("march", 3), MONTH("mars", 3), MONTH("marz", 3), MONTH("maerz", 3),
	MONTH("mrz", 3), MONTH("marzo", 3),
	MONTH("apr", 4), MONTH("april", 4), MONTH("avril", 4), MONTH("avr", 4),
	MONTH("abril", 4), MONTH("abr", 4), MONTH("aprile", 4),
	MONTH("may", 5), MONTH("mai", 5), MONTH("mayo", 5), MONTH("maggio", 5),
	MONTH("magg", 5), MONTH("mag", 5),
	MONTH("jun", 6), MONTH("june", 6), MONTH("juin", 6), MONTH("juni", 6),
	MONTH("junio", 6), MONTH("giugno", 6), MONTH("giu", 6),
	MONTH("jul", 7), MONTH("july", 7), MONTH("juillet", 7), MONTH("juil", 7),
	MONTH("juill", 7), MONTH("juli", 7), MONTH("julio", 7), MONTH("luglio", 7),
	MONTH("lug", 7),
	MONTH("aug", 8), MONTH("august", 8), MONTH("aout", 8), MONTH("agosto", 8),
	MONTH("ago", 8),
	MONTH("sep", 9), MONTH("sept", 9), MONTH("september", 9), MONTH("septembre", 9),
	MONTH("septiembre", 9), MONTH("setiembre", 9), MONTH("settembre", 9),
	MONTH("sett", 9), MONTH("set", 9),
	MONTH("oct", 10), MONTH("october", 10), MONTH("octobre", 10), MONTH("okt", 10),
	MONTH("oktober", 10), MONTH("octubre", 10), MONTH("ottobre", 10), MONTH("ott", 10),
	MONTH("nov", 11), MONTH("november", 11), MONTH("novembre", 11),
	MONTH("noviembre", 11),
	MONTH("dec", 12), MONTH("december", 12), MONTH("decembre", 12), MONTH("dez", 12),
	MONTH("dezember", 12), MONTH("diciembre", 12), MONTH("dic", 12),
	MONTH("dicembre", 12),
};

static const struct entry days[] = {
	DAY("monday", 0), DAY("lundi", 0), DAY("montag", 0), DAY("lunes", 0), DAY("lunedi", 0),
	DAY("tuesday", 1), DAY("mardi", 1), DAY("dienstag", 1), DAY("martes", 1),
	DAY("martedi", 1),
	DAY("wednesday", 2), DAY("mercredi", 2), DAY("mittwoch", 2), DAY("miercoles", 2),
	DAY("mercoledi", 2),
	DAY("thursday", 3), DAY("jeudi", 3), DAY("donnerstag", 3), DAY("jueves", 3),
	DAY("giovedi", 3),
	DAY("friday", 4), DAY("vendredi", 4), DAY("freitag", 4), DAY("viernes", 4),
	DAY("venerdi", 4),
	DAY("saturday", 5), DAY("samedi", 5), DAY("samstag", 5), DAY("sonnabend", 5),
	DAY("sabado", 5), DAY("sabato", 5),
	DAY("sunday", 6), DAY("dimanche", 6), DAY("sonntag", 6), DAY("domingo", 6),
	DAY("domenica", 6),
	SHORT("mon", 0), SHORT("lun", 0), SHORT("mo", 0),
	SHORT("tue", 1), SHORT("tues", 1), SHORT("di", 1),
	SHORT("wed", 2), SHORT("weds", 2), SHORT("mer", 2), SHORT("mi", 2), SHORT("mie", 2),
	SHORT("thu", 3), SHORT("thur", 3), SHORT("thurs", 3), SHORT("jeu", 3), SHORT("do", 3),
	SHORT("jue", 3), SHORT("gio", 3),
	SHORT("fri", 4), SHORT("ven", 4), SHORT("fr", 4), SHORT("vie", 4),
	SHORT("sat", 5), SHORT("sam", 5), SHORT("sa", 5), SHORT("sab", 5),
	SHORT("sun", 6), SHORT("dim", 6), SHORT("so", 6), SHORT("dom", 6),
};

static const struct entry others[] = {
	/* what stands between the parts */
	NOISE("the"), NOISE("of"), NOISE("on"), NOISE("at"), NOISE("and"), NOISE("in"),
	NOISE("le"), NOISE("l"), NOISE("de"), NOISE("du"), NOISE("et"),
	NOISE("am"), NOISE("den"), NOISE("der"), NOISE("dem"), NOISE("vom"), NOISE("um"),
	NOISE("und"), NOISE("el"), NOISE("del"), NOISE("las"), NOISE("los"), NOISE("la"),
	NOISE("il"), NOISE("alle"), NOISE("dalle"), NOISE("ore"), NOISE("local"),
	NOISE("uhr"), NOISE("h"), NOISE("hrs"), NOISE("heure"), NOISE("heures"),
	NOISE("time"), NOISE("date"),
	/* what stands in front */
	NOISE("first"), NOISE("published"), NOISE("posted"), NOISE("created"), NOISE("issued"),
	NOISE("publie"), NOISE("publiee"), NOISE("poste"), NOISE("cree"), NOISE("parution"),
	NOISE("veroffentlicht"), NOISE("publiziert"), NOISE("erstellt"), NOISE("erschienen"),
	NOISE("stand"), NOISE("en"), NOISE("ligne"), NOISE("online"), NOISE("publicado"), NOISE("publicada"), NOISE("creado"),
	NOISE("pubblicato"), NOISE("pubblicata"), NOISE("last"), NOISE("zuletzt"),
	/* another date */
	UPDATE("updated"), UPDATE("modified"), UPDATE("mis"), UPDATE("mise"), UPDATE("maj"),
	UPDATE("modifie"), UPDATE("modifiee"), UPDATE("actualise"), UPDATE("aktualisiert"),
	UPDATE("geandert"), UPDATE("actualizado"), UPDATE("actualizada"),
	UPDATE("modificado"), UPDATE("aggiornato"), UPDATE("aggiornata"),
	UPDATE("modificato"),
	NOISE("jour"), /* "mis à jour" */
	WORD("to", DATE_WORD_TO), WORD("until", DATE_WORD_TO), WORD("till", DATE_WORD_TO),
	WORD("bis", DATE_WORD_TO), WORD("a", DATE_WORD_TO), WORD("au", DATE_WORD_TO),
	WORD("hasta", DATE_WORD_TO),
	BEFORE("yesterday", 1), BEFORE("hier", 1), BEFORE("gestern", 1), BEFORE("ayer", 1),
	BEFORE("ieri", 1), BEFORE("vorgestern", 2), BEFORE("anteayer", 2),
	WORD("next", DATE_WORD_LATER), WORD("prochain", DATE_WORD_LATER),
	WORD("prochaine", DATE_WORD_LATER), WORD("kommenden", DATE_WORD_LATER),
	WORD("nachsten", DATE_WORD_LATER), WORD("proximo", DATE_WORD_LATER),
	WORD("prossimo", DATE_WORD_LATER), WORD("prossima", DATE_WORD_LATER),
};

static const struct {
	struct rp_slice name;
	int minutes;
	struct rp_slice zone;
} zones[] = {
	{ RP_LIT("UTC"), 0, { 0 } },     { RP_LIT("GMT"), 0, { 0 } },
	{ RP_LIT("UT"), 0, { 0 } },
	{ RP_LIT("EST"), -300, { 0 } },  { RP_LIT("EDT"), -240, { 0 } },
	{ RP_LIT("CST"), -360, { 0 } },  { RP_LIT("CDT"), -300, { 0 } },
	{ RP_LIT("MST"), -420, { 0 } },  { RP_LIT("MDT"), -360, { 0 } },
	{ RP_LIT("PST"), -480, { 0 } },  { RP_LIT("PDT"), -420, { 0 } },
	{ RP_LIT("ET"), -300, RP_LIT("America/New_York") },
	{ RP_LIT("CT"), -360, RP_LIT("America/Chicago") },
	{ RP_LIT("MT"), -420, RP_LIT("America/Denver") },
	{ RP_LIT("PT"), -480, RP_LIT("America/Los_Angeles") },
	{ RP_LIT("WET"), 0, { 0 } },     { RP_LIT("WEST"), 60, { 0 } },
	{ RP_LIT("BST"), 60, { 0 } },
	{ RP_LIT("CET"), 60, { 0 } },    { RP_LIT("CEST"), 120, { 0 } },
	{ RP_LIT("MET"), 60, { 0 } },    { RP_LIT("MEST"), 120, { 0 } },
	{ RP_LIT("MEZ"), 60, { 0 } },    { RP_LIT("MESZ"), 120, { 0 } },
	{ RP_LIT("EET"), 120, { 0 } },   { RP_LIT("EEST"), 180, { 0 } },
	{ RP_LIT("MSK"), 180, { 0 } },
	{ RP_LIT("JST"), 540, { 0 } },   { RP_LIT("KST"), 540, { 0 } },
};
/* clang-format on */

struct rp_slice
date_letters(struct rp_slice s)
{
	size_t n = 0, width;

	while (n < s.n) {
		int32_t c = utf8_next(rp_slice_skip(s, n), &width);

		if (c < 0 || (utf8_letter(c) == UTF8_NO_LETTER &&
		              !(n && c >= 0x300 && c <= 0x36f)))
			break;
		n += width;
	}
	return rp_slice_from(s.p, n);
}

/* Lower case, and the letters of Latin-1 without their accents; 0: too long, or none. */
static size_t
fold(struct rp_slice word, char out[LONGEST_WORD])
{
	static const char plain[] = "aaaaaaaceeeeiiiidnooooo?ouuuuypy"; /* U+E0 to U+FF */
	size_t n = 0, width;

	for (; word.n; word = rp_slice_skip(word, width)) {
		int32_t c = utf8_lower(utf8_next(word, &width));

		if (c >= 0x300 && c <= 0x36f)
			continue;
		if (c >= 0xe0 && c <= 0xff)
			c = plain[c - 0xe0];
		if (c < 0 || c > 0x7f || n == LONGEST_WORD)
			return 0;
		out[n++] = (char)c;
	}
	return n;
}

static bool
look_up(const struct entry *entries, size_t n, struct rp_slice word,
        struct date_word *out)
{
	for (size_t i = 0; i < n; i++) {
		if (!rp_slice_eq(entries[i].word, word))
			continue;
		*out = entries[i].meaning;
		return true;
	}
	return false;
}

#define LOOK_UP(entries, word, out)                                                      \
	look_up(entries, sizeof(entries) / sizeof(*(entries)), word, out)

struct date_word
date_word(struct rp_slice word)
{
	struct date_word meaning = { DATE_WORD_UNKNOWN, 0, false, false };
	char folded[LONGEST_WORD];
	struct rp_slice plain = { folded, fold(word, folded) };

	if (plain.n && !LOOK_UP(months, plain, &meaning) &&
	    !LOOK_UP(days, plain, &meaning))
		(void)LOOK_UP(others, plain, &meaning);
	return meaning;
}

bool
date_zone(struct rp_slice word, int *offset_s_out, struct rp_slice *name_out)
{
	const bool universal = rp_slice_eq_nocase(word, RP_SLICE("utc")) ||
	                       rp_slice_eq_nocase(word, RP_SLICE("gmt")) ||
	                       rp_slice_eq_nocase(word, RP_SLICE("z"));
	const bool military =
		word.n == 1 && word.p[0] >= 'A' && word.p[0] <= 'Z' && word.p[0] != 'J';

	if (universal || military) {
		*offset_s_out = 0;
		*name_out = RP_SLICE("");
		return true;
	}
	/* In capitals only: "est" and "met" are words. */
	for (size_t i = 0; i < sizeof(zones) / sizeof(*zones); i++) {
		if (!rp_slice_eq(word, zones[i].name))
			continue;
		*offset_s_out = zones[i].minutes * 60;
		*name_out = zones[i].zone;
		return true;
	}
	return false;
}

void
date_skip_ordinal(struct rp_slice *s)
{
	static const struct rp_slice endings[] = {
		RP_LIT("st"), RP_LIT("nd"), RP_LIT("rd"),       RP_LIT("th"),
		RP_LIT("er"), RP_LIT("re"), RP_LIT("\xc2\xba"), RP_LIT("\xc2\xaa"),
	};
	struct rp_slice letters = date_letters(*s);

	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		if (!rp_slice_eq_nocase(letters, endings[i]))
			continue;
		*s = rp_slice_skip(*s, letters.n);
		return;
	}
	if (rp_slice_starts(*s, RP_SLICE("\xc2\xb0"))) /* the degree sign */
		*s = rp_slice_skip(*s, 2);
}
