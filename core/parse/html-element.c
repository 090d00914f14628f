#include "core/parse/html-element.h"

enum { NAME_BYTES = 12 };

/* In order. */
/* clang-format off */
static const struct {
	char name[NAME_BYTES];
	unsigned is;
} elements[] = {
	{ "a", HTML_FORMATTING },
	{ "abbr", HTML_FORMATTING },
	{ "address", HTML_CLOSES_P | HTML_BLOCK },
	{ "applet", HTML_SCOPE },
	{ "area", HTML_VOID },
	{ "article", HTML_CLOSES_P | HTML_BLOCK },
	{ "aside", HTML_CLOSES_P | HTML_BLOCK },
	{ "audio", HTML_HIDDEN },
	{ "b", HTML_FORMATTING },
	{ "base", HTML_VOID },
	{ "basefont", HTML_VOID },
	{ "bgsound", HTML_VOID },
	{ "big", HTML_FORMATTING },
	{ "blockquote", HTML_CLOSES_P | HTML_BLOCK },
	{ "body", HTML_BLOCK },
	{ "br", HTML_VOID },
	{ "button", HTML_SCOPE },
	{ "canvas", HTML_HIDDEN },
	{ "caption", HTML_BLOCK | HTML_SCOPE },
	{ "center", HTML_CLOSES_P | HTML_BLOCK },
	{ "cite", HTML_FORMATTING },
	{ "code", HTML_FORMATTING },
	{ "col", HTML_VOID },
	{ "datalist", HTML_HIDDEN },
	{ "dd", HTML_BLOCK },
	{ "details", HTML_CLOSES_P | HTML_BLOCK },
	{ "dialog", HTML_CLOSES_P | HTML_BLOCK },
	{ "dir", HTML_CLOSES_P | HTML_BLOCK | HTML_LIST },
	{ "div", HTML_CLOSES_P | HTML_BLOCK },
	{ "dl", HTML_CLOSES_P | HTML_BLOCK | HTML_LIST },
	{ "dt", HTML_BLOCK },
	{ "em", HTML_FORMATTING },
	{ "embed", HTML_VOID },
	{ "fieldset", HTML_CLOSES_P | HTML_BLOCK },
	{ "figcaption", HTML_CLOSES_P | HTML_BLOCK },
	{ "figure", HTML_CLOSES_P | HTML_BLOCK },
	{ "font", HTML_FORMATTING },
	{ "footer", HTML_CLOSES_P | HTML_BLOCK },
	{ "form", HTML_CLOSES_P | HTML_BLOCK },
	{ "frame", HTML_VOID },
	{ "h1", HTML_CLOSES_P | HTML_BLOCK },
	{ "h2", HTML_CLOSES_P | HTML_BLOCK },
	{ "h3", HTML_CLOSES_P | HTML_BLOCK },
	{ "h4", HTML_CLOSES_P | HTML_BLOCK },
	{ "h5", HTML_CLOSES_P | HTML_BLOCK },
	{ "h6", HTML_CLOSES_P | HTML_BLOCK },
	{ "header", HTML_CLOSES_P | HTML_BLOCK },
	{ "hgroup", HTML_CLOSES_P | HTML_BLOCK },
	{ "hr", HTML_VOID | HTML_CLOSES_P | HTML_BLOCK },
	{ "html", HTML_BLOCK | HTML_SCOPE },
	{ "i", HTML_FORMATTING },
	{ "iframe", HTML_RAW | HTML_HIDDEN },
	{ "img", HTML_VOID },
	{ "input", HTML_VOID },
	{ "keygen", HTML_VOID },
	{ "label", HTML_FORMATTING },
	{ "li", HTML_ITEM },
	{ "link", HTML_VOID },
	{ "main", HTML_CLOSES_P | HTML_BLOCK },
	{ "mark", HTML_FORMATTING },
	{ "marquee", HTML_SCOPE },
	{ "menu", HTML_CLOSES_P | HTML_BLOCK | HTML_LIST },
	{ "meta", HTML_VOID },
	{ "nav", HTML_CLOSES_P | HTML_BLOCK },
	{ "nobr", HTML_FORMATTING },
	{ "noembed", HTML_RAW | HTML_HIDDEN },
	{ "noframes", HTML_RAW | HTML_HIDDEN },
	{ "noscript", HTML_HIDDEN },
	{ "object", HTML_SCOPE | HTML_HIDDEN },
	{ "ol", HTML_CLOSES_P | HTML_BLOCK | HTML_LIST },
	{ "p", HTML_CLOSES_P | HTML_BLOCK },
	{ "param", HTML_VOID },
	{ "pre", HTML_CLOSES_P | HTML_BLOCK },
	{ "q", HTML_FORMATTING },
	{ "s", HTML_FORMATTING },
	{ "script", HTML_RAW | HTML_HIDDEN },
	{ "search", HTML_CLOSES_P | HTML_BLOCK },
	{ "section", HTML_CLOSES_P | HTML_BLOCK },
	{ "select", HTML_HIDDEN },
	{ "small", HTML_FORMATTING },
	{ "source", HTML_VOID },
	{ "span", HTML_FORMATTING },
	{ "strike", HTML_FORMATTING },
	{ "strong", HTML_FORMATTING },
	{ "style", HTML_RAW | HTML_HIDDEN },
	{ "sub", HTML_FORMATTING },
	{ "summary", HTML_CLOSES_P | HTML_BLOCK },
	{ "sup", HTML_FORMATTING },
	{ "svg", HTML_HIDDEN },
	{ "table", HTML_CLOSES_P | HTML_BLOCK | HTML_SCOPE | HTML_LIST },
	{ "td", HTML_SCOPE | HTML_CELL },
	{ "template", HTML_SCOPE | HTML_HIDDEN },
	{ "textarea", HTML_RAW_TEXT | HTML_HIDDEN },
	{ "th", HTML_SCOPE | HTML_CELL },
	{ "time", HTML_FORMATTING },
	{ "title", HTML_RAW_TEXT | HTML_HIDDEN },
	{ "tr", HTML_ITEM },
	{ "track", HTML_VOID },
	{ "tt", HTML_FORMATTING },
	{ "u", HTML_FORMATTING },
	{ "ul", HTML_CLOSES_P | HTML_BLOCK | HTML_LIST },
	{ "video", HTML_HIDDEN },
	{ "wbr", HTML_VOID },
	{ "xmp", HTML_RAW },
};
/* clang-format on */

unsigned
html_element(struct rp_slice name)
{
	size_t low = 0, high = sizeof(elements) / sizeof(*elements);

	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		const int order = rp_slice_cmp(name, rp_slice_str(elements[middle].name));

		if (order == 0)
			return elements[middle].is;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return 0;
}
