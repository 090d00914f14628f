#include "core/collect/press-words.h"

/* clang-format off */
static const struct press_row rows[] = {
	{ WORD_CUE, FORMS_ER,
	  "declar affirm assur ajout expliqu estim jug juge repliqu assen glissa souffl confi racont "
	  "rappel rappell precis insist martel soulign observ remarqu relev constat avou nuanc temper "
	  "alert annonce indiqu signal tweet retweet post publi comment ironis moqu raill fustig "
	  "denonc accus deplor regrett inquiet agac indign etonn emport exclam interrog questionn "
	  "plaid argument resum tranch abond reit repet temoign lanc lance balay cingl grinc "
	  "plaisant souri sourit rigol gliss murmur chuchot cri hurl tonn tempet proclam revel "
	  "reclam exig propos sugger insurg rebiff defend persifl esclaff bougonn marmonn maugre ronchonn rican ironis philosoph renchain resume imag illustr "
	  "martel souffl lach concede glouss pouff ralent excus compar lament complain jur vant felicit salu rejou loue lou justifi detaill developp analys decrypt complet "
	  "prolong enumer rassur moder relativis dedramatis contest refut denig brocard etrill "
	  "taxa cit corrig rectifi object oppos confirm revendiqu critiqu attaqu vitup "
	  "martela scand appuy renvoy esquiv botte conseill recommand exhort suppli "
	  "invit encourag menac imagin esper redout demand note annonc pens" },
	{ WORD_CUE | WORD_NOUNISH, FORMS_AS_IS,
	  "note demande juge annonce pense lance doute reponse regrette cite post publie commente "
	  "dispute critique attaque reve remarque fait menace garde" },
	{ WORD_CUE, FORMS_AS_IS,
	  "dit disent disait disaient dirent dire disant dixit repond repondent repondait repondit repondu "
	  "repondre retorque retorqua retorquait retorquer riposte riposta ripostait riposter ecrit "
	  "ecrivent ecrivait ecrivit ecrire ecrivant reconnait reconnaissait reconnut reconnu reconnaitre "
	  "reconnaissant admet admettait admit admis admettre concede concedait conceda conceder previent "
	  "prevenait prevint prevenu prevenir avertit avertissait averti avertir promet promettait "
	  "promit promis promettre defend defendait defendit defendu defendre soutient soutenait soutint "
	  "soutenu soutenir pretend pretendait pretendit pretendu pretendre conclut concluait conclu "
	  "conclure rencherit rencherissait rencheri rencherir poursuit poursuivait poursuivit "
	  "poursuivi poursuivre reprend reprenait reprit repris reprendre enchaine enchainait enchaina "
	  "enchainer croit croyait croire ressent plaint plaignait plaindre redit redisait maintient "
	  "maintenait maintenu repart souvient souvenait souvenir sourit sourire feint rit souri rigole ri soupire "
	  "soupirait soupira garantit garantissait garanti applaudit applaudissait interrompt intervient "
	  "convient convenait applaudi decrit decrivait decrire predit predisait predire traduit traduire "
	  "conteste reagit reagissait reagi reagir valoir savoir surenchere surencherit emeut "
	  "emu enerve enervait enthousiasme rejouit rejouissait sent voit percoit pointe pointait "
	  "pointa pointer epingle evoque evoquait evoqua evoquer apostrophe interpelle interpellait "
	  "interpella invite peste pestait pesta tacle taclait tacla tance tancait rapporte "
	  "rapportait rapporta promeut considere considerait veut revele "
	  "adresse adressait somme theorise philosophe cingle "
	  "revendique resume assume assumait assuma glisse proteste protestait protesta "
	  "complete appelle appelait lisait twitte twittait balaie balaye balaient amuse amusait amusa tacle lachait lache lacha lacher admirait "
	  "synthetise bat attend attendait prevoit prevoyait craint craignait emerveille etrangle" },
	{ WORD_CALL, FORMS_ER, "qualifi decri trait accus evoqu denonc fustig salu jug vant promet " },
	{ WORD_CALL, FORMS_AS_IS, "parle parlait parla parler decrit voit juge estime" },
	{ WORD_AUX, FORMS_AS_IS, "a ont avait avaient aura est etait sont eu ait aurait" },
	{ WORD_PREP | WORD_SMALL, FORMS_AS_IS,
	  "de du des d' à au aux avec par sans chez contre sous entre vers envers apres avant depuis pendant "
	  "durant face devant derriere malgre sauf en dont concernant aupres lors grace via" },
	{ WORD_WHERE | WORD_PREP | WORD_SMALL, FORMS_AS_IS,
	  "à au aux sur dans devant lors aupres chez pendant durant via en depuis" },
	{ WORD_PREP | WORD_SMALL, FORMS_AS_IS, "sur dans" },
	{ WORD_SMALL, FORMS_AS_IS,
	  "et ou mais donc or ni car que qu' qui quoi quand si comme lorsque lorsqu' puisque puisqu' alors ainsi "
	  "aussi encore enfin ensuite puis ici la ce c' cela ca cet cette ces mon ma mes ton ta tes son sa ses "
	  "notre nos votre vos leur leurs je tu nous vous ne n' pas plus moins tres trop bien mal y se s' me m' "
	  "te t' lui eux on tout toute tous toutes autre autres meme memes rien personne aucun aucune chaque "
	  "deux trois quatre cinq six sept huit neuf dix hier aujourd'hui demain oui non jamais toujours souvent "
	  "parfois voila voici bref certes surtout seul seule seuls interroge interrogee interroges sollicite "
	  "sollicitee contacte contactee joint jointe invite invitee fidele face reste quant outre quelques "
	  "plusieurs jusqu' jusque peu beaucoup pourquoi comment combien ou est sera serait etait sont etaient "
	  "fait faut peut doit grace malgre apres avant depuis pendant durant desormais pourtant cependant "
	  "toutefois neanmoins autant tant faute sinon sans reponse resultat verdict objectif message reaction "
	  "cite rien dernier derniere premier premiere ancien ancienne meme lui lors dans sur sous par avec chez en" },
	{ WORD_SMALL | WORD_DEF, FORMS_AS_IS, "le la l' les" },
	{ WORD_SMALL | WORD_INDEF, FORMS_AS_IS,
	  "un une des certains certaines plusieurs quelques ce cet cette ces deux trois beaucoup" },
	{ WORD_HE | WORD_SMALL, FORMS_AS_IS, "il" },
	{ WORD_SHE | WORD_SMALL, FORMS_AS_IS, "elle" },
	{ WORD_THEY | WORD_SMALL, FORMS_AS_IS, "ils elles on certains d'autres" },
	{ WORD_MR, FORMS_AS_IS, "m. m monsieur mm. me maitre docteur dr pr professeur pere" },
	{ WORD_MRS, FORMS_AS_IS, "mme mme. madame mlle mademoiselle" },
	{ WORD_ROLE, FORMS_AS_IS,
	  "patron pdg p-dg dg directeur president vice-president fondateur cofondateur co-fondateur ministre "
	  "secretaire chef dirigeant numero milliardaire entrepreneur investisseur chercheur professeur "
	  "economiste analyste depute senateur maire gouverneur commissaire chancelier porte-parole conseiller "
	  "avocat juge procureur general colonel ingenieur scientifique specialiste expert historien sociologue "
	  "philosophe politologue ecrivain journaliste auteur realisateur acteur chanteur syndicaliste delegue "
	  "responsable coordinateur representant cadre associe actionnaire banquier financier homme magnat "
	  "ambassadeur diplomate premier roi prince pape eveque medecin physicien mathematicien informaticien "
	  "climatologue consultant eurodepute parlementaire elu leader candidat negociateur "
	  "homologue rival concurrent interesse quinquagenaire sexagenaire quadragenaire trentenaire "
	  "americain francais allemand britannique sud-africain creatif editorialiste gerant boss ceo "
	  "vigneron agriculteur eleveur instituteur enseignant etudiant boulanger restaurateur entraineur "
	  "capitaine attaquant defenseur technicien joueur buteur selectionneur gardien champion athlete pilote directeur-general "
	  "developpeur designer codirigeant trader gestionnaire stratege laureat nobel biologiste virologue "
	  "pompier policier commandant prefet sous-prefet notaire geographe linguiste psychologue psychiatre "
	  "infirmier chirurgien urbaniste architecte hydrologue astronome geologue metteur comedien choregraphe pere fils collegue confrere ami frere voisin habitant passant retraite client salarie ouvrier usager automobiliste passager temoin supporteur "
	  "mari neveu oncle cousin gendre grand-pere beau-frere compagnon adjoint prevenu accuse procureur juge magistrat producteur forestier fleuriste vendeur libraire garde stratege strategiste negociateur cineaste romancier poete musicien chanteur peintre sculpteur artiste libraire editeur" },
	{ WORD_ROLE | WORD_FEMALE, FORMS_AS_IS,
	  "epouse veuve niece tante cousine grand-mere belle-soeur belle-fille compagne adjointe prevenue accusee temoin-femme procureure "
	  "patronne directrice presidente vice-presidente fondatrice cofondatrice co-fondatrice dirigeante "
	  "chercheuse professeure deputee senatrice chanceliere conseillere avocate procureure ingenieure "
	  "historienne elue autrice ecrivaine realisatrice actrice chanteuse deleguee representante associee "
	  "banquiere financiere femme ambassadrice reine princesse physicienne mathematicienne informaticienne "
	  "consultante eurodeputee candidate interessee americaine francaise allemande experte "
	  "milliardaire-femme investisseuse coordinatrice gerante analyste-femme quinquagenaire-femme "
	  "productrice vendeuse negociatrice biologiste-femme "
	  "mere fille soeur amie glaciologue-femme voisine habitante passante retraitee cliente salariee ouvriere usagere passagere "
	  "vigneronne agricultrice eleveuse institutrice enseignante etudiante boulangere restauratrice "
	  "entraineuse joueuse gardienne championne laureate prefete psychologue-femme infirmiere "
	  "chirurgienne romanciere comedienne cheffe ministre-femme geographe-femme mairesse gestionnaire-femme" },
	{ WORD_COMPANY, FORMS_AS_IS,
	  "entreprise societe groupe start-up startup firme compagnie constructeur geant operateur banque agence "
	  "institution plateforme editeur laboratoire fonds association ong "
	  "collectif cabinet filiale multinationale transporteur assureur distributeur exploitant fabricant enseigne "},
	{ WORD_PARTICLE, FORMS_AS_IS, "de du des d' le la van von der den ben al el bin da di dos del" },
	{ WORD_ACCORDING, FORMS_AS_IS, "selon dixit" },
	{ WORD_FOR, FORMS_AS_IS, "pour chez" },
	{ WORD_WORK, FORMS_AS_IS,
	  "intitule intitulee intitules intitulees baptise baptisee baptises surnomme surnommee "
	  "appelle appellent nomme appele appelee appeles nomme nommee denomme denommee livre roman essai film documentaire serie "
	  "album chanson titre rapport podcast emission article ouvrage programme projet operation exposition "
	  "magazine revue mot expression terme concept notion formule rubrique chronique mention label "
	  "etude tube best-seller piece opera tableau blog newsletter theme mouvement campagne plan "
	  "loi dispositif accord contrat hashtag collection surnom" },
	{ WORD_SIGN, FORMS_AS_IS,
	  "pancarte pancartes banderole banderoles slogan slogans proverbe adage devise dicton graffiti tag "
	  "affiche affiches lire lit lisait inscription panneau t-shirt tee-shirt scande scandent scandait "
	  "scandaient foule manifestants internautes commentaires" },
	{ WORD_STAGE | WORD_SMALL, FORMS_AS_IS,
	  "entretien interview post message tweet communique conference forum podcast table discours lettre "
	  "micro plateau antenne tribune note courriel mail e-mail memo billet video reunion sommet audition "
	  "colloque debat echange keynote intervention publication fil commentaire scene salle meeting "
	  "congres tweets messages posts presentation assemblee seminaire" },
	{ WORD_DAY | WORD_SMALL, FORMS_AS_IS,
	  "lundi mardi mercredi jeudi vendredi samedi dimanche hier aujourd'hui matin soir midi apres-midi "
	  "recemment aussitot immediatement encore aussi ensuite alors egalement sobrement simplement "
	  "toutefois cependant ainsi notamment janvier fevrier mars avril mai juin juillet aout septembre "
	  "octobre novembre decembre pourtant meme d'abord enfin volontiers plus tard dernier prochain "
	  "sechement calmement dans-la-foulee en-substance deja" },
	{ WORD_PEOPLE, FORMS_AS_IS,
	  "gouvernement commission federation syndicat elysee maison-blanche ministere "
	  "source sources proches proche personnes salaries analystes experts observateurs cadres employes "
	  "specialistes riverains habitants elus avocats chercheurs economistes syndicats" },
	{ WORD_PLEDGE, FORMS_AS_IS,
	  "reponse reaction replique verdict message conclusion promesse avertissement argument mot tweet post "
	  "commentaire constat pique riposte mise phrase explication" },
	{ WORD_PLACE, FORMS_AS_IS,
	  "paris lyon marseille bruxelles londres geneve berlin washington davos pekin tokyo france allemagne suisse "
	  "europe etats-unis chine japon inde californie texas" },
};
/* clang-format on */

const struct press_tongue press_french = {
	"fr",
	HABIT_INCISE,
	rows,
	sizeof(rows) / sizeof(*rows),
};
