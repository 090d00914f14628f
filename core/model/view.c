#include "core/model/view.h"

const char *
view_why_name(enum view_why_code code)
{
	static const char *const names[] = {
		[WHY_GHOST_PARENT] = "ghost_parent",
		[WHY_GAP] = "gap",
		[WHY_TRUNCATED_ANSWER] = "truncated_answer",
		[WHY_LIMIT] = "limit",
	};

	return names[code];
}
