#include "core/collect/press-words.h"

/* The commonest words of languages that have no table of their own: Portuguese, Danish,
 * Swedish, Norwegian, Dutch, Polish, Russian. */

/* clang-format off */
static const struct press_row rows[] = {
	{ WORD_CUE, FORMS_AS_IS,
	  "disse diz dizia afirmou afirma declarou declara explicou explica acrescentou acrescenta escreveu "
	  "escreve respondeu responde garantiu garante lembrou concluiu avisou alertou criticou "
	  "siger sagde skriver skrev forklarer svarede tilfojer sager sade sa skriver skrev forklarar svarade "
	  "tillagger berattar sier forteller zegt zei schreef schrijft vertelt antwoordde "
	  "powiedzial powiedziala mowi mowil dodal dodala napisal napisala stwierdzil odpowiedzial ocenil "
	  "сказал сказала заявил заявила написал написала отметил отметила добавил добавила ответил "
	  "ответила пояснил подчеркнул считает говорит пишет" },
	{ WORD_AUX, FORMS_AS_IS, "tem ha har heeft" },
	{ WORD_PREP | WORD_SMALL, FORMS_AS_IS,
	  "de do da dos das em no na com para por a ao till i pa av af med om til van met op aan in "
	  "na w z do o od dla в на с по от из о к" },
	{ WORD_WHERE, FORMS_AS_IS, "em no na ao pa i op w na в" },
	{ WORD_SMALL, FORMS_AS_IS,
	  "e ou mas que se como quando nao mais och men att som inte og men at som ikke en het maar dat niet "
	  "i oraz ale ze jak nie и но что как не это" },
	{ WORD_SMALL | WORD_DEF, FORMS_AS_IS, "o a os as den det de" },
	{ WORD_SMALL | WORD_INDEF, FORMS_AS_IS, "um uma en et ett een" },
	{ WORD_HE | WORD_SMALL, FORMS_AS_IS, "ele han hij on он" },
	{ WORD_SHE | WORD_SMALL, FORMS_AS_IS, "ela hun hon zij ze ona она" },
	{ WORD_ROLE, FORMS_AS_IS,
	  "presidente diretor fundador ministro ceo chef vd direktor statsminister ordforande grundare "
	  "prezes dyrektor premier prezydent minister глава президент министр директор" },
	{ WORD_PARTICLE, FORMS_AS_IS, "de da do dos van von der den af" },
	{ WORD_ACCORDING, FORMS_AS_IS, "segundo enligt ifolge ifølge volgens wedlug według" },
	{ WORD_STAGE | WORD_SMALL, FORMS_AS_IS, "entrevista intervju interview wywiadzie интервью" },
};
/* clang-format on */

const struct press_tongue press_other = {
	"",
	HABIT_INCISE | HABIT_SILENT,
	rows,
	sizeof(rows) / sizeof(*rows),
};
