#include "core/collect/robots.h"

#include "core/base/ascii.h"
#include "core/base/url.h"

enum {
	PATH_MAX_BYTES = 64 << 10,
	DAY_S = 86400,
};

/* ---- escapes ------------------------------------------------------------- */

static int
hex_value(char c)
{
	if (ascii_is_digit(c))
		return c - '0';
	c = ascii_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool
is_unreserved(char c)
{
	return ascii_is_letter(c) || ascii_is_digit(c) || c == '-' || c == '.' ||
	       c == '_' || c == '~';
}

/* One form for what may be written in several: "%7e" is "~", "é" is "%C3%A9". */
static void
add_path(struct rp_buf *out, struct rp_slice path)
{
	for (size_t i = 0; i < path.n; i++) {
		const bool escape = path.p[i] == '%' && i + 2 < path.n &&
		                    hex_value(path.p[i + 1]) >= 0 &&
		                    hex_value(path.p[i + 2]) >= 0;
		unsigned char byte = (unsigned char)path.p[i];

		if (escape) {
			byte = (unsigned char)(hex_value(path.p[i + 1]) * 16 +
			                       hex_value(path.p[i + 2]));
			i += 2;
		}
		if (escape ? is_unreserved((char)byte) : byte > ' ' && byte < 0x7f)
			buf_add_byte(out, (char)byte);
		else
			url_escape_byte(out, (char)byte);
	}
}

/* ---- reading ------------------------------------------------------------- */

struct parse {
	struct arena *arena;
	struct rp_buf path; /* scratch */
	struct robots *robots;
	bool own, others; /* whose group this is */
	bool in_rules;    /* another User-agent begins a new group */
};

static struct rp_slice
next_line(struct rp_slice *rest)
{
	size_t n = 0;
	struct rp_slice line;

	while (n < rest->n && rest->p[n] != '\n' && rest->p[n] != '\r')
		n++;
	line = rp_slice_from(rest->p, n);
	*rest = rp_slice_skip(*rest, n + 1);
	return line;
}

/* "Riposte" of "Riposte/1.0 (x)". */
static struct rp_slice
product(struct rp_slice agent)
{
	size_t n = 0;

	while (n < agent.n &&
	       (ascii_is_letter(agent.p[n]) || agent.p[n] == '-' || agent.p[n] == '_'))
		n++;
	return rp_slice_from(agent.p, n);
}

static void
take_agent(struct parse *p, struct rp_slice agent)
{
	if (p->in_rules)
		p->own = p->others = false;
	p->in_rules = false;
	if (rp_slice_starts(agent, RP_SLICE("*")))
		p->others = p->robots->others.there = true;
	else if (rp_slice_eq_nocase(product(agent), RP_SLICE(ROBOTS_TOKEN)))
		p->own = p->robots->own.there = true;
}

static bool
add_rule(struct parse *p, struct robots_group *group, struct rp_slice pattern, bool allow)
{
	struct robots_rule *rules = arena_room(p->arena, group->rules, group->n,
	                                       &group->room, sizeof(*rules));

	if (rules == NULL)
		return false;
	group->rules = rules;
	rules[group->n++] = (struct robots_rule){ pattern, allow };
	return true;
}

/* One that is empty forbids nothing, and allows nothing either. */
static bool
take_rule(struct parse *p, struct rp_slice pattern, bool allow)
{
	p->in_rules = true;
	if (pattern.n == 0 || (!p->own && !p->others))
		return true;
	buf_clear(&p->path);
	if (pattern.p[0] != '/' && pattern.p[0] != '*')
		buf_add_byte(&p->path, '/');
	add_path(&p->path, pattern);
	if (buf_failed(&p->path) || !arena_copy(p->arena, buf_slice(&p->path), &pattern))
		return false;
	return (!p->own || add_rule(p, &p->robots->own, pattern, allow)) &&
	       (!p->others || add_rule(p, &p->robots->others, pattern, allow));
}

/* "10", "0.5"; anything else is none. */
static int64_t
read_delay_ms(struct rp_slice value)
{
	const size_t whole = ascii_digits(value);
	int64_t ms = 0, worth = 100;

	for (size_t i = 0; i < whole; i++)
		if (ms <= DAY_S)
			ms = ms * 10 + (value.p[i] - '0');
	ms = ms < DAY_S ? ms * 1000 : DAY_S * INT64_C(1000);
	if (whole < value.n && value.p[whole] != '.')
		return 0;
	for (size_t i = whole + 1; i < value.n && ascii_is_digit(value.p[i]); i++) {
		ms += (value.p[i] - '0') * worth;
		worth /= 10;
	}
	return ms;
}

static void
take_delay(struct parse *p, struct rp_slice value)
{
	p->in_rules = true;
	if (p->own)
		p->robots->own.delay_ms = read_delay_ms(value);
	if (p->others)
		p->robots->others.delay_ms = read_delay_ms(value);
}

static bool
take_line(struct parse *p, struct rp_slice line)
{
	struct rp_slice key;

	line = rp_slice_cut(&line, '#');
	key = rp_slice_trim(rp_slice_cut(&line, ':'));
	line = rp_slice_trim(line);
	if (rp_slice_eq_nocase(key, RP_SLICE("user-agent")) ||
	    rp_slice_eq_nocase(key, RP_SLICE("useragent")))
		take_agent(p, line);
	else if (rp_slice_eq_nocase(key, RP_SLICE("disallow")))
		return take_rule(p, line, false);
	else if (rp_slice_eq_nocase(key, RP_SLICE("allow")))
		return take_rule(p, line, true);
	else if (rp_slice_eq_nocase(key, RP_SLICE("crawl-delay")))
		take_delay(p, line);
	return true;
}

bool
robots_parse(struct arena *arena, struct rp_slice text, struct robots *out)
{
	struct robots robots = { .nothing = false };
	struct parse p = { .arena = arena, .robots = &robots };
	bool fits = true;

	if (rp_slice_starts(text, RP_SLICE("\xef\xbb\xbf")))
		text = rp_slice_skip(text, 3);
	if (text.n > ROBOTS_MAX_BYTES)
		text.n = ROBOTS_MAX_BYTES;
	buf_init(&p.path, 4 * (size_t)ROBOTS_MAX_BYTES);
	while (fits && text.n > 0)
		fits = take_line(&p, next_line(&text));
	buf_done(&p.path);
	if (fits)
		*out = robots;
	return fits;
}

struct robots
robots_of_status(int status)
{
	return (struct robots){ .nothing = status < 400 || status >= 500 };
}

/* ---- asking -------------------------------------------------------------- */

/* Does the pattern fit?  Each part is looked for behind the one before: no way back. */
static bool
fits(struct rp_slice pattern, struct rp_slice path)
{
	const bool to_end = rp_slice_ends(pattern, RP_SLICE("$"));
	bool first = true;

	pattern.n -= to_end;
	for (;;) {
		const size_t star = rp_slice_find_byte(pattern, '*');
		const struct rp_slice part = rp_slice_from(pattern.p, star);
		const bool last = star == pattern.n;
		size_t at;

		if (last && to_end)
			return first ? rp_slice_eq(path, part)
			             : rp_slice_ends(path, part);
		at = first ? 0 : rp_slice_find(path, part);
		if (!rp_slice_starts(rp_slice_skip(path, at), part))
			return false;
		if (last)
			return true;
		path = rp_slice_skip(path, at + part.n);
		pattern = rp_slice_skip(pattern, star + 1);
		first = false;
	}
}

static const struct robots_group *
group_of(const struct robots *robots)
{
	return robots->own.there ? &robots->own : &robots->others;
}

static bool
group_allows(const struct robots_group *group, struct rp_slice path)
{
	size_t best = 0;
	bool allowed = true;

	for (size_t i = 0; i < group->n; i++) {
		const struct robots_rule *rule = &group->rules[i];

		if (rule->pattern.n < best || (rule->pattern.n == best && !rule->allow) ||
		    !fits(rule->pattern, path))
			continue;
		best = rule->pattern.n;
		allowed = rule->allow;
	}
	return allowed;
}

bool
robots_allows(const struct robots *robots, struct rp_slice path)
{
	struct rp_buf one_form;
	bool allowed = false;

	if (path.n == 0)
		path = RP_SLICE("/");
	if (rp_slice_eq(path, RP_SLICE("/robots.txt")))
		return true;
	if (robots->nothing)
		return false;
	buf_init(&one_form, PATH_MAX_BYTES);
	add_path(&one_form, rp_slice_cut(&path, '#'));
	if (!buf_failed(&one_form))
		allowed = group_allows(group_of(robots), buf_slice(&one_form));
	buf_done(&one_form);
	return allowed;
}

int64_t
robots_delay_ms(const struct robots *robots)
{
	return group_of(robots)->delay_ms;
}
