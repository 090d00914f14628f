#include "core/collect/press-words.h"

/* clang-format off */
static const struct press_row rows[] = {
	{ WORD_CUE, FORMS_ARE,
	  "afferm dichiar assicur spieg racconta raccont osserv sottoline not comment annunci ricord "
	  "precis replic domand critic accus denunci avvis ironizz scherz lanci incalz confid rivel "
	  "insinu argoment lament confess ammont puntualizz attacc twitt post pubblic esclam grid "
	  "sussurr mormor continu afferr ricalc rimarc elogi lod evidenzi segnal indic auspic "
	  "garant rassicur giudic valut conferm sintetizz rincar taglia tagli chios prevent difend "
	  "ribad sbott bocci parl pens sper stim minacci invit esort profetizz rivendic ragion" },
	{ WORD_CUE, FORMS_AS_IS,
	  "sapere dice disse diceva dicono dissero detto dire dicendo scrive scrisse scriveva scritto risponde rispose "
	  "rispondeva risposto aggiunge aggiunse aggiungeva aggiunto sostiene sostenne sosteneva sostenuto "
	  "ammette ammise ammetteva ammesso riconosce riconobbe riconosciuto conclude concluse concludeva "
	  "concluso promette promise promesso difende difese difeso avverte avverti avvertiva avvertito "
	  "insiste insistette insisteva insistito ribadisce ribadi ribadiva ribadito chiede chiese "
	  "chiedeva chiesto crede credeva ritiene riteneva chiarisce chiari chiarito riferisce riferi "
	  "riferito definisce defini definito prosegue prosegui proseguiva proseguito riprende riprese "
	  "ripete ripeteva ripetuto spiega smentisce smenti smentito ride sorride legge scandisce "
	  "garantisce garanti garantito suggerisce suggerito intervenuto interviene descrive descritto "
	  "taglia ribatte ribatteva ribattuto controbatte obietta obiettava reagisce reagito "
	  "bolla bollato bollo riassume riassunto prevede previsto" },
	{ WORD_NOUNISH, FORMS_AS_IS,
	  "nota domanda commento critica annuncio ricordo lancia post accusa denuncia replica note" },
	{ WORD_CALL, FORMS_AS_IS, "definisce defini definito bolla bollato parla parlato come di descrive descritto" },
	{ WORD_AUX, FORMS_AS_IS, "ha hanno aveva avevano è era" },
	{ WORD_PREP | WORD_SMALL, FORMS_AS_IS,
	  "di del dello della dell' dei degli delle d' a ad al allo alla all' ai agli alle da dal dallo dalla "
	  "dall' dai dagli dalle negli nelle sui sugli sulle coi col in nel nello nella nell' nei su sul sullo sulla sull' con per tra fra contro verso "
	  "durante dopo prima secondo presso senza sotto davanti via" },
	{ WORD_WHERE, FORMS_AS_IS,
	  "a ad al alla all' in nel nella nell' su sul sulla sull' durante davanti ai agli via dal presso" },
	{ WORD_SMALL, FORMS_AS_IS,
	  "e ed o ma però pero anche ancora gia non che chi cui come quando dove perche se sia ne ci vi si lo "
	  "gli mi ti suo sua suoi sue mio mia nostro nostra loro questo questa questi queste quello quella "
	  "quelli tutto tutti tutta tutte altro altri altra altre piu meno molto poco niente nulla nessuno "
	  "qualcuno cosi poi allora quindi dunque oggi ieri domani qui li due tre quattro cinque sei sette "
	  "otto nove dieci è sono era erano ha hanno aveva stato stata interpellato intervistato mentre "
	  "secondo per con senza dopo prima c' nonostante infine inoltre intanto tuttavia lunedi martedi "
	  "mercoledi giovedi venerdi sabato domenica" },
	{ WORD_SMALL | WORD_DEF, FORMS_AS_IS, "il lo la l' i gli le" },
	{ WORD_SMALL | WORD_INDEF, FORMS_AS_IS, "un uno una un' alcuni alcune questo questa due tre" },
	{ WORD_HE | WORD_SMALL, FORMS_AS_IS, "lui egli" },
	{ WORD_SHE | WORD_SMALL, FORMS_AS_IS, "lei ella" },
	{ WORD_THEY | WORD_SMALL, FORMS_AS_IS, "loro essi" },
	{ WORD_MR, FORMS_AS_IS, "signor sig. dott. dottor prof. professor ing. avv. don" },
	{ WORD_MRS, FORMS_AS_IS, "signora sig.ra dott.ssa dottoressa professoressa" },
	{ WORD_ROLE, FORMS_AS_IS,
	  "capo patron ceo presidente vicepresidente direttore amministratore fondatore cofondatore ministro "
	  "segretario cancelliere portavoce sindaco governatore deputato senatore commissario ambasciatore "
	  "avvocato giudice procuratore generale economista analista ricercatore professore scienziato "
	  "ingegnere esperto storico sociologo filosofo scrittore autore giornalista attore cantante "
	  "allenatore capitano giocatore attaccante portiere imprenditore miliardario investitore magnate "
	  "leader dirigente candidato responsabile re principe papa medico fisico agricoltore maestro "
	  "banchiere premier numero assessore regista numero-uno ad tecnico viticoltore chef" },
	{ WORD_ROLE, FORMS_AS_IS,
	  "marito figlio fratello padre nonno zio nipote cugino cognato pescatore pensionato cliente barista "
	  "comandante farmacista parroco vescovo vigile operaio panettiere macellaio oste critico albergatore "
	  "turista residente studente musicista pittore scultore meccanico cuoco" },
	{ WORD_ROLE | WORD_FEMALE, FORMS_AS_IS,
	  "moglie figlia sorella madre nonna zia cugina cognata vedova pensionata farmacista-donna operaia "
	  "ostessa musicista-donna pittrice cuoca infermiera dottoressa" },
	{ WORD_ROLE | WORD_FEMALE, FORMS_AS_IS,
	  "presidentessa direttrice amministratrice fondatrice cofondatrice ministra segretaria cancelliera sindaca "
	  "governatrice deputata senatrice commissaria ambasciatrice avvocata ricercatrice scienziata "
	  "esperta storica sociologa filosofa scrittrice autrice attrice allenatrice giocatrice imprenditrice "
	  "miliardaria investitrice candidata regina principessa numero-uno-donna maestra assessora" },
	{ WORD_COMPANY, FORMS_AS_IS,
	  "azienda societa gruppo impresa banca agenzia costruttore start-up startup universita istituto "
	  "associazione organizzazione casa colosso compagnia operatore"},
	{ WORD_PARTICLE, FORMS_AS_IS, "di de del della da dal dei la lo von van der al el bin" },
	{ WORD_ACCORDING, FORMS_AS_IS, "secondo stando" },
	{ WORD_FOR, FORMS_AS_IS, "per" },
	{ WORD_WORK, FORMS_AS_IS,
	  "intitolato intitolata chiamato chiamata soprannominato soprannominata denominato libro romanzo film "
	  "documentario serie album canzone titolo rapporto podcast programma articolo progetto mostra rivista "
	  "parola espressione termine concetto cosiddetto cosiddetta battezzato ribattezzato motto opera saggio "
	  "quadro" },
	{ WORD_SIGN, FORMS_AS_IS,
	  "striscione striscioni cartello cartelli slogan proverbio motto scritta scandivano folla manifestanti leggeva" },
	{ WORD_STAGE | WORD_SMALL, FORMS_AS_IS,
	  "intervista post messaggio tweet comunicato conferenza forum podcast tavola discorso lettera microfono "
	  "microfoni palco tribuna mail video vertice audizione convegno dibattito nota piattaforma social "
	  "incontro evento congresso profilo rete" },
	{ WORD_DAY | WORD_SMALL, FORMS_AS_IS,
	  "lunedi martedi mercoledi giovedi venerdi sabato domenica ieri oggi poi anche ancora infine subito "
	  "inoltre quindi pero piu tardi sera mattina recentemente" },
	{ WORD_PEOPLE, FORMS_AS_IS,
	  "governo commissione sindacato partito ministero "
	  "fonti fonte persone analisti esperti osservatori investitori dipendenti residenti economisti" },
	{ WORD_PLEDGE, FORMS_AS_IS,
	  "risposta reazione replica verdetto messaggio conclusione promessa avvertimento commento parole" },
	{ WORD_PLACE, FORMS_AS_IS,
	  "roma milano torino napoli davos bruxelles parigi londra berlino washington italia europa cina "
	  "giappone india francia germania spagna" },
};
/* clang-format on */

const struct press_tongue press_italian = {
	"it",
	HABIT_INCISE | HABIT_SILENT,
	rows,
	sizeof(rows) / sizeof(*rows),
};
