/*
 * Pages that stand in the way of another: whether we are human, who we are, what we pay.
 *
 * An article about such pages must not be taken for one, and neither may the box for
 * readers with an account, which every page of a newspaper has: what looks like a wall
 * counts only where there is little else to be read.
 */
#include "core/base/ascii.h"
#include "core/collect/fetch-web.h"
#include "core/parse/html.h"

enum {
	TREE_BYTES = 64 << 20,
	WALL_TEXT_BYTES = 1500, /* what is to be read has more */
	PAGE_BYTES = 4 << 20,
};

#define HUMAN "a page that asks whether we are human"
#define DENIED "a page that denies us access"
#define LOGIN "a login page"
#define REPAIR "a page about maintenance"
#define NONE "a page that says there is none"

struct mark {
	const char *text, *what;
};

/* clang-format off */
/* How its title begins, in lower case; behind that only a name may follow. */
static const struct mark titles[] = {
	{ "just a moment", HUMAN },
	{ "einen moment", HUMAN },
	{ "un instant", HUMAN },
	{ "un momento", HUMAN },
	{ "attention required", HUMAN },
	{ "are you a robot", HUMAN },
	{ "are you human", HUMAN },
	{ "robot check", HUMAN },
	{ "bot verification", HUMAN },
	{ "human verification", HUMAN },
	{ "verify you are human", HUMAN },
	{ "verifying you are human", HUMAN },
	{ "pardon our interruption", HUMAN },
	{ "one more step", HUMAN },
	{ "security check", HUMAN },
	{ "security checkpoint", HUMAN },
	{ "vercel security checkpoint", HUMAN },
	{ "checking your browser", HUMAN },
	{ "ddos-guard", HUMAN },
	{ "captcha", HUMAN },
	{ "sicherheitsüberprüfung", HUMAN },
	{ "access denied", DENIED },
	{ "access to this page has been denied", DENIED },
	{ "403 forbidden", DENIED },
	{ "request rejected", DENIED },
	{ "log in", LOGIN },
	{ "login", LOGIN },
	{ "sign in", LOGIN },
	{ "anmelden", LOGIN },
	{ "einloggen", LOGIN },
	{ "se connecter", LOGIN },
	{ "connexion", LOGIN },
	{ "iniciar sesión", LOGIN },
	{ "accedi", LOGIN },
	{ "maintenance", REPAIR },
	{ "down for maintenance", REPAIR },
	{ "site maintenance", REPAIR },
	{ "scheduled maintenance", REPAIR },
	{ "wartungsarbeiten", REPAIR },
	{ "404 not found", NONE },
	{ "page not found", NONE },
};

/* What is to be read there, in lower case. */
static const struct mark phrases[] = {
	{ "enable javascript and cookies to continue", HUMAN },
	{ "please enable js and disable any ad blocker", HUMAN },
	{ "verify you are human", HUMAN },
	{ "verify that you are human", HUMAN },
	{ "verify that you are not a robot", HUMAN },
	{ "verify you are not a robot", HUMAN },
	{ "verify you're not a robot", HUMAN },
	{ "prove that you are human", HUMAN },
	{ "prove you are human", HUMAN },
	{ "you have been blocked", DENIED },
	{ "unusual traffic from your", HUMAN },
	{ "press & hold to confirm", HUMAN },
	{ "complete the security check", HUMAN },
	{ "checking your browser before accessing", HUMAN },
	{ "checking if the site connection is secure", HUMAN },
	{ "bestätigen sie, dass sie ein mensch sind", HUMAN },
	{ "vérifier que vous êtes humain", HUMAN },
	{ "log in to continue", LOGIN },
	{ "sign in to continue", LOGIN },
};

/* What is in its bytes. */
static const struct mark marks[] = {
	{ "cf-chl-", HUMAN },
	{ "cf_chl_opt", HUMAN },
	{ "cf-turnstile", HUMAN },
	{ "g-recaptcha", HUMAN },
	{ "h-captcha", HUMAN },
	{ "px-captcha", HUMAN },
	{ "captcha-delivery", HUMAN },
	{ "_Incapsula_Resource", HUMAN },
	{ "awswaf.com", HUMAN },
	{ "type=\"password\"", LOGIN },
	{ "type='password'", LOGIN },
	{ "type=password", LOGIN },
};

/* What is to be read below the beginning of an article that goes on for others. */
static const struct mark offers[] = {
	{ "subscribe to continue", "" },
	{ "subscribe to read", "" },
	{ "to continue reading", "" },
	{ "to keep reading", "" },
	{ "already a subscriber", "" },
	{ "weiterlesen mit", "" },
	{ "jetzt abonnieren", "" },
	{ "réservé aux abonnés", "" },
	{ "réservé à nos abonnés", "" },
	{ "solo para suscriptores", "" },
	{ "contenuto riservato agli abbonati", "" },
};
/* clang-format on */

#define LENGTH(list) (sizeof(list) / sizeof(*(list)))

static bool
has(struct rp_slice text, const char *part)
{
	return rp_slice_find(text, rp_slice_str(part)) < text.n;
}

static const char *
find(const struct mark *list, size_t n, struct rp_slice text)
{
	for (size_t i = 0; i < n; i++)
		if (has(text, list[i].text))
			return list[i].what;
	return NULL;
}

static struct rp_slice
title_of(const struct html *html)
{
	for (uint32_t node = 0; node != HTML_NONE; node = html_after(html, node, 0))
		if (html_is(html, node, "title") && html->nodes[node].first != HTML_NONE)
			return rp_slice_trim(html->nodes[html->nodes[node].first].text);
	return RP_SLICE("");
}

/* The title is that, and no more than a name of the site. */
static const char *
wall_of_title(struct rp_slice title)
{
	for (size_t i = 0; i < LENGTH(titles); i++) {
		const struct rp_slice wall = rp_slice_str(titles[i].text);
		const struct rp_slice behind =
			title.n >= wall.n ? rp_slice_skip(title, wall.n) : title;

		if (rp_slice_starts_nocase(title, wall) &&
		    (behind.n == 0 || !ascii_is_letter(behind.p[0])))
			return titles[i].what;
	}
	return NULL;
}

/* Somebody's article, though there be little of it. */
static bool
is_article(struct rp_slice body)
{
	return has(body, "<article") || has(body, "NewsArticle\"") ||
	       has(body, "content=\"article\"");
}

/* lower: the text in lower case */
static const char *
wall_of(const struct html *html, struct rp_slice body, struct rp_slice lower)
{
	const char *wall;

	if (lower.n > WALL_TEXT_BYTES)
		return NULL;
	wall = wall_of_title(title_of(html));
	if (wall != NULL || is_article(body))
		return wall;
	wall = find(phrases, LENGTH(phrases), lower);
	return wall != NULL ? wall : find(marks, LENGTH(marks), body);
}

/* The metadata of a page say whether all of it can be read without paying. */
static bool
says_it_is_paid(struct rp_slice body)
{
	const struct rp_slice mark = RP_LIT("\"isAccessibleForFree\"");
	struct rp_slice behind = rp_slice_skip(body, rp_slice_find(body, mark) + mark.n);

	behind.n = behind.n < 16 ? behind.n : 16;
	return has(behind, "alse");
}

struct web_page_look
web_look(struct rp_slice body, struct rp_slice charset)
{
	CLEANUP(arena_free) struct arena *arena = NULL;
	struct web_page_look look = { .pay = says_it_is_paid(body) };
	struct rp_slice lower;
	struct html_text text;
	struct html html;
	char *copy;

	if (body.n > PAGE_BYTES || !web_is_html(body))
		return look;
	arena = arena_new(TREE_BYTES);
	if (arena == NULL || html_parse(arena, body, charset, &html, NULL) != RP_OK ||
	    !html_text(arena, &html, 0, &text))
		return look;
	copy = arena_alloc(arena, text.text.n);
	if (copy == NULL)
		return look;
	lower = ascii_lower_into(copy, text.text);
	look.text = lower.n;
	look.wall = wall_of(&html, body, lower);
	look.pay = look.pay || find(offers, LENGTH(offers), lower) != NULL;
	return look;
}
