# N02, N03, N10-N12: what is no answer to the question moves nothing, is tried again, and
# is told; that no list can be had says nothing of any post.
. "$(dirname "$0")/with-faults.sh"
small_world
serve world

echo "# half of an answer"
fault "a body cut off" cut=20
fault "a chunked body cut off" cut=20 chunked=1

echo "# 200, and something else"
fault "a page of HTML" status=200 type=text/html "body=<!DOCTYPE html><title>Sign in</title>Please sign in"
fault "one that calls itself JSON" status=200 type=application/json "body=<!DOCTYPE html><title>Sign in</title>"
fault "XML" status=200 type=application/json 'body=<?xml version="1.0"?><error/>'
fault "nothing" status=200 type=application/json body=
fault "null" status=200 type=application/json body=null
fault "{}" status=200 type=application/json body={}
fault "[]" status=200 type=application/json body=[]
fault "errors" status=200 type=application/json 'body={"errors":[{"title":"Not Found Error","detail":"?"}]}'
fault "JSON, then something else" status=200 type=application/json 'body={"data":[],"meta":{"result_count":0},"feed":[]}[]<!-- cached -->'

kill $servers
#> # half of an answer
#> a body cut off:
#>   bsky later, 1 answer, due 01-05 12:30: transfer closed with N bytes remaining to read
#>   feed later, 0 answers, due 01-05 12:30: transfer closed with N bytes remaining to read
#>   masto later, 1 answer, due 01-05 12:30: transfer closed with N bytes remaining to read
#>   press later, 0 answers, due 01-05 12:30: transfer closed with N bytes remaining to read
#>   x later, 1 answer, due 01-05 12:30: transfer closed with N bytes remaining to read
#>   exit 75
#> a chunked body cut off:
#>   bsky later, 1 answer, due 01-05 12:30: transfer closed with outstanding read data remaining
#>   feed later, 0 answers, due 01-05 12:30: transfer closed with outstanding read data remaining
#>   masto later, 1 answer, due 01-05 12:30: transfer closed with outstanding read data remaining
#>   press later, 0 answers, due 01-05 12:30: transfer closed with outstanding read data remaining
#>   x later, 1 answer, due 01-05 12:30: transfer closed with outstanding read data remaining
#>   exit 75
#> # 200, and something else
#> a page of HTML:
#>   bsky later, 2 answers, due 01-05 12:30: answered something else than what was asked for
#>   feed later, 1 answer, due 01-05 12:30: a login page, where a feed was asked for
#>   masto later, 2 answers, due 01-05 12:30: answered something else than what was asked for
#>   press later, 1 answer, due 01-05 12:30: a login page stands at URL/pages/article.html
#>   x later, 2 answers, due 01-05 12:30: answered something else than what was asked for
#>   exit 75
#> one that calls itself JSON:
#>   bsky later, 2 answers, due 01-05 12:30: answered something else than what was asked for
#>   feed later, 1 answer, due 01-05 12:30: a login page, where a feed was asked for
#>   masto later, 2 answers, due 01-05 12:30: answered something else than what was asked for
#>   press later, 1 answer, due 01-05 12:30: a login page stands at URL/pages/article.html
#>   x later, 2 answers, due 01-05 12:30: answered something else than what was asked for
#>   exit 75
#> XML:
#>   bsky later, 2 answers, due 01-05 12:30: answered something else than what was asked for
#>   feed later, 1 answer, due 01-05 12:30: URL/feeds/blog.xml is no feed
#>   masto later, 2 answers, due 01-05 12:30: answered something else than what was asked for
#>   press done, 1 answer, due 01-05 12:15
#>   x later, 2 answers, due 01-05 12:30: answered something else than what was asked for
#>   exit 75
#> nothing:
#>   bsky later, 2 answers, due 01-05 12:30: answered something else than what was asked for
#>   feed later, 1 answer, due 01-05 12:30: URL/feeds/blog.xml is no feed
#>   masto later, 2 answers, due 01-05 12:30: answered something else than what was asked for
#>   press later, 1 answer, due 01-05 12:30: URL/pages/article.html is empty
#>   x later, 2 answers, due 01-05 12:30: answered something else than what was asked for
#>   exit 75
#> null:
#>   bsky later, 2 answers, due 01-05 12:30: answered something else than what was asked for
#>   feed later, 1 answer, due 01-05 12:30: URL/feeds/blog.xml is no feed
#>   masto later, 2 answers, due 01-05 12:30: answered something else than what was asked for
#>   press done, 1 answer, due 01-05 12:15
#>   x later, 2 answers, due 01-05 12:30: answered something else than what was asked for
#>   exit 75
#> {}:
#>   bsky later, 2 answers, due 01-05 12:30: answered something else than what was asked for
#>   feed later, 1 answer, due 01-05 12:30: URL/feeds/blog.xml is no feed
#>   masto later, 2 answers, due 01-05 12:30: answered something else than what was asked for
#>   press done, 1 answer, due 01-05 12:15
#>   x later, 2 answers, due 01-05 12:30: answered something else than what was asked for
#>   exit 75
#> []:
#>   bsky later, 2 answers, due 01-05 12:30: answered something else than what was asked for
#>   feed later, 1 answer, due 01-05 12:30: URL/feeds/blog.xml is no feed
#>   masto done, 2 answers, due 01-05 12:15
#>   press done, 1 answer, due 01-05 12:15
#>   x later, 2 answers, due 01-05 12:30: answered something else than what was asked for
#>   exit 75
#> errors:
#>   bsky later, 2 answers, due 01-05 12:30: answered something else than what was asked for
#>   feed later, 1 answer, due 01-05 12:30: URL/feeds/blog.xml is no feed
#>   masto later, 2 answers, due 01-05 12:30: answered something else than what was asked for
#>   press done, 1 answer, due 01-05 12:15
#>   x later, 2 answers, due 01-05 12:30: answered something else than what was asked for
#>   exit 75
#> JSON, then something else:
#>   bsky later, 2 answers, due 01-05 12:30: answered something else than what was asked for
#>   feed later, 1 answer, due 01-05 12:30: URL/feeds/blog.xml is no feed
#>   masto later, 2 answers, due 01-05 12:30: answered something else than what was asked for
#>   press done, 1 answer, due 01-05 12:15
#>   x later, 2 answers, due 01-05 12:30: answered something else than what was asked for
#>   exit 75
