/* What the X API says when it does not do what was asked. */
#include "tests/support/mock-x.h"

#include <stdlib.h>

void
x_invalid(struct x_call *c, const char *parameter, const char *value, const char *message)
{
	struct jsonw w = jsonw_to(&c->a->body);

	c->a->status = 400;
	buf_clear(&c->a->body);
	jsonw_object(&w);
	jsonw_key(&w, "errors");
	jsonw_array(&w);
	jsonw_object(&w);
	jsonw_key(&w, "parameters");
	jsonw_object(&w);
	jsonw_key(&w, parameter);
	jsonw_array(&w);
	jsonw_text(&w, rp_slice_str(value));
	jsonw_end_array(&w);
	jsonw_end_object(&w);
	jsonw_field_text(&w, "message",
	                 mock_print(c->r, "The `%s` query parameter value [%s] %s",
	                            parameter, value, message));
	jsonw_end_object(&w);
	jsonw_end_array(&w);
	jsonw_field_text(&w, "title", RP_SLICE("Invalid Request"));
	jsonw_field_text(&w, "detail",
	                 RP_SLICE("One or more parameters to your request was invalid."));
	jsonw_field_text(&w, "type",
	                 rp_slice_str(x_word(
				 c, "https://api.twitter.com/2/problems/invalid-request",
				 "https://api.x.com/2/problems/invalid-request")));
	jsonw_end_object(&w);
}

static const struct failure {
	const char *name;
	int status;
	const char *type, *body;
} failures[] = {
	{ "401", 401, "application/problem+json",
	  "{\"title\":\"Unauthorized\",\"type\":\"about:blank\",\"status\":401,"
	  "\"detail\":\"Unauthorized\"}" },
	{ "402", 402, "application/problem+json",
	  "{\"title\":\"Payment Required\",\"detail\":\"credits "
	  "depleted\",\"status\":402,"
	  "\"type\":\"https://api.x.com/2/problems/credits-depleted\"}" },
	{ "402-old", 402, "application/problem+json",
	  "{\"title\":\"CreditsDepleted\",\"detail\":\"Your enrolled account does not "
	  "have "
	  "any credits\",\"type\":\"https://api.twitter.com/2/problems/credits\","
	  "\"account_id\":1}" },
	{ "forbidden", 403, "application/problem+json",
	  "{\"client_id\":\"1\",\"detail\":\"This app is not "
	  "enrolled\",\"registration_url\":"
	  "\"https://developer.x.com\",\"title\":\"Client "
	  "Forbidden\",\"required_enrollment\":"
	  "\"Appropriate Level of API "
	  "Access\",\"reason\":\"client-not-enrolled\",\"type\":"
	  "\"https://api.twitter.com/2/problems/client-forbidden\"}" },
	{ "unsupported", 403, "application/problem+json",
	  "{\"errors\":[{\"title\":\"Unsupported "
	  "Authentication\",\"detail\":\"Authenticating "
	  "with OAuth 2.0 Application-Only is forbidden for this "
	  "endpoint.\",\"status\":403,"
	  "\"type\":\"https://api.twitter.com/2/problems/"
	  "unsupported-authentication\"}]}" },
	{ "outage", 404, "application/problem+json",
	  "{\"title\":\"Not Found Error\",\"detail\":\"Not "
	  "Found\",\"status\":404,\"type\":"
	  "\"https://api.twitter.com/2/problems/resource-not-found\"}" },
	{ "rate", 429, "application/problem+json",
	  "{\"title\":\"Too Many Requests\",\"detail\":\"Too Many Requests\",\"type\":"
	  "\"about:blank\",\"status\":429}" },
	{ "cap", 429, "application/problem+json",
	  "{\"account_id\":1,\"product_name\":\"pay-per-use\",\"title\":"
	  "\"UsageCapExceeded\","
	  "\"period\":\"Monthly\",\"scope\":\"Product\",\"detail\":\"Usage cap exceeded: "
	  "Monthly product "
	  "cap\",\"type\":\"https://api.twitter.com/2/problems/usage-capped\"}" },
	{ "cap-daily", 429, "application/problem+json",
	  "{\"account_id\":1,\"product_name\":\"pay-per-use\",\"title\":"
	  "\"UsageCapExceeded\","
	  "\"period\":\"Daily\",\"scope\":\"Account\",\"detail\":\"Usage cap exceeded: "
	  "Daily account "
	  "cap\",\"type\":\"https://api.twitter.com/2/problems/usage-capped\"}" },
	{ "503", 503, "application/problem+json",
	  "{\"title\":\"Service Unavailable\",\"detail\":\"Service "
	  "Unavailable\",\"type\":"
	  "\"about:blank\",\"status\":503}" },
	{ "edge", 429, "application/json",
	  "{\"errors\":[{\"code\":88,\"message\":\"Rate limit exceeded\"}]}" },
	{ "bad-token", 401, "application/json",
	  "{\"errors\":[{\"code\":89,\"message\":\"Invalid or expired token.\"}]}" },
	{ "html", 503, "text/html",
	  "<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n"
	  "<body>over capacity</body></html>" },
};

/* An outage reaches lists of posts, and nothing else. */
static bool
reached(const struct x_call *c, const char *how)
{
	return strcmp(how, "outage") != 0 ||
	       strstr(c->r->path, "/tweets") > c->r->path + 2 ||
	       strstr(c->r->path, "/search/") != NULL;
}

bool
x_fails(struct x_call *c, const char *how)
{
	for (size_t i = 0; i < sizeof(failures) / sizeof(*failures); i++) {
		const struct failure *f = &failures[i];

		if (strcmp(f->name, how) != 0 || !reached(c, how))
			continue;
		c->a->status = f->status;
		c->a->type = f->type;
		buf_clear(&c->a->body);
		buf_add_str(&c->a->body, f->body);
		return true;
	}
	return false;
}

bool
x_authorized(struct x_call *c)
{
	const char *sent = c->r->authorization,
		   *want = mock_setting(c->m, "x-token", NULL);

	if (sent == NULL || strncmp(sent, "Bearer ", 7) != 0 || sent[7] == '\0' ||
	    (want != NULL && strcmp(sent + 7, want) != 0))
		return !x_fails(c, "401");
	return true;
}

#define POST_FIELDS                                                                      \
	"article,attachments,card_uri,community_id,context_annotations,conversation_id," \
	"created_at,display_text_range,edit_controls,entities,geo,id,lang,"              \
	"matched_media_notes,media_metadata,note_request_suggestions,paid_partnership,"  \
	"possibly_sensitive,public_metrics,reply_settings,scopes,source,"                \
	"suggested_source_links,suggested_source_links_with_counts,text,withheld,"
#define EXPANSIONS                                                                       \
	"article.cover_media,article.media_entities,attachments.media_keys,"             \
	"attachments.media_source_tweet,attachments.poll_ids,author_id,"                 \
	"entities.mentions.username,geo.place_id,in_reply_to_user_id,"

/* Both vocabularies; private metrics are nobody's here. */
static const struct {
	const char *parameter, *old, *new_names;
} values[] = {
	{ "tweet.fields",
	  POST_FIELDS "author_id,edit_history_tweet_ids,in_reply_to_user_id,note_tweet,"
	              "referenced_tweets",
	  "" },
	{ "post.fields", "", POST_FIELDS "article_title,note_post" },
	{ "expansions",
	  EXPANSIONS
	  "edit_history_tweet_ids,entities.note.mentions.username,"
	  "referenced_tweets.id,referenced_tweets.id.attachments.media_keys,"
	  "referenced_tweets.id.author_id,pinned_tweet_id,most_recent_tweet_id,"
	  "affiliation.user_id",
	  EXPANSIONS "edit_history_post_ids,referenced_posts,username,pinned_post_id,"
	             "most_recent_post_id,affiliation" },
	{ "user.fields",
	  "affiliation,confirmed_email,connection_status,created_at,description,entities,"
	  "id,"
	  "is_identity_verified,location,most_recent_tweet_id,name,parody,pinned_tweet_"
	  "id,"
	  "profile_banner_url,profile_image_url,protected,public_metrics,receives_your_"
	  "dm,"
	  "subscription,subscription_type,url,username,verified,verified_followers_count,"
	  "verified_type,withheld",
	  "confirmed_email,connection_status,created_at,description,entities,id,"
	  "is_identity_verified,location,name,parody,profile_banner_url,profile_image_"
	  "url,"
	  "protected,public_metrics,receives_your_dm,subscribes_to_you,subscription,"
	  "subscription_type,url,username,verified,verified_followers_count,verified_"
	  "type,"
	  "withheld" },
	{ "media.fields",
	  "alt_text,duration_ms,height,media_key,preview_image_url,public_metrics,type,"
	  "url,"
	  "variants,width",
	  "alt_text,duration_ms,height,media_key,preview_image_url,public_metrics,type,"
	  "url,"
	  "variants,width" },
	{ "poll.fields", "duration_minutes,end_datetime,id,options,voting_status",
	  "duration_minutes,end_datetime,id,options,voting_status" },
	{ "place.fields",
	  "contained_within,country,country_code,full_name,geo,id,name,place_type",
	  "contained_within,country,country_code,full_name,geo,id,name,place_type" },
};

const char *
x_bad_value(const struct mock_request *r, const char *name, const char *list, bool old,
            bool new_names)
{
	struct rp_slice rest = rp_slice_str(list);

	for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
		if (strcmp(values[i].parameter, name) != 0)
			continue;
		while (rest.n > 0) {
			struct rp_slice one = rp_slice_cut(&rest, ',');
			const char *value = mock_print(r, "%.*s", RP_FMT(one)).p;

			if (!(old && x_listed(values[i].old, value)) &&
			    !(new_names && x_listed(values[i].new_names, value)))
				return value;
		}
	}
	return NULL;
}
