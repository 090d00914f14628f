#include "core/base/utf8.h"

#include <utf8proc.h>

enum utf8_letter
utf8_letter(int32_t code_point)
{
	switch ((int)utf8proc_category(code_point)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LT:
		return UTF8_UPPER;
	case UTF8PROC_CATEGORY_LL:
		return UTF8_LOWER;
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
		return UTF8_OTHER_LETTER;
	default:
		return UTF8_NO_LETTER;
	}
}

int32_t
utf8_lower(int32_t code_point)
{
	return code_point < 0 ? code_point : utf8proc_tolower(code_point);
}
