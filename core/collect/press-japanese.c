#include "core/collect/press-japanese.h"

#include "core/base/utf8.h"

enum { SENTENCE_BYTES = 3000, NAME_BYTES = 90, TEXT_BYTES = 1 << 18 };

/* clang-format off */
static const char *const verbs[] = {
	"述べ", "語っ", "語る", "話し", "話す", "言っ", "言う", "いう", "主張", "説明", "強調", "書い", "書き",
	"投稿", "発言", "指摘", "反論", "批判", "答え", "明らか", "表明", "コメント", "つぶや", "訴え", "述懐",
	"振り返", "呼びかけ", "警告", "約束", "認め", "付け加え", "加え", "したため", "皮肉", "応じ", "返し",
	"尋ね", "問い", "断言", "宣言", "懸念", "否定", "伝え", "返信", "反応", "笑", "見解", "期待", "促し",
	"说", "表示", "称", "写道", "回应", "指出", "認為", "說", "回應", "认为", "强调", "補充", "补充",
};

static const char *const honorifics[] = {
	"氏", "さん", "様", "先生", "君", "CEO", "最高経営責任者", "社長", "会長", "首相", "大統領", "大臣", "教授",
	"議員", "知事", "市長", "総裁", "代表", "監督", "選手", "記者", "部長", "長官", "総理", "外相", "財務相",
	"博士", "創業者", "共同創業者", "取締役", "委員長", "局長", "理事長", "所長", "アナリスト", "外務大臣",
	"専務理事", "常務理事", "理事", "園長", "館長", "校長", "学長", "院長", "支配人", "主任", "課長", "係長",
	"執行役員", "編集長", "棋士", "初段", "二段", "三段", "四段", "五段", "六段", "七段", "八段", "九段", "新名人", "名人", "竜王", "王将", "投手", "内野手", "捕手", "容疑者", "被告", "弁護士", "医師", "准教授",
	"名誉教授", "区長", "副知事", "副大臣", "元首相", "議長", "幹事長", "書記長", "党首", "くん", "ちゃん", "夫妻",
	"官房長官", "経済産業相", "副社長", "副会長", "専務", "常務", "担当者", "研究員", "住職", "店長", "町長", "村長",
};
/* clang-format on */

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))

static const char *const breaks[] = {
	"。", "、", "\n", "，", "：", "」", "』", "；", "！"
};

/* Where the last of some texts ends in s; 0: there is none. */
static size_t
behind_last(struct rp_slice s, const char *const *list, size_t n)
{
	for (size_t end = s.n; end > 0; end--)
		for (size_t i = 0; i < n; i++)
			if (rp_slice_ends(rp_slice_from(s.p, end), rp_slice_str(list[i])))
				return end;
	return 0;
}

void
press_japanese_sentence(const struct press_block *blocks, const struct press_span *span,
                        size_t *from, size_t *beyond)
{
	static const char *const stops[] = { "。", "！", "？", "\n" };
	struct rp_slice text = blocks[span->block].text;
	size_t floor = span->at > SENTENCE_BYTES ? span->at - SENTENCE_BYTES : 0;
	size_t at = span->end_block == span->block ? span->beyond : text.n;
	size_t end = at;

	*from = floor + behind_last(rp_slice_from(text.p + floor, span->at - floor),
	                            stops, LENGTH(stops));
	while (end < text.n && end < at + SENTENCE_BYTES) {
		struct rp_slice rest = rp_slice_skip(text, end);

		if (rp_slice_starts(rest, RP_SLICE("。"))) {
			end += strlen("。");
			break;
		}
		if (rp_slice_starts(rest, RP_SLICE("「")))
			break;
		end++;
	}
	*beyond = end;
}

static bool
has_verb(struct rp_slice s)
{
	for (size_t i = 0; i < LENGTH(verbs); i++)
		if (rp_slice_find(s, rp_slice_str(verbs[i])) < s.n)
			return true;
	return false;
}

/* Kanji, kana, letters: what names are made of. */
static bool
in_name(int32_t c)
{
	return (c >= 0x30a1 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff) || c == '-' ||
	       c == 0x3005 || c == 0xff65 || c == '.' || c == 0xb7 ||
	       (c < 0x3000 && utf8_letter(c) != UTF8_NO_LETTER);
}

/* The run of name characters that ends s. */
static struct rp_slice
run_before(struct rp_slice s)
{
	size_t from = s.n;

	while (from > 0 && s.n - from < NAME_BYTES) {
		size_t at = from;

		do
			at--;
		while (at > 0 && ((unsigned char)s.p[at] & 0xc0) == 0x80);
		if (!in_name(press_at(s, at)))
			break;
		from = at;
	}
	return rp_slice_skip(s, from);
}

static size_t
step_back(struct rp_slice s, size_t from)
{
	do
		from--;
	while (from > 0 && ((unsigned char)s.p[from] & 0xc0) == 0x80);
	return from;
}

/* The same before さん, where a given name may be in hiragana: 西川あゆみ. */
static struct rp_slice
run_with_kana(struct rp_slice s)
{
	enum { KANA_MAX = 4, KANJI_MAX = 4 };
	size_t from = s.n, kana = 0, kanji = 0;

	while (from > 0 && kana < KANA_MAX) {
		size_t at = step_back(s, from);
		int32_t c = press_at(s, at);

		if (c < 0x3041 || c > 0x3096)
			break;
		kana++;
		from = at;
	}
	if (kana == 0)
		return run_before(s);
	while (from > 0 && kanji < KANJI_MAX) {
		size_t at = step_back(s, from);
		int32_t c = press_at(s, at);

		if (!((c >= 0x3400 && c <= 0x9fff) || c == 0x3005))
			break;
		kanji++;
		from = at;
	}
	return kanji > 0 ? rp_slice_skip(s, from) : RP_SLICE("");
}

static struct rp_slice look_up(const struct press_japanese *j, struct rp_slice name);
static struct rp_slice name_in(struct rp_slice before, struct rp_slice *role);

/* The same, each name looked for once. */
static struct rp_slice
fullest(struct press_japanese *j, struct rp_slice name)
{
	size_t room = sizeof(j->known) / sizeof(*j->known);
	struct rp_slice full;

	for (size_t i = 0; i < j->n_known; i++)
		if (rp_slice_eq(j->known[i].name, name))
			return j->known[i].full;
	if (j->n_known == room)
		return name;
	full = look_up(j, name);
	j->known[j->n_known].name = name;
	j->known[j->n_known++].full = full;
	return full;
}

/* Strip what people are called behind their names. */
static struct rp_slice
without_honorific(struct rp_slice name, struct rp_slice *role)
{
	bool again = true;

	while (again) {
		again = false;
		for (size_t i = 0; i < LENGTH(honorifics); i++) {
			struct rp_slice h = rp_slice_str(honorifics[i]);

			if (!rp_slice_ends(name, h) || name.n <= h.n)
				continue;
			name.n -= h.n;
			if (h.n > strlen("氏") || i == 0)
				*role = i > 4 ? rp_slice_from(name.p + name.n, h.n)
				              : *role;
			again = true;
		}
	}
	return name;
}

/* Katakana begins the name where kanji stood before: "米テスラのイーロン・マスク". */
static struct rp_slice
katakana_part(struct rp_slice name)
{
	size_t at = rp_slice_find(name, RP_SLICE("・")), from = at, n;

	if (at == name.n)
		return name;
	while (from > 0) {
		size_t before = from;
		int32_t c;

		do
			before--;
		while (before > 0 && ((unsigned char)name.p[before] & 0xc0) == 0x80);
		c = press_at(name, before);
		if (!((c >= 0x30a1 && c <= 0x30ff) || c == 0xff65))
			break;
		from = before;
	}
	name = rp_slice_skip(name, from);
	/* And ends where katakana ends. */
	for (size_t i = 0; i < name.n; i += n) {
		int32_t c = utf8_next(rp_slice_skip(name, i), &n);

		if (!((c >= 0x30a1 && c <= 0x30ff) || c == 0xff65 || c == '=' ||
		      c == 0x30a0)) {
			name.n = i;
			break;
		}
	}
	return name;
}

/* The fullest form of a name in the article: "ナデラ" is in "サティア・ナデラ", "孫"
 * begins "孫正義氏". */
static struct rp_slice
look_up(const struct press_japanese *j, struct rp_slice name)
{
	struct rp_slice dotted;

	if (name.n == 0 || rp_slice_find(name, RP_SLICE("・")) < name.n ||
	    !arena_join(j->arena, RP_SLICE("・"), name, &dotted))
		return name;
	for (size_t b = 0; b < j->n_blocks; b++) {
		struct rp_slice rest = j->blocks[b].text;

		if (rest.n > TEXT_BYTES)
			rest.n = TEXT_BYTES;
		for (size_t at; (at = rp_slice_find(rest, dotted)) < rest.n;
		     rest = rp_slice_skip(rest, at + dotted.n)) {
			struct rp_slice run =
				run_before(rp_slice_from(rest.p, at + dotted.n));
			struct rp_slice whole = katakana_part(run);

			if (whole.n > dotted.n)
				return whole;
		}
		for (size_t h = 0; h < LENGTH(honorifics); h++) {
			struct rp_slice mr = rp_slice_str(honorifics[h]);

			rest = j->blocks[b].text;
			if (rest.n > TEXT_BYTES)
				rest.n = TEXT_BYTES;
			for (size_t at; (at = rp_slice_find(rest, mr)) < rest.n;
			     rest = rp_slice_skip(rest, at + mr.n)) {
				struct rp_slice role,
					run = name_in(rp_slice_from(rest.p, at + mr.n),
				                      &role);

				if (run.n > name.n && run.n <= 24 &&
				    rp_slice_starts(run, name) && name.n <= 9)
					return run;
			}
		}
	}
	return name;
}

/* "サティア・ナデラ最高経営責任者（CEO）": without what stands in brackets. */
static struct rp_slice
without_bracket(struct rp_slice s)
{
	struct rp_slice close = RP_SLICE("）"), open = RP_SLICE("（");
	size_t end = s.n;

	if (!rp_slice_ends(s, close))
		return s;
	while (end > 0 && s.n - end < NAME_BYTES) {
		end--;
		if (rp_slice_starts(rp_slice_skip(s, end), open))
			return rp_slice_from(s.p, end);
	}
	return s;
}

static struct rp_slice
name_in(struct rp_slice before, struct rp_slice *role)
{
	static const char *const soft[] = { "さん", "ちゃん", "くん" };
	struct rp_slice name;

	before = without_bracket(before);
	*role = RP_SLICE("");
	for (size_t i = 0; i < LENGTH(soft); i++) {
		struct rp_slice mr = rp_slice_str(soft[i]);

		if (before.n <= mr.n || !rp_slice_ends(before, mr))
			continue;
		before.n -= mr.n;
		name = run_with_kana(before);
		return katakana_part(without_honorific(name, role));
	}
	name = run_before(before);
	name = without_honorific(name, role);
	return katakana_part(name);
}

/* 担当者, 商社幹部: what somebody is, and no name. */
static bool
is_unnamed(struct rp_slice *name)
{
	static const char *const words[] = { "担当者", "関係者", "幹部", "男性",   "女性",
		                             "住民",   "親方",   "店主", "関係筋", "広報",
		                             "客",     "主婦",   "学生", "当局者", "職員",
		                             "社員",   "専門家" };

	/* 技術者, 経営者 */
	if (rp_slice_ends(*name, RP_SLICE("者"))) {
		name->n = 0;
		return true;
	}
	for (size_t i = 0; i < LENGTH(words); i++)
		if (rp_slice_ends(*name, rp_slice_str(words[i]))) {
			name->n = 0;
			return true;
		}
	return false;
}

/* 市場の[見方]は, 強める[場面]も: two characters behind what describes them, and nobody
 * is called. */
static bool
is_noun(struct rp_slice s, struct rp_slice name)
{
	static const char *const leads[] = { "の", "る", "た", "い" };
	static const char *const nouns[] = { "会見", "質疑", "市場", "業績", "株価",
		                             "会場", "現場", "結果", "背景", "社内",
		                             "議会", "試合", "会議" };
	size_t from = (size_t)(name.p - s.p);
	struct rp_slice somebody = name;

	/* 約100人が */
	if (from > 0 && s.p[from - 1] >= '0' && s.p[from - 1] <= '9')
		return true;
	for (size_t i = 0; i < LENGTH(nouns); i++)
		if (rp_slice_eq(name, rp_slice_str(nouns[i])))
			return true;
	if (is_unnamed(&somebody) || name.n != strlen("見方") || from + name.n != s.n)
		return false;
	for (size_t i = 0; i < LENGTH(leads); i++)
		if (rp_slice_ends(rp_slice_from(s.p, from), rp_slice_str(leads[i])))
			return true;
	return false;
}

/* The subject in a piece of a sentence: what stands before は or が, or before 氏. */
static struct rp_slice
subject_in(struct rp_slice s, struct rp_slice *role)
{
	static const char *const particles[] = { "は", "が", "も", "によると",
		                                 "によれば" };
	static const char *const people[] = {
		"氏", "さん", "CEO", "社長", "首相", "会長"
	};
	struct rp_slice name = { NULL, 0 };

	for (size_t i = 0; i < LENGTH(particles); i++) {
		struct rp_slice p = rp_slice_str(particles[i]), rest = s;
		size_t base = 0;

		for (size_t at; (at = rp_slice_find(rest, p)) < rest.n;
		     base += at + p.n, rest = rp_slice_skip(s, base)) {
			name = name_in(rp_slice_from(s.p, base + at), role);
			if (name.n >= 3 && !is_noun(rp_slice_from(s.p, base + at), name))
				return name;
		}
	}
	for (size_t i = 0; i < LENGTH(people); i++) {
		size_t at = rp_slice_find(s, rp_slice_str(people[i]));

		if (at < s.n) {
			name = name_in(rp_slice_from(s.p, at), role);
			if (name.n > 0)
				return name;
		}
	}
	return RP_SLICE("");
}

/* Chinese: "马斯克说：" — the name right before the verb. */
static struct rp_slice
chinese_subject(struct rp_slice s, struct rp_slice *role)
{
	for (size_t i = 0; i < LENGTH(verbs); i++) {
		size_t at = rp_slice_find(s, rp_slice_str(verbs[i]));

		if (at < s.n && at > 0) {
			struct rp_slice before = rp_slice_from(s.p, at);
			size_t from = behind_last(before, breaks, LENGTH(breaks));

			return name_in(rp_slice_skip(before, from), role);
		}
	}
	return RP_SLICE("");
}

/* 「Q」としている; not 「Q」という名前, 「Q」と「R」. */
static bool
is_said(struct rp_slice after)
{
	return rp_slice_starts(after, RP_SLICE("と")) &&
	       !rp_slice_starts(after, RP_SLICE("という")) &&
	       !rp_slice_starts(after, RP_SLICE("といった")) &&
	       !rp_slice_starts(after, RP_SLICE("と「")) && after.n > 2 * strlen("と");
}

/* A sentence by itself, perhaps with its 。 */
static bool
is_alone(struct rp_slice text, const struct press_span *span, size_t end)
{
	enum { LEAST = 24 /* bytes: shorter ones are words */ };
	struct rp_slice before = rp_slice_from(text.p, span->at);
	struct rp_slice after = rp_slice_skip(text, end);

	if (span->end_block != span->block || span->end - span->text < LEAST)
		return false;
	return (before.n == 0 || rp_slice_ends(before, RP_SLICE("。"))) &&
	       (after.n == 0 || rp_slice_starts(after, RP_SLICE("。")));
}

/* "親方からは「Q」": of somebody unnamed. */
static bool
from_somebody(struct rp_slice before)
{
	return rp_slice_ends(before, RP_SLICE("からは")) ||
	       rp_slice_ends(before, RP_SLICE("から")) ||
	       rp_slice_ends(before, RP_SLICE("によると"));
}

/* The subject of the sentence before, or behind 「Q」。 at a paragraph's beginning. */
static struct rp_slice
told_beside(struct rp_slice text, size_t from, size_t end, struct rp_slice *role)
{
	struct rp_slice stop = RP_SLICE("。"), before = rp_slice_from(text.p, from);
	struct rp_slice after = rp_slice_skip(text, end), next;
	size_t floor;

	/* 「Q」。小野アナリストはこう分析する。 */
	next = rp_slice_starts(after, stop) ? rp_slice_skip(after, stop.n) : RP_SLICE("");
	next.n = rp_slice_find(next, stop);
	if (rp_slice_find(next, RP_SLICE("はこう")) < next.n)
		return subject_in(next, role);
	if (from > 0) {
		before.n -= rp_slice_ends(before, stop) ? stop.n : 0;
		if (before.n > SENTENCE_BYTES)
			before = rp_slice_skip(before, before.n - SENTENCE_BYTES);
		floor = behind_last(before, (const char *const[]){ "。", "」" }, 2);
		return subject_in(rp_slice_skip(before, floor), role);
	}
	if (!rp_slice_starts(after, stop))
		return RP_SLICE("");
	after = rp_slice_skip(after, stop.n);
	if (after.n > SENTENCE_BYTES)
		after.n = SENTENCE_BYTES;
	after.n = rp_slice_find(after, stop);
	return subject_in(after, role);
}

struct press_japanese_say
press_japanese_say(struct press_japanese *j, const struct press_span *span)
{
	struct rp_slice text = j->blocks[span->block].text, before, after;
	struct press_japanese_say say = { .certainty = PRESS_NOBODY };
	size_t from, beyond, end;
	bool colon;

	press_japanese_sentence(j->blocks, span, &from, &beyond);
	end = span->end_block == span->block ? span->beyond : text.n;
	before = rp_slice_from(text.p + from, span->at - from);
	after = rp_slice_from(text.p + end, beyond - end);
	colon = rp_slice_ends(before, RP_SLICE("：")) ||
	        rp_slice_ends(before, RP_SLICE(":"));
	say.framed =
		colon || has_verb(after) || is_said(after) || is_alone(text, span, end);
	if (!say.framed)
		return say;
	say.name = subject_in(before, &say.role);
	if (say.name.n == 0)
		say.name = subject_in(after, &say.role);
	if (say.name.n == 0 && colon)
		say.name = chinese_subject(before, &say.role);
	if ((say.name.n == 0 && from_somebody(before)) || is_unnamed(&say.name))
		return say;
	if (say.name.n == 0)
		say.name = told_beside(text, from, end, &say.role);
	if (say.name.n > 0) {
		say.name = fullest(j, say.name);
		say.certainty = PRESS_HIGH;
		j->last = say.name;
	} else if (j->last.n > 0) {
		say.name = j->last;
		say.certainty = PRESS_MEDIUM;
	}
	return say;
}
