# N10, N12, N13: statuses with a page of HTML, and all that is asked answered alike.
. "$(dirname "$0")/with-faults.sh"
small_world
serve world

echo "# the same of HTML"
for status in 401 403 404 429 503; do
	fault $status status=$status "body=<html>no</html>" type=text/html
done

echo "# whatever is asked"
where="/[!_r]*"
for status in 401 403 404 410 503; do
	fault $status status=$status "body={\"error\":\"$status\"}" type=application/json
done
fault "a page of HTML" status=200 type=text/html "body=<!DOCTYPE html><title>Sign in</title>Please sign in"
kill $servers
#> # the same of HTML
#> 401:
#>   bsky failed, 4 answers, due 01-05 12:30: did:plc:a is refused (status 401)
#>   feed failed, 1 answer, due 01-05 12:30: URL/feeds/blog.xml asks for a password (401)
#>   masto failed, 2 answers, due 01-05 12:30: HOST shows some of this only to those who have logged in (status 401)
#>   press failed, 1 answer, due 01-05 12:30: URL/pages/article.html asks for a password (401)
#>   x failed, 2 answers, due 01-05 12:30: X refuses the token (401)
#>   exit 69
#> 403:
#>   bsky failed, 4 answers, due 01-05 12:30: did:plc:a is refused (status 403)
#>   feed failed, 1 answer, due 01-05 12:30: URL/feeds/blog.xml answered with status 403
#>   masto failed, 2 answers, due 01-05 12:30: HOST shows some of this only to those who have logged in (status 403)
#>   press failed, 1 answer, due 01-05 12:30: URL/pages/article.html answered with status 403
#>   x failed, 2 answers, due 01-05 12:30: X does not let this token do that (403)
#>   exit 69
#> 404:
#>   bsky later, 2 answers, due 01-05 12:30: answered HTTP 404
#>   feed later, 1 answer, due 01-05 12:30: there is nothing at URL/feeds/blog.xml (404)
#>   masto later, 2 answers, due 01-05 12:30: answered HTTP 404
#>   press later, 1 answer, due 01-05 12:30: there is nothing at URL/pages/article.html (404)
#>   x later, 2 answers, due 01-05 12:30: X says that this address is nowhere, as when it is ill (404)
#>   exit 75
#> 429:
#>   bsky later, 2 answers, due 01-05 12:30: answered HTTP 429
#>   feed later, 1 answer, due 01-05 12:30: answered HTTP 429
#>   masto later, 2 answers, due 01-05 12:30: answered HTTP 429
#>   press later, 1 answer, due 01-05 12:30: answered HTTP 429
#>   x later, 2 answers, due 01-05 12:30: answered HTTP 429
#>   exit 75
#> 503:
#>   bsky later, 2 answers, due 01-05 12:30: answered HTTP 503
#>   feed later, 1 answer, due 01-05 12:30: answered HTTP 503
#>   masto later, 2 answers, due 01-05 12:30: answered HTTP 503
#>   press later, 1 answer, due 01-05 12:30: answered HTTP 503
#>   x later, 2 answers, due 01-05 12:30: answered HTTP 503
#>   exit 75
#> # whatever is asked
#> 401:
#>   bsky later, 1 answer, due 01-05 12:30: answered HTTP 401
#>   feed failed, 1 answer, due 01-05 12:30: URL/feeds/blog.xml asks for a password (401)
#>   masto failed, 1 answer, due 01-05 12:30: HOST shows some of this only to those who have logged in (status 401): 401
#>   press failed, 1 answer, due 01-05 12:30: URL/pages/article.html asks for a password (401)
#>   x failed, 1 answer, due 01-05 12:30: X refuses the token (401)
#>   exit 75
#> 403:
#>   bsky later, 1 answer, due 01-05 12:30: answered HTTP 403
#>   feed failed, 1 answer, due 01-05 12:30: URL/feeds/blog.xml answered with status 403
#>   masto failed, 1 answer, due 01-05 12:30: HOST shows some of this only to those who have logged in (status 403): 403
#>   press failed, 1 answer, due 01-05 12:30: URL/pages/article.html answered with status 403
#>   x failed, 1 answer, due 01-05 12:30: X does not let this token do that (403)
#>   exit 75
#> 404:
#>   bsky later, 1 answer, due 01-05 12:30: answered HTTP 404
#>   feed later, 1 answer, due 01-05 12:30: there is nothing at URL/feeds/blog.xml (404)
#>   masto failed, 1 answer, due 01-05 12:30: HOST does not know the account ada (status 404)
#>   press later, 1 answer, due 01-05 12:30: there is nothing at URL/pages/article.html (404)
#>   x later, 1 answer, due 01-05 12:30: X says that this address is nowhere, as when it is ill (404)
#>   exit 75
#> 410:
#>   bsky later, 1 answer, due 01-05 12:30: answered HTTP 410
#>   feed failed, 1 answer, due 02-05 12:00: URL/feeds/blog.xml is gone for good (410)
#>   masto failed, 1 answer, due 01-05 12:30: HOST does not know the account ada (status 410)
#>   press failed, 1 answer, due 02-05 12:00: URL/pages/article.html is gone for good (410)
#>   x later, 1 answer, due 01-05 12:30: X answers what it should not (410)
#>   exit 75
#>   press:URL/pages/article.html: deleted
#>   feed: not the archive that it is without
#>   press: not the archive that it is without
#> 503:
#>   bsky later, 1 answer, due 01-05 12:30: answered HTTP 503
#>   feed later, 1 answer, due 01-05 12:30: answered HTTP 503
#>   masto later, 1 answer, due 01-05 12:30: answered HTTP 503
#>   press later, 1 answer, due 01-05 12:30: answered HTTP 503
#>   x later, 1 answer, due 01-05 12:30: answered HTTP 503
#>   exit 75
#> a page of HTML:
#>   bsky later, 1 answer, due 01-05 12:30: answered something else than what was asked for
#>   feed later, 1 answer, due 01-05 12:30: a login page, where a feed was asked for
#>   masto later, 1 answer, due 01-05 12:30: answered something else than what was asked for
#>   press later, 1 answer, due 01-05 12:30: a login page stands at URL/pages/article.html
#>   x later, 1 answer, due 01-05 12:30: answered something else than what was asked for
#>   exit 75
