# The mock of X's embeds: posts, tombstones, empty answers, tokens.
mock --ready url --world "$DATA/worlds/small" &
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
ask() { curl -sg -w ' %{http_code}\n' "$u/x-embed/tweet-result?id=$1&token=${2:-x}" | cut -c 1-200; }

curl -sg "$u/x-embed/tweet-result?id=2007018526602166279&token=x" | tr '{' '\n' | grep -o -e '"id_str":"20070[0-9]*"' -e '"in_reply_to[^,]*'
echo "gone, protected, without its author, empty, never there:"
grep -o '"post":"x:[0-9]*".*' "$DATA/worlds/small/1-x.jsonl" >posts
of() { grep "$1" posts | sed 's/"post":"x:\([0-9]*\)".*/\1/'; }
ask "$(of 'taken back')"
ask "$(of 'Only friends')"
curl -sg "$u/x-embed/tweet-result?id=$(of 'my coins')&token=x" | grep -o -e '"user":' -e '"parent":'
ask "$(of 'Neither there')"
ask 12 | grep -o '404$'
echo "tokens:"
curl -s "$u/_/set?embed-token=1"
curl -s --data-binary '{"post":"x:1050118621198921728","by":"x:1001","text":"t"}' "$u/_/add"
ask 1050118621198921728 2jn1m8zmk1 | grep -o '"lang":"en"'
ask 1050118621198921728 2jn1m8zmk2 | grep -o '404$'
curl -s "$u/x-embed/tweet-result?id=1050118621198921728"; echo
echo "oEmbed:"
curl -sg "$u/x-oembed/oembed?url=https://x.com/ada/status/2007013996753846273"; echo
curl -sg "$u/x-oembed/oembed?url=https://x.com/locked/status/$(of 'Only friends')"
kill $!
#> "id_str":"2007018526602166279"
#> "in_reply_to_status_id_str":"2007017771627446278"
#> "in_reply_to_user_id_str":"2002"
#> "in_reply_to_screen_name":"bob"
#> "id_str":"2007017771627446278"
#> "in_reply_to_status_id_str":"2007017016652726277"
#> "in_reply_to_user_id_str":"1001"
#> "in_reply_to_screen_name":"ada"
#> gone, protected, without its author, empty, never there:
#> {"__typename":"TweetTombstone","tombstone":{"text":{"rtl":false,"text":"This Post was deleted by the Post author. Learn more"}}} 200
#> {"__typename":"TweetTombstone","tombstone":{}} 200
#> "parent":
#> "user":
#> {} 200
#> 404
#> tokens:
#> "lang":"en"
#> 404
#> {}
#> oEmbed:
#> {"url":"https://twitter.com/ada/status/2007013996753846273","author_name":"Ada <L> & Co","author_url":"https://twitter.com/ada","html":"<blockquote class=\"twitter-tweet\" data-dnt=\"true\"><p lang=\"en\" dir=\"ltr\">Is a heat pump worth it in an old house? https://t.co/tgsozGfdkp #energy</p>&mdash; Ada &lt;L&gt; &amp; Co (@ada) <a href=\"https://twitter.com/ada/status/2007013996753846273?ref_src=twsrc%5Etfw\">January 2, 2026</a></blockquote>\n","width":550,"height":null,"type":"rich","cache_age":"3153600000","provider_name":"Twitter","provider_url":"https://twitter.com","version":"1.0"}
#> {"error":"Sorry, you are not authorized to see this status.","request":"/oembed"}