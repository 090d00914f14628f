#include "core/collect/press-words.h"

/* clang-format off */
static const struct press_row rows[] = {
	{ WORD_CUE, FORMS_EN,
	  "correct ruminate grumble grouse gripe groan moan croon bellow bark snarl growl hiss stammer "
	  "stutter blurt cackle giggle beam grin smile sniff snort wince vouch attest counsel theorize theorise "
	  "speculate surmise posit intone drawl rasp sob chirp chime profess proclaim "
	  "say add post tweet ask reply respond answer counter retort fire argue claim insist maintain note "
	  "point stress emphasize emphasise explain warn caution predict expect believe acknowledge concede joke "
	  "recall describe call urge promise announce declare state suggest remark observe continue conclude "
	  "agree disagree dismiss mock criticize criticise blast praise write boast complain lament vow pledge assert "
	  "contend confirm reveal comment muse marvel deadpan shout yell whisper sigh laugh chuckle joke "
	  "testify estimate reckon repeat reiterate stress elaborate clarify demand plead advise assure reassure "
	  "accuse allege signal sum tease thunder fume rail bristle scoff taunt label brand "
	  "protest object interject interrupt venture volunteer offer reflect report wonder question challenge "
	  "highlight underline underscore opine enthuse gush exclaim tell denounce condemn decry crow cheer welcome "
	  "hail defend attack blame shrug mutter murmur recount relate hint quote apologise apologize justify propose" },
	{ WORD_CUE, FORMS_AS_IS,
	  "said saying told tells wrote writes written thinks thought think admits admitted admit admitting quips quipped "
	  "quip shot hit slams slammed slam tweeting retweeted swore swears read feels felt put puts knew "
	  "spoke speaks insists laughed began begins went goes quipping jokes says ran runs sees "
	  "rebuts rebutted concurred concurs demurred chimed weighed snapped snaps texted emailed emails e-mailed" },
	{ WORD_NOUNISH, FORMS_AS_IS,
	  "note post tweet answer reply claim point comment remark question report state call claims posts "
	  "tweets answers calls counter response attack brand label offer demand offers questions comments remarks "
	  "points reports notes states challenge protest promise pledge thought shot hit volunteer fire" },
	{ WORD_CALL, FORMS_EN, "call describe label brand dismiss denounce praise hail mock blast criticise criticize accuse decry" },
	{ WORD_CALL, FORMS_AS_IS, "as of" },
	{ WORD_AUX, FORMS_AS_IS, "has have had is was were are been be would will later also then did" },
	{ WORD_PREP | WORD_SMALL, FORMS_AS_IS,
	  "of to by with for from about against over under between during despite except among "
	  "behind beside like per via versus without toward towards including alongside into upon within "
	  "at on in" },
	{ WORD_WHERE, FORMS_AS_IS, "at on in during to with told tells before via from" },
	{ WORD_SMALL, FORMS_AS_IS,
	  "and or but so yet nor if when while as because although though since that which who whom whose what why "
	  "how where there here this these those his her its their our your my we you i it not no yes all some any "
	  "each every both few many most much more less other another such same only just even still again also "
	  "now then today yesterday tomorrow tonight once twice one two three four five six seven eight nine ten "
	  "asked pressed speaking writing responding replying reacting told according among despite during after "
	  "before in on at by for from with without to of is was were are be been has have had do does did will "
	  "would could should may might must can never always often sometimes later earlier meanwhile however "
	  "instead perhaps maybe indeed still nevertheless nonetheless moreover ever last next first second asking "
	  "adding noting citing unlike let's that's it's there's what's he's she's until unless whether nothing everything "
	  "something nobody everybody someone us them him than too very almost hours days weeks minutes months years" },
	{ WORD_SMALL | WORD_DEF, FORMS_AS_IS, "the" },
	{ WORD_SMALL | WORD_INDEF, FORMS_AS_IS,
	  "a an one another some several two three four many few this these" },
	{ WORD_HE | WORD_SMALL, FORMS_AS_IS, "he" },
	{ WORD_SHE | WORD_SMALL, FORMS_AS_IS, "she" },
	{ WORD_THEY | WORD_SMALL, FORMS_AS_IS, "they we i it you" },
	{ WORD_MR, FORMS_AS_IS, "rev cllr pc sgt insp supt capt cdr col lt gen mr mr. sir dr dr. lord prof prof. professor rev. hon. father" },
	{ WORD_MRS, FORMS_AS_IS, "mrs mrs. ms ms. miss dame lady madam" },
	{ WORD_ROLE, FORMS_AS_IS,
	  "ceo chief cfo cto coo boss head president vice-president chairman chair founder co-founder cofounder "
	  "minister secretary chancellor senator sen sen. rep rep. gov gov. governor mayor commissioner ambassador "
	  "economist analyst researcher professor scientist engineer lawyer attorney judge justice general colonel "
	  "captain director manager executive spokesman spokesperson adviser advisor aide official investor "
	  "billionaire entrepreneur tycoon magnate banker trader strategist author writer journalist reporter "
	  "columnist historian philosopher actor singer coach player striker goalkeeper manager congressman "
	  "lawmaker politician candidate leader king prince pope bishop partner expert specialist "
	  "consultant developer designer physicist mathematician climatologist biologist epidemiologist doctor "
	  "nurse teacher farmer fisherman student campaigner activist organiser organizer resident owner sheriff "
	  "officer commander sergeant inspector constable superintendent treasurer whistleblower laureate "
	  "premier deputy mp peer councillor curator conductor composer novelist poet artist chef baker brewer "
	  "prosecutor backbencher frontbencher lawmaker trucker customer waitress waiter undersecretary envoy speaker mogul former veteran chairperson architect "
	  "diplomat producer presenter administrator editor drummer guitarist songwriter filmmaker "
	  "archaeologist geneticist virologist neuroscientist psychologist sociologist criminologist "
	  "meteorologist forecaster pilot driver cyclist swimmer sprinter boxer jockey referee broker "
	  "landlord tenant shopkeeper publican cleaner midwife paramedic firefighter soldier veteran "
	  "refugee protester critic blogger podcaster youtuber negotiator archbishop rabbi imam vicar "
	  "guide ranger keeper gardener florist jeweller plumber electrician carpenter builder planner "
	  "superintendent trustee warden marshal coordinator foreman machinist mechanic roofer butcher barber "
	  "grocer vet veterinarian pastor preacher bartender barista dancer choreographer playwright poet "
	  "mp msp td tory republican democrat underwriter hunter angler beekeeper shepherd miller weaver "
	  "volcanologist hydrologist astronomer geologist skipper keeper winger defender midfielder" },
	{ WORD_ROLE | WORD_FEMALE, FORMS_AS_IS,
	  "chairwoman spokeswoman congresswoman actress queen princess duchess policewoman businesswoman "
	  "wife widow aunt niece granddaughter girlfriend "
	  "alderwoman councilwoman heiress widow mother daughter sister grandmother woman" },
	{ WORD_ROLE, FORMS_AS_IS, "husband uncle nephew cousin grandson boyfriend widower apprentice neighbour neighbor landlady foreman forewoman juror shearer "
	  "businessman councilman alderman father son brother man grandfather policeman" },
	{ WORD_COMPANY, FORMS_AS_IS,
	  "company firm startup start-up group bank agency carmaker automaker manufacturer "
	  "lender retailer publisher university institute charity organisation organization "
	  "operator giant carrier supplier insurer reinsurer chain broadcaster airline utility "
	  "regulator watchdog association maker club lab laboratory "},
	{ WORD_PARTICLE, FORMS_AS_IS, "de van von der den bin ben al el la le da di dos del du of" },
	{ WORD_ACCORDING, FORMS_AS_IS, "according" },
	{ WORD_FOR, FORMS_AS_IS, "for" },
	{ WORD_WORK, FORMS_AS_IS,
	  "titled entitled dubbed called named nicknamed book novel film movie documentary series album song hit "
	  "podcast show article programme exhibition magazine word phrase term concept codenamed known slogan "
	  "hashtag memoir essay play opera painting blog newsletter musical headline section single track episode "
	  "so-called bestseller chapter labelled labeled marked stamped" },
	{ WORD_SIGN, FORMS_AS_IS,
	  "placard placards banner banners slogan sign signs motto proverb adage graffiti t-shirt poster posters "
	  "chanted chanting chants crowd crowds protesters demonstrators sticker plaque inscription saying "
	  "users commenters" },
	{ WORD_STAGE | WORD_SMALL, FORMS_AS_IS,
	  "interview post message tweet statement conference forum podcast panel speech letter memo email e-mail "
	  "op-ed blog video meeting summit hearing keynote stage thread note call broadcast briefing show "
	  "filing lecture debate event town-hall radio television session reporters audience testimony "
	  "talk presentation newsletter essay gathering rally press" },
	{ WORD_DAY | WORD_SMALL, FORMS_AS_IS,
	  "monday tuesday wednesday thursday friday saturday sunday yesterday today january february march april "
	  "may june july august september october november december later earlier recently also flatly "
	  "simply bluntly then back out in afterwards repeatedly quickly" },
	{ WORD_PEOPLE, FORMS_AS_IS,
	  "government commission ministry department council committee party court union "
	  "people sources source officials analysts experts investors workers employees residents critics "
	  "witnesses neighbours neighbors campaigners lawyers economists researchers scientists" },
	{ WORD_PLEDGE, FORMS_AS_IS,
	  "answer reply response verdict reaction message conclusion promise warning argument word tweet post "
	  "comment riposte retort words advice summary" },
	{ WORD_PLACE, FORMS_AS_IS,
	  "london paris brussels berlin washington davos beijing tokyo geneva china japan india germany france "
	  "england scotland wales ireland britain europe america texas california swiss" },
};
/* clang-format on */

const struct press_tongue press_english = {
	"en",
	HABIT_JOINS,
	rows,
	sizeof(rows) / sizeof(*rows),
};
