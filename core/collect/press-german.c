#include "core/collect/press-words.h"

/* clang-format off */
static const struct press_row rows[] = {
	{ WORD_CUE, FORMS_DE,
	  "sag erklar beton antwort erwider mein schimpf warn kritisier lob frag folger zitier "
	  "erganz erlauter begrund berichtet bericht erzahl schilder versicher behaupt bekraftig "
	  "bestatig kundig mahn forder vermut glaub scherz spott raum twitter poste poster "
	  "post kommentier argumentier konter entgegn prophezei bemerk hoff klag wetter "
	  "verkund resumier bilanzier prognostizier analysier urteil droh appellier "
	  "verteidig beklag beteuer versprech unterstreich staun wunder jubel jammer polter "
	  "teil stichel atz hohn freu arger monier rechn fug leg stell beschwer bilanz wunsch" },
	{ WORD_CUE, FORMS_AS_IS,
	  "schrieb schreibt schreiben geschrieben sprach spricht gesprochen versprach verspricht versprochen "
	  "gab gibt widersprach widerspricht raumt raumte betont zitiert unterstrich "
	  "unterstreicht unterstrichen nannte nennt genannt bezeichnete bezeichnet wies weist fand findet "
	  "hielt halt rief ruft wirft warf sieht sah befand befindet hiess heisst stellte verwies verweist "
	  "erklart betonte lasst liess erkannte schliesst schloss dachte denkt gestand gesteht "
	  "empfahl empfiehlt riet rat verriet verrat bat bittet sagen" },
	{ WORD_CALL, FORMS_AS_IS, "nannte nennt bezeichnete bezeichnet als von genannt" },
	{ WORD_AUX, FORMS_AS_IS, "hat haben hatte hatten ist war wird wurde so" },
	{ WORD_PREP | WORD_SMALL, FORMS_AS_IS,
	  "von vom zu zum zur mit bei beim gegen gegenuber uber unter vor nach aus fur durch ohne um seit "
	  "wahrend wegen trotz zwischen an am auf in im ins hinter neben samt" },
	{ WORD_WHERE, FORMS_AS_IS, "in im auf bei beim gegenuber am wahrend vor via uber" },
	{ WORD_SMALL, FORMS_AS_IS,
	  "und oder aber denn doch sondern wenn als ob weil dass da damit obwohl wie was wer wo warum "
	  "auch noch schon nur nicht kein keine keiner ja nein nun jetzt dann danach dabei dazu "
	  "dafur dagegen darauf so sehr mehr weniger immer nie heute gestern morgen hier dort es man wir "
	  "ich ihr ihn ihm ihnen uns sich mich mir mein meine sein seine seinen seiner seinem ihre ihren "
	  "ihrer ihrem unser unsere dieser diese dieses diesem diesen jener jene alle alles viele einige "
	  "beide zwei drei vier funf sechs sieben acht neun zehn ist sind war waren wird werden wurde "
	  "wurden hat haben hatte hatten kann konnen soll sollen muss mussen will wollen mitte anfang ende "
	  "laut nach zudem allerdings jedoch dennoch trotzdem ausserdem vielmehr zuvor spater bereits "
	  "gefragt angesprochen montag dienstag mittwoch donnerstag freitag samstag sonntag vor auf mit "
	  "bei in im fur von zu" },
	{ WORD_SMALL | WORD_DEF, FORMS_AS_IS, "der die das den dem des" },
	{ WORD_SMALL | WORD_INDEF, FORMS_AS_IS,
	  "ein eine einer eines einem einen mehrere einige viele zwei drei dieser diese" },
	{ WORD_HE | WORD_SMALL, FORMS_AS_IS, "er" },
	{ WORD_SHE | WORD_SMALL, FORMS_AS_IS, "sie" },
	{ WORD_THEY | WORD_SMALL, FORMS_AS_IS, "man wir ich" },
	{ WORD_MR, FORMS_AS_IS, "herr herrn dr dr. prof prof." },
	{ WORD_MRS, FORMS_AS_IS, "frau" },
	{ WORD_ROLE, FORMS_AS_IS,
	  "chef boss ceo vorstand vorstandschef vorstandsvorsitzender vorsitzender vorsitzende prasident "
	  "vizeprasident kanzler bundeskanzler minister ministerprasident bundesprasident grunder mitgrunder "
	  "sprecher experte analyst forscher professor okonom unternehmer milliardar investor manager leiter "
	  "direktor geschaftsfuhrer burgermeister oberburgermeister abgeordneter kommissar botschafter anwalt "
	  "richter staatsanwalt general historiker soziologe philosoph schriftsteller autor journalist "
	  "schauspieler sanger trainer kapitan spieler sturmer torwart landrat senator staatssekretar "
	  "fraktionschef parteichef konzernchef generalsekretar wissenschaftler ingenieur physiker arzt "
	  "lehrer landwirt bauer winzer banker okonomin bundesrat nationalrat standerat konzernlenker "
	  "tech-milliardar aufsichtsratschef verkehrsminister firmenchef wahlkampfer papst konig "
	  "verwaltungsrat regierungsrat stadtprasident gemeindeprasident" },
	{ WORD_ROLE, FORMS_AS_IS,
	  "mann ehemann vater bruder sohn onkel opa grossvater schwager nachbar kollege freund einsatzleiter "
	  "bundestrainer polizist feuerwehrmann wirt gastwirt backer metzger tierarzt forster jager kapitan "
	  "mieter rentner student schuler pfarrer bischof kardinal kunstler dirigent kurator verleger" },
	{ WORD_ROLE | WORD_FEMALE, FORMS_AS_IS,
	  "ehefrau mutter schwester tochter tante oma grossmutter schwagerin nachbarin kollegin freundin "
	  "einsatzleiterin polizistin wirtin backerin tierarztin forsterin mieterin rentnerin studentin "
	  "schulerin pfarrerin bischofin kunstlerin dirigentin kuratorin verlegerin bauerin hebamme pflegerin" },
	{ WORD_ROLE | WORD_FEMALE, FORMS_AS_IS,
	  "chefin vorstandschefin prasidentin kanzlerin bundeskanzlerin ministerin ministerprasidentin grunderin "
	  "mitgrunderin sprecherin expertin analystin forscherin professorin okonomin unternehmerin "
	  "investorin managerin leiterin direktorin geschaftsfuhrerin burgermeisterin oberburgermeisterin "
	  "abgeordnete kommissarin botschafterin anwaltin richterin historikerin soziologin philosophin "
	  "schriftstellerin autorin journalistin schauspielerin sangerin trainerin senatorin "
	  "wissenschaftlerin ingenieurin physikerin arztin lehrerin landwirtin winzerin bundesratin "
	  "nationalratin standeratin generalsekretarin fraktionschefin parteichefin aussenministerin "
	  "kommissionsprasidentin stadtprasidentin" },
	{ WORD_COMPANY, FORMS_AS_IS,
	  "unternehmen konzern firma gruppe bank hersteller autobauer start-up "
	  "startup universitat institut verband gesellschaft verein behorde versicherer betreiber zulieferer "},
	{ WORD_PARTICLE, FORMS_AS_IS, "von van der den zu de la le al bin ben el di da del" },
	{ WORD_ACCORDING, FORMS_AS_IS, "laut zufolge" },
	{ WORD_FOR, FORMS_AS_IS, "fur" },
	{ WORD_WORK, FORMS_AS_IS,
	  "titel titeln buch roman film serie album lied song podcast sendung artikel bericht programm "
	  "projekt ausstellung zeitschrift magazin wort begriff namens heisst hiess heissen genannt genannte genannten "
	  "sogenannte sogenannten sogenannter motto stichwort spitznamen magazins zeitung "
	  "stuck oper ausdruck rubrik studie blog initiative" },
	{ WORD_SIGN, FORMS_AS_IS,
	  "plakat plakate transparent transparenten slogan sprichwort aufschrift motto schild demonstranten "
	  "menge" },
	{ WORD_STAGE | WORD_SMALL, FORMS_AS_IS,
	  "interview gesprach beitrag tweet mitteilung konferenz forum podcast podium rede brief memo e-mail "
	  "blog video gipfel anhorung buhne pressekonferenz rundfunk sendung debatte tagung bundestag "
	  "podiumsdiskussion weltwirtschaftsforum post kurznachrichtendienst sender fernsehen" },
	{ WORD_DAY | WORD_SMALL, FORMS_AS_IS,
	  "montag dienstag mittwoch donnerstag freitag samstag sonntag gestern heute spater zuvor auch "
	  "weiter dazu noch ausserdem zudem dann allerdings jedoch damals kurzlich am" },
	{ WORD_PEOPLE, FORMS_AS_IS,
	  "ministerium kommission partei gewerkschaft behorde "
	  "personen leute experten analysten beobachter insider kreise beschaftigte mitarbeiter anwohner "
	  "kritiker forscher okonomen" },
	{ WORD_PLEDGE, FORMS_AS_IS,
	  "antwort reaktion fazit botschaft kommentar warnung versprechen argument urteil replik" },
	{ WORD_PLACE, FORMS_AS_IS,
	  "berlin munchen hamburg wien zurich bern brussel davos paris london washington deutschland "
	  "osterreich schweiz europa usa china japan indien frankreich peking" },
};
/* clang-format on */

const struct press_tongue press_german = {
	"de",
	HABIT_NOUNS,
	rows,
	sizeof(rows) / sizeof(*rows),
};
