# N12: what each status says of a list of posts, whoever says it: that no list can be had
# says nothing of any post.  410 is a word of its own: a feed and a page are left alone then.
. "$(dirname "$0")/with-faults.sh"
small_world
serve world

for status in 204 206 301 304 400 401 402 403 404 410 418 451 500 502 503 504 599 999; do
	fault $status status=$status "body={\"error\":\"$status\"}" type=application/json
done
kill $servers
#> 204:
#>   bsky later, 2 answers, due 01-05 12:30: answered HTTP 204
#>   feed later, 1 answer, due 01-05 12:30: URL/feeds/blog.xml answered with status 204
#>   masto later, 2 answers, due 01-05 12:30: answered HTTP 204
#>   press later, 1 answer, due 01-05 12:30: URL/pages/article.html answered with status 204
#>   x later, 2 answers, due 01-05 12:30: X answers what it should not (204)
#>   exit 75
#> 206:
#>   bsky later, 2 answers, due 01-05 12:30: answered HTTP 206
#>   feed later, 1 answer, due 01-05 12:30: URL/feeds/blog.xml answered with status 206
#>   masto later, 2 answers, due 01-05 12:30: answered HTTP 206
#>   press later, 1 answer, due 01-05 12:30: URL/pages/article.html answered with status 206
#>   x later, 2 answers, due 01-05 12:30: X answers what it should not (206)
#>   exit 75
#> 301:
#>   bsky failed, 2 answers, due 01-05 12:30: URL sends us elsewhere (status 301), which is not followed
#>   feed later, 1 answer, due 01-05 12:30: URL/feeds/blog.xml answered with status 301
#>   masto failed, 2 answers, due 01-05 12:30: HOST sends us elsewhere (status 301), which is not followed: does `instance` name the server itself?
#>   press later, 1 answer, due 01-05 12:30: URL/pages/article.html answered with status 301
#>   x later, 2 answers, due 01-05 12:30: X answers what it should not (301)
#>   exit 75
#> 304:
#>   bsky failed, 1 answer, due 01-05 12:30: "not modified", and nobody had asked
#>   feed failed, 0 answers, due 01-05 12:30: "not modified", and nobody had asked
#>   masto failed, 1 answer, due 01-05 12:30: "not modified", and nobody had asked
#>   press failed, 0 answers, due 01-05 12:30: "not modified", and nobody had asked
#>   x failed, 1 answer, due 01-05 12:30: "not modified", and nobody had asked
#>   exit 69
#> 400:
#>   bsky failed, 4 answers, due 01-05 12:30: did:plc:a is refused (status 400)
#>   feed failed, 1 answer, due 01-05 12:30: URL/feeds/blog.xml answered with status 400
#>   masto failed, 2 answers, due 01-05 12:30: HOST does not show account:1 (status 400)
#>   press failed, 1 answer, due 01-05 12:30: URL/pages/article.html answered with status 400
#>   x failed, 2 answers, due 01-05 12:30: X refuses the request (400)
#>   exit 69
#> 401:
#>   bsky failed, 4 answers, due 01-05 12:30: did:plc:a is refused (status 401)
#>   feed failed, 1 answer, due 01-05 12:30: URL/feeds/blog.xml asks for a password (401)
#>   masto failed, 2 answers, due 01-05 12:30: HOST shows some of this only to those who have logged in (status 401): 401
#>   press failed, 1 answer, due 01-05 12:30: URL/pages/article.html asks for a password (401)
#>   x failed, 2 answers, due 01-05 12:30: X refuses the token (401)
#>   exit 69
#> 402:
#>   bsky failed, 4 answers, due 01-05 12:30: did:plc:a is refused (status 402)
#>   feed failed, 1 answer, due 01-05 12:30: URL/feeds/blog.xml answered with status 402
#>   masto failed, 2 answers, due 01-05 12:30: HOST does not show account:1 (status 402)
#>   press failed, 1 answer, due 01-05 12:30: URL/pages/article.html answered with status 402
#>   x failed, 2 answers, due 01-05 12:30: there are no credits left at X (402)
#>   exit 69
#> 403:
#>   bsky failed, 4 answers, due 01-05 12:30: did:plc:a is refused (status 403)
#>   feed failed, 1 answer, due 01-05 12:30: URL/feeds/blog.xml answered with status 403
#>   masto failed, 2 answers, due 01-05 12:30: HOST shows some of this only to those who have logged in (status 403): 403
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
#> 410:
#>   bsky later, 2 answers, due 01-05 12:30: answered HTTP 410
#>   feed failed, 1 answer, due 02-05 12:00: URL/feeds/blog.xml is gone for good (410)
#>   masto failed, 2 answers, due 01-05 12:30: HOST does not show account:1 (status 410)
#>   press failed, 1 answer, due 02-05 12:00: URL/pages/article.html is gone for good (410)
#>   x later, 2 answers, due 01-05 12:30: X answers what it should not (410)
#>   exit 75
#>   press:URL/pages/article.html: deleted
#>   feed: not the archive that it is without
#>   masto: not the archive that it is without
#>   press: not the archive that it is without
#> 418:
#>   bsky failed, 4 answers, due 01-05 12:30: did:plc:a is refused (status 418)
#>   feed failed, 1 answer, due 01-05 12:30: URL/feeds/blog.xml answered with status 418
#>   masto failed, 2 answers, due 01-05 12:30: HOST does not show account:1 (status 418)
#>   press failed, 1 answer, due 01-05 12:30: URL/pages/article.html answered with status 418
#>   x later, 2 answers, due 01-05 12:30: X answers what it should not (418)
#>   exit 75
#> 451:
#>   bsky failed, 4 answers, due 01-05 12:30: did:plc:a is refused (status 451)
#>   feed failed, 1 answer, due 01-05 12:30: URL/feeds/blog.xml is withheld for legal reasons (451)
#>   masto failed, 2 answers, due 01-05 12:30: HOST does not show account:1 (status 451)
#>   press failed, 1 answer, due 01-05 12:30: URL/pages/article.html is withheld for legal reasons (451)
#>   x later, 2 answers, due 01-05 12:30: X answers what it should not (451)
#>   exit 75
#> 500:
#>   bsky later, 2 answers, due 01-05 12:30: answered HTTP 500
#>   feed later, 1 answer, due 01-05 12:30: answered HTTP 500
#>   masto later, 2 answers, due 01-05 12:30: answered HTTP 500
#>   press later, 1 answer, due 01-05 12:30: answered HTTP 500
#>   x later, 2 answers, due 01-05 12:30: answered HTTP 500
#>   exit 75
#> 502:
#>   bsky later, 2 answers, due 01-05 12:30: answered HTTP 502
#>   feed later, 1 answer, due 01-05 12:30: answered HTTP 502
#>   masto later, 2 answers, due 01-05 12:30: answered HTTP 502
#>   press later, 1 answer, due 01-05 12:30: answered HTTP 502
#>   x later, 2 answers, due 01-05 12:30: answered HTTP 502
#>   exit 75
#> 503:
#>   bsky later, 2 answers, due 01-05 12:30: answered HTTP 503
#>   feed later, 1 answer, due 01-05 12:30: answered HTTP 503
#>   masto later, 2 answers, due 01-05 12:30: answered HTTP 503
#>   press later, 1 answer, due 01-05 12:30: answered HTTP 503
#>   x later, 2 answers, due 01-05 12:30: answered HTTP 503
#>   exit 75
#> 504:
#>   bsky later, 2 answers, due 01-05 12:30: answered HTTP 504
#>   feed later, 1 answer, due 01-05 12:30: answered HTTP 504
#>   masto later, 2 answers, due 01-05 12:30: answered HTTP 504
#>   press later, 1 answer, due 01-05 12:30: answered HTTP 504
#>   x later, 2 answers, due 01-05 12:30: answered HTTP 504
#>   exit 75
#> 599:
#>   bsky later, 2 answers, due 01-05 12:30: answered HTTP 599
#>   feed later, 1 answer, due 01-05 12:30: answered HTTP 599
#>   masto later, 2 answers, due 01-05 12:30: answered HTTP 599
#>   press later, 1 answer, due 01-05 12:30: answered HTTP 599
#>   x later, 2 answers, due 01-05 12:30: answered HTTP 599
#>   exit 75
#> 999:
#>   bsky later, 2 answers, due 01-05 12:30: answered HTTP 999
#>   feed later, 1 answer, due 01-05 12:30: URL/feeds/blog.xml answered with status 999
#>   masto later, 2 answers, due 01-05 12:30: answered HTTP 999
#>   press later, 1 answer, due 01-05 12:30: URL/pages/article.html answered with status 999
#>   x later, 2 answers, due 01-05 12:30: X answers what it should not (999)
#>   exit 75
