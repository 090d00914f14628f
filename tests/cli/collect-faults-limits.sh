# N13, N14, T05, T07: who is refused for a while waits as long as he is told, within bounds,
# and what the headers of limits lie is worth nothing.
. "$(dirname "$0")/with-faults.sh"
small_world
serve world

echo "# refused, and told when to come again"
refused() {
	words=$1
	shift
	fault "$words" status=429 body=slow "$@"
}
refused "no word"
refused "Retry-After: 7200" header=Retry-After:7200
refused "Retry-After: 0" header=Retry-After:0
refused "Retry-After: -1" header=Retry-After:-1
refused "Retry-After: soon" header=Retry-After:soon
refused "a date in an hour" "header=Retry-After:Mon, 05 Jan 2026 13:00:00 GMT"
refused "a date of the past" "header=Retry-After:Mon, 05 Jan 2015 13:00:00 GMT"
echo "# the same of resets: the host is asked no more, before a second try"
patience=3s
configure
refused "a reset in an hour" header=x-rate-limit-reset:1767618000
refused "in milliseconds" header=x-rate-limit-reset:1767618000000
refused "as a date" header=X-RateLimit-Reset:2026-01-05T13:00:00Z
refused "in seconds from now" header=RateLimit-Reset:3600
patience=100ms
configure
refused "a reset of the past" header=x-rate-limit-reset:1000000001
refused "no number" header=x-rate-limit-reset:later
echo "# for longer than a month nobody is left alone"
tomorrow=2026-02-05T12:00:00Z
refused "ten years" header=Retry-After:315360000
echo "# nor for longer than a day by a reset"
patience=3s
configure
refused "a reset in 2100" header=x-rate-limit-reset:4102444800
tomorrow=2026-01-06T12:00:00Z

echo "# refused twice, and waited for"
fault "well again" status=429 body=slow n=2

echo "# answered, with headers that lie"
fault "remaining: -1" header=x-rate-limit-remaining:-1
fault "remaining: 1e99" header=x-rate-limit-remaining:1e99
fault "remaining: 0, for a thousand years" header=RateLimit-Remaining:0 header=RateLimit-Reset:31536000000
fault "nothing but a limit" header=RateLimit-Limit:1

echo "# a server whose clock is wrong by some days"
where=/none
fault "ahead" now=2026-01-09T12:00:00Z
kill $servers
#> # refused, and told when to come again
#> no word:
#>   bsky later, 2 answers, due 01-05 12:30: answered HTTP 429
#>   feed later, 1 answer, due 01-05 12:30: answered HTTP 429
#>   masto later, 2 answers, due 01-05 12:30: answered HTTP 429
#>   press later, 1 answer, due 01-05 12:30: answered HTTP 429
#>   x later, 2 answers, due 01-05 12:30: answered HTTP 429
#>   exit 75
#> Retry-After: 7200:
#>   bsky later, 2 answers, due 01-05 14:00: answered HTTP 429
#>   feed later, 1 answer, due 01-05 14:00: answered HTTP 429
#>   masto later, 2 answers, due 01-05 14:00: answered HTTP 429
#>   press later, 1 answer, due 01-05 14:00: answered HTTP 429
#>   x later, 2 answers, due 01-05 14:00: answered HTTP 429
#>   exit 75
#> Retry-After: 0:
#>   bsky later, 2 answers, due 01-05 12:30: answered HTTP 429
#>   feed later, 1 answer, due 01-05 12:30: answered HTTP 429
#>   masto later, 2 answers, due 01-05 12:30: answered HTTP 429
#>   press later, 1 answer, due 01-05 12:30: answered HTTP 429
#>   x later, 2 answers, due 01-05 12:30: answered HTTP 429
#>   exit 75
#> Retry-After: -1:
#>   bsky later, 2 answers, due 01-05 12:30: answered HTTP 429
#>   feed later, 1 answer, due 01-05 12:30: answered HTTP 429
#>   masto later, 2 answers, due 01-05 12:30: answered HTTP 429
#>   press later, 1 answer, due 01-05 12:30: answered HTTP 429
#>   x later, 2 answers, due 01-05 12:30: answered HTTP 429
#>   exit 75
#> Retry-After: soon:
#>   bsky later, 2 answers, due 01-05 12:30: answered HTTP 429
#>   feed later, 1 answer, due 01-05 12:30: answered HTTP 429
#>   masto later, 2 answers, due 01-05 12:30: answered HTTP 429
#>   press later, 1 answer, due 01-05 12:30: answered HTTP 429
#>   x later, 2 answers, due 01-05 12:30: answered HTTP 429
#>   exit 75
#> a date in an hour:
#>   bsky later, 2 answers, due 01-05 13:00: answered HTTP 429
#>   feed later, 1 answer, due 01-05 13:00: answered HTTP 429
#>   masto later, 2 answers, due 01-05 13:00: answered HTTP 429
#>   press later, 1 answer, due 01-05 13:00: answered HTTP 429
#>   x later, 2 answers, due 01-05 13:00: answered HTTP 429
#>   exit 75
#> a date of the past:
#>   bsky later, 2 answers, due 01-05 12:30: answered HTTP 429
#>   feed later, 1 answer, due 01-05 12:30: answered HTTP 429
#>   masto later, 2 answers, due 01-05 12:30: answered HTTP 429
#>   press later, 1 answer, due 01-05 12:30: answered HTTP 429
#>   x later, 2 answers, due 01-05 12:30: answered HTTP 429
#>   exit 75
#> # the same of resets: the host is asked no more, before a second try
#> a reset in an hour:
#>   bsky later, 2 answers, due 01-05 12:59: the host wants to be asked again in N s
#>   feed later, 1 answer, due 01-05 12:59: the host wants to be asked again in N s
#>   masto later, 2 answers, due 01-05 12:59: the host wants to be asked again in N s
#>   press later, 1 answer, due 01-05 12:59: the host wants to be asked again in N s
#>   x later, 2 answers, due 01-05 12:59: the host wants to be asked again in N s
#>   exit 75
#> in milliseconds:
#>   bsky later, 2 answers, due 01-05 12:59: the host wants to be asked again in N s
#>   feed later, 1 answer, due 01-05 12:59: the host wants to be asked again in N s
#>   masto later, 2 answers, due 01-05 12:59: the host wants to be asked again in N s
#>   press later, 1 answer, due 01-05 12:59: the host wants to be asked again in N s
#>   x later, 2 answers, due 01-05 12:59: the host wants to be asked again in N s
#>   exit 75
#> as a date:
#>   bsky later, 2 answers, due 01-05 12:59: the host wants to be asked again in N s
#>   feed later, 1 answer, due 01-05 12:59: the host wants to be asked again in N s
#>   masto later, 2 answers, due 01-05 12:59: the host wants to be asked again in N s
#>   press later, 1 answer, due 01-05 12:59: the host wants to be asked again in N s
#>   x later, 2 answers, due 01-05 12:59: the host wants to be asked again in N s
#>   exit 75
#> in seconds from now:
#>   bsky later, 2 answers, due 01-05 12:59: the host wants to be asked again in N s
#>   feed later, 1 answer, due 01-05 12:59: the host wants to be asked again in N s
#>   masto later, 2 answers, due 01-05 12:59: the host wants to be asked again in N s
#>   press later, 1 answer, due 01-05 12:59: the host wants to be asked again in N s
#>   x later, 2 answers, due 01-05 12:59: the host wants to be asked again in N s
#>   exit 75
#> a reset of the past:
#>   bsky later, 2 answers, due 01-05 12:30: answered HTTP 429
#>   feed later, 1 answer, due 01-05 12:30: answered HTTP 429
#>   masto later, 2 answers, due 01-05 12:30: answered HTTP 429
#>   press later, 1 answer, due 01-05 12:30: answered HTTP 429
#>   x later, 2 answers, due 01-05 12:30: answered HTTP 429
#>   exit 75
#> no number:
#>   bsky later, 2 answers, due 01-05 12:30: answered HTTP 429
#>   feed later, 1 answer, due 01-05 12:30: answered HTTP 429
#>   masto later, 2 answers, due 01-05 12:30: answered HTTP 429
#>   press later, 1 answer, due 01-05 12:30: answered HTTP 429
#>   x later, 2 answers, due 01-05 12:30: answered HTTP 429
#>   exit 75
#> # for longer than a month nobody is left alone
#> ten years:
#>   bsky later, 2 answers, due 02-05 12:00: answered HTTP 429
#>   feed later, 1 answer, due 02-05 12:00: answered HTTP 429
#>   masto later, 2 answers, due 02-05 12:00: answered HTTP 429
#>   press later, 1 answer, due 02-05 12:00: answered HTTP 429
#>   x later, 2 answers, due 02-05 12:00: answered HTTP 429
#>   exit 75
#> # nor for longer than a day by a reset
#> a reset in 2100:
#>   bsky later, 2 answers, due 01-06 11:59: the host wants to be asked again in N s
#>   feed later, 1 answer, due 01-06 11:59: the host wants to be asked again in N s
#>   masto later, 2 answers, due 01-06 11:59: the host wants to be asked again in N s
#>   press later, 1 answer, due 01-06 11:59: the host wants to be asked again in N s
#>   x later, 2 answers, due 01-06 11:59: the host wants to be asked again in N s
#>   exit 75
#> # refused twice, and waited for
#> well again:
#>   bsky done, 4 answers, due 01-05 12:15
#>   feed done, 3 answers, due 01-05 12:15
#>   masto done, 4 answers, due 01-05 12:15
#>   press done, 3 answers, due 01-05 12:15
#>   x done, 4 answers, due 01-05 12:15
#>   exit 0
#> # answered, with headers that lie
#> remaining: -1:
#>   bsky done, 2 answers, due 01-05 12:15
#>   feed done, 1 answer, due 01-05 12:15
#>   masto done, 2 answers, due 01-05 12:15
#>   press done, 1 answer, due 01-05 12:15
#>   x done, 2 answers, due 01-05 12:15
#>   exit 0
#> remaining: 1e99:
#>   bsky done, 2 answers, due 01-05 12:15
#>   feed done, 1 answer, due 01-05 12:15
#>   masto done, 2 answers, due 01-05 12:15
#>   press done, 1 answer, due 01-05 12:15
#>   x done, 2 answers, due 01-05 12:15
#>   exit 0
#> remaining: 0, for a thousand years:
#>   bsky done, 2 answers, due 01-05 12:15
#>   feed done, 1 answer, due 01-05 12:15
#>   masto done, 2 answers, due 01-05 12:15
#>   press done, 1 answer, due 01-05 12:15
#>   x done, 2 answers, due 01-05 12:15
#>   exit 0
#> nothing but a limit:
#>   bsky done, 2 answers, due 01-05 12:15
#>   feed done, 1 answer, due 01-05 12:15
#>   masto done, 2 answers, due 01-05 12:15
#>   press done, 1 answer, due 01-05 12:15
#>   x done, 2 answers, due 01-05 12:15
#>   exit 0
#> # a server whose clock is wrong by some days
#> ahead:
#>   bsky done, 2 answers, due 01-05 12:15
#>   feed done, 1 answer, due 01-05 12:15
#>   masto done, 2 answers, due 01-05 12:15
#>   press done, 1 answer, due 01-05 12:15
#>   x done, 2 answers, due 01-05 12:15
#>   exit 0
