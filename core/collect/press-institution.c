#include "core/collect/press-institution.h"

enum {
	INSTITUTION_MAX = 14, /* tokens of a name */
	COMPOUND_LEAST = 3,   /* bytes in front of "verband" */
};

/* clang-format off */
static const char *const heads[] = {
	/* English */
	"department", "ministry", "office", "bureau", "agency", "bank", "council", "commission", "union",
	"federation", "authority", "service", "services", "university", "institute", "institution", "foundation",
	"association", "committee", "court", "trust", "police", "board", "centre", "center", "college", "school",
	"academy", "society", "confederation", "chamber", "league", "alliance", "administration", "directorate",
	"embassy", "treasury", "museum", "hospital", "observatory", "inspectorate", "registry", "museums",
	"diocese", "church", "port", "city", "county", "district", "house", "fund", "club", "organisation",
	"organization", "guild", "network", "coalition", "campaign", "conference", "congress", "senate",
	"parliament", "assembly", "tribunal", "prosecutor's", "supreme", "division", "friends", "campaign",
	/* French */
	"ministere", "centre", "conseil", "commission", "federation", "confederation", "syndicat",
	"prefecture", "parquet", "mairie", "cour", "comite", "agence", "banque", "caisse", "universite", "institut",
	"fondation", "association", "collectif", "office", "haute", "haut", "observatoire", "direction", "chambre",
	"academie", "assemblee", "senat", "ligue", "ordre", "societe", "rectorat", "region", "departement",
	"metropole", "ville", "hopital", "hopitaux", "musee", "secretariat", "autorite", "union", "croix-rouge",
	"securite", "gendarmerie", "protection", "communaute", "groupement", "compagnie", "opera", "theatre",
	/* Spanish, Italian */
	"ministerio", "ayuntamiento", "junta", "consejeria", "consejo", "diputacion", "fiscalia", "gobierno",
	"comision", "comite", "asociacion", "federacion", "confederacion", "camara", "banco", "universidad",
	"instituto", "fundacion", "agencia", "guardia", "policia", "generalitat", "xunta", "cabildo", "delegacion",
	"direccion", "hospital", "museo", "tribunal", "audiencia", "sindicato", "union", "liga", "plataforma",
	"comunidad", "conselleria", "cruz", "defensoria", "procuraduria", "secretaria", "intendencia",
	"ministero", "comune", "regione", "provincia", "procura", "questura", "prefettura", "protezione",
	"agenzia", "banca", "universita", "istituto", "fondazione", "associazione", "federazione",
	"confederazione", "camera", "consiglio", "commissione", "comitato", "corte", "capitaneria", "azienda",
	"osservatorio", "soprintendenza", "lega", "ordine", "guardia", "croce", "ente", "autorita", "unione",
	"ospedale", "polizia", "vigili", "diocesi", "curia", "ufficio", "provveditorato", "distretto", "consorzio",
	"sindacato", "liceo", "museo", "teatro", "oficina", "consorcio", "autoridad", "servicio", "instituto",
	"service", "bureau", "rectorat", "pole", "agence", "etablissement", "lycee", "college", "mission",
	/* German */
	"ministerium", "amt", "landratsamt", "universitat", "institut", "verband", "bund", "rat", "kanzlei",
	"stiftung", "polizei", "gesellschaft", "verein", "kammer", "behorde", "gewerkschaft", "bundesamt",
	"bundesministerium", "staatsanwaltschaft", "zentrum", "hochschule", "klinikum", "museum",
};

/* Heads that are written without a capital. */
static const char *const lower_heads[] = {
	"ministere", "prefecture", "parquet", "mairie", "rectorat", "tribunal", "cour", "chambre", "conseil",
	"ministerio", "ayuntamiento", "fiscalia", "junta", "consejeria", "diputacion",
	"ministero", "procura", "questura", "prefettura", "comune", "regione", "agence", "federation",
	"syndicat", "association", "asociacion", "associazione", "sindicato", "federacion", "federazione",
	"direction", "collectif", "comite", "comitato", "observatoire", "hopital", "universite",
};

static const char *const links[] = {
	"of", "for", "de", "du", "des", "d'", "de la", "di", "del", "della", "dell'", "dei", "delle", "degli",
	"fur", "und", "and", "the", "la", "le", "les", "l'", "los", "las", "et", "y", "e", "on", "&", "para", "a", "aux", "der",
	"da", "do",
};

/* What adjectives end in that belong to such a name: "civile", "fédéral". */
static const char *const adjectives[] = {
	"al", "ale", "el", "elle", "ique", "aire", "enne", "ien", "ile", "ica", "ico", "ana", "ano", "ea", "eo",
	"ar", "iana", "iano", "iva", "aux", "ante", "ente", "isee", "anne", "ole", "ari", "iani", "anti", "isti", "tori", "ers", "eurs", "iens", "ales", "ques", "iales", "belge", "suisse", "euse", "ivo", "ive", "if", "iere", "ier", "nale", "oise", "ois", "aise", "ais",
};

static const char *const compounds[] = {
	"verband", "verbands", "ministerium", "behorde", "amt", "bund", "gewerkschaft", "kammer", "polizei",
	"anwaltschaft", "gericht", "verwaltung", "genossenschaft", "stiftung", "gesellschaft", "zentrale",
	"klinikum", "universitat", "kommission", "prasidium", "direktion", "werke",
};
/* clang-format on */

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))

static bool
is_head(const struct press_token *t)
{
	return t->sign == SIGN_WORD && PRESS_LISTED(t->folded, heads);
}

bool
press_institution_in(const struct press_text *t, size_t first, size_t beyond)
{
	for (size_t i = first; i < beyond; i++)
		if (is_head(press_token(t, i)))
			return true;
	return false;
}

static bool
is_link(const struct press_token *t)
{
	return (t->sign == SIGN_WORD && !t->capital && PRESS_LISTED(t->folded, links)) ||
	       (t->sign == SIGN_OTHER && t->n == 1);
}

static bool
is_adjective(const struct press_text *t, size_t i, uint32_t block)
{
	const struct press_token *x = press_token(t, i);

	if (x->block != block || x->sign != SIGN_WORD || x->capital || x->n < 5 ||
	    press_is(x,
	             WORD_SMALL | WORD_CUE | WORD_AUX | WORD_PREP | WORD_ROLE | WORD_DAY))
		return false;
	for (size_t k = 0; k < LENGTH(adjectives); k++)
		if (rp_slice_ends(x->folded, rp_slice_str(adjectives[k])))
			return t->tongue != &press_english && t->tongue != &press_german;
	return false;
}

static bool
is_capital(const struct press_text *t, size_t i, uint32_t block)
{
	const struct press_token *x = press_token(t, i);

	return x->block == block && x->sign == SIGN_WORD && x->capital &&
	       !press_is(x, WORD_DAY | WORD_HE | WORD_SHE | WORD_MR | WORD_MRS);
}

/* "Environment, [Food and Rural Affairs]": a list that ends in "and". */
static bool
is_list(const struct press_text *t, size_t comma, uint32_t block)
{
	for (size_t i = comma + 1; i < comma + 5; i++) {
		const struct press_token *x = press_token(t, i);

		if (x->block != block)
			return false;
		if (i > comma + 1 && rp_slice_eq(x->folded, RP_SLICE("and")))
			return is_capital(t, i + 1, block);
		if (!is_capital(t, i, block) && x->sign != SIGN_COMMA)
			return false;
	}
	return false;
}

/* "Ufficio scolastico regionale": a head that says little by itself. */
static bool
is_office(const struct press_token *t)
{
	static const char *const words[] = { "ufficio",   "office",    "direction",
		                             "direzione", "service",   "servizio",
		                             "servicio",  "direccion", "agence",
		                             "agenzia",   "bureau" };

	return PRESS_LISTED(t->folded, words);
}

/* "Office fédéral [de l’énergie]", "Capitaneria [di porto]" */
static size_t
of_something(const struct press_text *t, size_t i, uint32_t block)
{
	static const char *const of[] = { "de",  "du",    "des",   "d'",  "di",
		                          "del", "della", "dell'", "dei", "delle" };
	size_t k = i + 1;
	const struct press_token *noun;

	if (t->tongue == &press_english || (t->tongue->habits & HABIT_NOUNS) ||
	    press_token(t, i)->block != block ||
	    !PRESS_LISTED(press_token(t, i)->folded, of))
		return i;
	while (k < i + 3 && press_token(t, k)->block == block &&
	       press_is(press_token(t, k), WORD_DEF))
		k++;
	noun = press_token(t, k);
	if (noun->block != block || noun->sign != SIGN_WORD || noun->capital ||
	    noun->n < 3 || press_is(noun, WORD_SMALL | WORD_CUE | WORD_AUX | WORD_DAY))
		return i;
	return k + 1 + is_adjective(t, k + 1, block);
}

/* "Institut des services postaux [et des télécommunications]", "de la presse
 * [d’information générale]" */
static size_t
of_more(const struct press_text *t, size_t i, uint32_t block)
{
	static const char *const and[] = { "et", "y", "e" };

	for (int n = 0; n < 2; n++) {
		size_t of = i + (press_token(t, i)->block == block &&
		                 PRESS_LISTED(press_token(t, i)->folded, and));

		if (of_something(t, of, block) == of)
			break;
		i = of_something(t, of, block);
	}
	return i;
}

size_t
press_institution_end(const struct press_text *t, size_t first, size_t beyond)
{
	uint32_t block = press_token(t, first)->block;
	size_t i = beyond;

	while (i < beyond + (is_office(press_token(t, first)) ? 2u : 1u) &&
	       is_adjective(t, i, block))
		i++;
	if (press_institution_compound(t, first) && is_capital(t, i, block) &&
	    press_token(t, i)->at <=
	            press_token(t, i - 1)->at + press_token(t, i - 1)->n + 2 &&
	    !press_is(press_token(t, i), WORD_GIVEN_ANY))
		i++;
	if (of_something(t, i, block) > i) {
		i = of_more(t, of_something(t, i, block), block);
		while (is_capital(t, i, block) && i < first + INSTITUTION_MAX)
			i++;
	}
	while (i < first + INSTITUTION_MAX && i < t->n) {
		size_t k = i;

		if (press_token(t, i)->block != block)
			break;
		if (press_token(t, i)->sign == SIGN_COMMA && i > beyond &&
		    is_list(t, i, block))
			k++;
		while (k < i + 4 && press_token(t, k)->block == block &&
		       is_link(press_token(t, k)))
			k++;
		if (k == i || !is_capital(t, k, block) ||
		    (press_is(press_token(t, k), WORD_GIVEN_ANY) &&
		     is_capital(t, k + 1, block)))
			break;
		/* "and" and "a" alone lead to somebody else. */
		if (k == i + 1 && i == beyond &&
		    (rp_slice_eq(press_token(t, i)->folded, RP_SLICE("and")) ||
		     rp_slice_eq(press_token(t, i)->folded, RP_SLICE("et")) ||
		     rp_slice_eq(press_token(t, i)->folded, RP_SLICE("y")) ||
		     rp_slice_eq(press_token(t, i)->folded, RP_SLICE("e")) ||
		     rp_slice_eq(press_token(t, i)->folded, RP_SLICE("a")) ||
		     rp_slice_eq(press_token(t, i)->folded, RP_SLICE("on")) ||
		     rp_slice_eq(press_token(t, i)->folded, RP_SLICE("und"))))
			break;
		while (is_capital(t, k, block))
			k++;
		if (is_adjective(t, k, block))
			k++;
		i = k;
	}
	return i;
}

size_t
press_institution_lower(const struct press_text *t, size_t i)
{
	const struct press_token *x = press_token(t, i);
	size_t end, k = i + 1;

	if (x->sign != SIGN_WORD || x->capital || !PRESS_LISTED(x->folded, lower_heads))
		return i;
	if (is_adjective(t, k, x->block) && !is_adjective(t, k + 1, x->block))
		k++;
	end = press_institution_end(t, i, k);
	/* "la direction de l’usine" has no name. */
	for (size_t c = i; c < end; c++)
		if (press_token(t, c)->capital)
			return end;
	return end > i + 1 && (k > i + 1 ||
	                       rp_slice_starts(x->folded, RP_SLICE("minist")))
	               ? end
	               : i;
}

bool
press_institution_compound(const struct press_text *t, size_t i)
{
	const struct press_token *x = press_token(t, i);

	if (!(t->tongue->habits & HABIT_NOUNS) || x->sign != SIGN_WORD || !x->capital)
		return false;
	for (size_t k = 0; k < LENGTH(compounds); k++) {
		struct rp_slice end = rp_slice_str(compounds[k]);

		if (x->folded.n >= end.n + COMPOUND_LEAST &&
		    rp_slice_ends(x->folded, end))
			return true;
	}
	return false;
}
