/*
 * Is that an answer, and if it is none, whose trouble is it?
 *
 * A 404 of a listing is an outage: X has answered so for everybody's timelines, for two
 * days.  A 429 is either our pace, or a cap that no waiting in this run helps against.
 * A page of HTML, an empty body, "{}" with 200 are a server's weak moments, and no end
 * of anything; but "{}" twice, in answer to a look-up, is one.
 */
#include "core/base/ascii.h"
#include "core/collect/fetch-x.h"

static bool
has(struct rp_slice text, const char *word)
{
	return rp_slice_find(text, rp_slice_str(word)) < text.n;
}

static bool
is_page_of_web(const struct fetch_answer *answer)
{
	return rp_slice_eq(answer->type, RP_SLICE("text/html")) ||
	       rp_slice_starts(rp_slice_trim(answer->body), RP_SLICE("<"));
}

/* The words of a problem for people; what X says is quoted, and cut by rp_fail(). */
static void
say(struct fetcher *x, const char *what, int status, struct rp_error *err)
{
	struct fx_problem problem = { .code = 0 };
	struct json_each each = fx_problems(x);

	if (x->doc.n > 0)
		fx_problem_read(x, JSON_ROOT, &problem);
	if (fx_problem_next(x, &each, &problem) && problem.detail.n == 0)
		problem.detail = problem.title;
	(void)rp_fail(err, RP_BAD_SOURCE, "%s (%d%s%.*s)", what, status,
	              problem.detail.n ? ": " : "", RP_FMT(problem.detail));
}

/* ---- 400 ------------------------------------------------------------------- */

/* Words of the vocabulary in use stand in the complaint. */
static bool
is_about_vocabulary(const struct fetcher *x, struct rp_slice body)
{
	static const char *const words[2][5] = {
		[FX_TWEET] = { "tweet.fields", "expansions", "note_tweet",
		               "referenced_tweets", "edit_history_tweet_ids" },
		[FX_POST] = { "post.fields", "expansions", "note_post",
		              "referenced_posts", "edit_history_post_ids" },
	};

	for (size_t i = 0; i < 5; i++)
		if (has(body, words[x->vocabulary][i]))
			return true;
	return false;
}

static enum fx_verdict
judge_400(struct fetcher *x, const struct fetch_answer *answer, struct rp_error *err)
{
	const struct fx_list *list = x->asking == FX_LIST ? &x->lists[x->list] : NULL;

	say(x, "X refuses the request", answer->status, err);
	if (!x->vocabulary_set && !x->vocabulary_tried &&
	    is_about_vocabulary(x, answer->body))
		return FX_VOCABULARY;
	if (list != NULL && list->token.n > 0 && !list->token_failed &&
	    (has(answer->body, "pagination_token") || has(answer->body, "next_token")))
		return FX_BAD_TOKEN;
	if (list != NULL && !list->unbounded &&
	    (has(answer->body, "since_id") || has(answer->body, "until_id")))
		return FX_BAD_BOUND;
	return FX_REFUSED;
}

/* ---- caps and limits ------------------------------------------------------- */

/* Which day a month's cap is lifted X does not tell here; refusals cost nothing, so we
 * come back every day. */
static enum fx_verdict
judge_429(struct fetcher *x, const struct fetch_answer *answer, int64_t *not_before_out,
          struct rp_error *err)
{
	struct fx_problem problem = { .code = 0 };

	if (x->doc.n > 0)
		fx_problem_read(x, JSON_ROOT, &problem);
	if (!rp_slice_eq(problem.type, RP_SLICE("usage-capped")) &&
	    !rp_slice_eq(problem.title, RP_SLICE("UsageCapExceeded")))
		return FX_AGAIN;
	*not_before_out = answer->at - answer->at % RP_DAY + RP_DAY;
	say(x, "X's cap on posts is reached", answer->status, err);
	return FX_LATER;
}

/* Bodies of its outer layers: {"errors":[{"code":88,"message":"Rate limit exceeded"}]} */
static enum fx_verdict
judge_codes(struct fetcher *x, const struct fetch_answer *answer, struct rp_error *err)
{
	struct json_each each = fx_problems(x);
	struct fx_problem problem;

	while (fx_problem_next(x, &each, &problem))
		switch (problem.code) {
		case 88:
		case 130:
		case 131:
			return FX_AGAIN;
		case 32:
		case 89:
		case 99:
		case 215:
			say(x, "X refuses the token", answer->status, err);
			return FX_STOP;
		default:
			break;
		}
	return FX_PAGE;
}

/* ---- 403, 404 -------------------------------------------------------------- */

/* Does a problem speak of what we asked for, and not of us? */
static bool
is_about_resource(struct fetcher *x)
{
	struct json_each each = fx_problems(x);
	struct fx_problem problem;

	if (x->doc.n == 0)
		return false;
	fx_problem_read(x, JSON_ROOT, &problem);
	if (fx_problem_is_gone(&problem) && problem.subject.n > 0)
		return true;
	while (fx_problem_next(x, &each, &problem))
		if (fx_problem_is_gone(&problem) && problem.subject.n > 0)
			return true;
	return false;
}

static enum fx_verdict
judge_403(struct fetcher *x, const struct fetch_answer *answer, struct rp_error *err)
{
	if (is_about_resource(x)) {
		say(x, "X does not show it", answer->status, err);
		return x->asking == FX_LIST ? FX_GONE : FX_PAGE;
	}
	say(x, "X does not let this token do that", answer->status, err);
	return FX_STOP;
}

static enum fx_verdict
judge_404(struct fetcher *x, const struct fetch_answer *answer, struct rp_error *err)
{
	if (x->asking != FX_LIST && is_about_resource(x))
		return FX_PAGE;
	say(x, "X says that this address is nowhere, as when it is ill", answer->status,
	    err);
	return FX_LATER;
}

/* ---- 200 ------------------------------------------------------------------- */

static bool
is_there(struct fetcher *x, const char *name)
{
	return !json_absent(&x->doc, json_get(&x->doc, JSON_ROOT, rp_slice_str(name)));
}

/* Only errors: of the account or post whose listing it is, or of the server. */
static enum fx_verdict
judge_errors(struct fetcher *x, const struct fetch_answer *answer, struct rp_error *err)
{
	struct json_each each = fx_problems(x);
	struct fx_problem problem;

	if (x->asking != FX_LIST)
		return FX_PAGE;
	say(x, "X does not list it", answer->status, err);
	while (fx_problem_next(x, &each, &problem))
		if (fx_problem_is_gone(&problem))
			return FX_GONE;
	return FX_AGAIN;
}

/*
 * "{}": neither posts nor problems.  Once may be a moment's weakness; said again it is
 * what X has to say about posts that it does not name, not even as missing.
 */
static enum fx_verdict
judge_void(struct fetcher *x)
{
	struct json_each members = json_each(&x->doc, JSON_ROOT);

	if (x->asking != FX_LOOK || json_next(&members) || x->voids++ == 0)
		return FX_AGAIN;
	return FX_PAGE;
}

/* No posts, and yet there should be some: it is asked once more, and then believed to
 * the extent that the time is a gap, so that other listings get their turn. */
static bool
is_doubtful(struct fetcher *x)
{
	struct fx_list *list = &x->lists[x->list];

	if (x->asking != FX_LIST || list->doubted || fx_count(x) > 0 ||
	    fx_lacks(x) == NULL)
		return false;
	list->doubted = true;
	return true;
}

static enum fx_verdict
judge_200(struct fetcher *x, const struct fetch_answer *answer, struct rp_error *err)
{
	enum fx_verdict verdict;

	if (answer->cut) {
		(void)rp_fail(err, RP_BAD_SOURCE, "an answer of X is too long to read");
		return FX_REFUSED;
	}
	(void)rp_fail(err, RP_RETRY_LATER, "what X answered is no answer");
	if (json_type(&x->doc, JSON_ROOT) != JSON_OBJECT)
		return FX_AGAIN;
	verdict = judge_codes(x, answer, err);
	if (verdict == FX_PAGE && is_doubtful(x))
		return FX_AGAIN;
	if (verdict != FX_PAGE || is_there(x, "data") || is_there(x, "meta"))
		return verdict;
	return is_there(x, "errors") ? judge_errors(x, answer, err) : judge_void(x);
}

static enum fx_verdict
judge_refusal(struct fetcher *x, const struct fetch_answer *answer,
              int64_t *not_before_out, struct rp_error *err)
{
	enum fx_verdict verdict;

	switch (answer->status) {
	case 401:
		say(x, "X refuses the token", answer->status, err);
		return FX_STOP;
	case 402:
		say(x, "there are no credits left at X", answer->status, err);
		return FX_STOP;
	case 429:
		return judge_429(x, answer, not_before_out, err);
	case 408:
	case 425:
		return FX_AGAIN;
	default:
		break;
	}
	if (answer->status >= 500 && answer->status < 600)
		return FX_AGAIN;
	verdict = judge_codes(x, answer, err);
	if (verdict != FX_PAGE)
		return verdict;
	if (answer->status == 400)
		return judge_400(x, answer, err);
	if (answer->status == 403)
		return judge_403(x, answer, err);
	if (answer->status == 404)
		return judge_404(x, answer, err);
	say(x, "X answers what it should not", answer->status, err);
	return FX_LATER;
}

enum fx_verdict
fx_judge(struct fetcher *x, const struct fetch_answer *answer, int64_t *not_before_out,
         struct rp_error *err)
{
	const struct rp_slice body = rp_slice_skip(answer->body, json_bom(answer->body));

	arena_reset(x->scratch);
	if (is_page_of_web(answer) || json_parse(&x->doc, body, err) != RP_OK)
		x->doc.n = 0;
	if (answer->status == 200)
		return judge_200(x, answer, err);
	return judge_refusal(x, answer, not_before_out, err);
}
