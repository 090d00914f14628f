# A01, A02, A05, A06, A09: lists of 250 posts whose pages go in circles, are left out, come
# twice, out of order, too long, too short, or without end.  The run ends, what was not seen
# is a gap with its reason, and once the list is right again it is all there.  What cannot
# be seen: that a token of X, or of Bluesky until the next sweep, led past some posts.
. "$(dirname "$0")/with-faults.sh"
kinds="bsky masto x"
large_world
serve world
wc -l <want
for paging in aba aba-empty stuck skip twice shuffle larger smaller endless total; do
	fault "$paging" paging=$paging
done
kill $servers
#> 750
#> aba:
#>   bsky done, 4 answers, due 01-05 12:15: the server's pages repeat themselves
#>   masto done, 5 answers, due 01-05 12:15: the server's pages repeat themselves
#>   x done, 4 answers, due 01-05 12:15: the server's pages repeat themselves
#>   exit 0
#>   gap of bsky: the server's pages repeat themselves
#>   gap of masto: the server's pages repeat themselves
#>   gap of x: the server's pages repeat themselves
#> aba-empty:
#>   bsky done, 5 answers, due 01-05 12:15: the server's pages repeat themselves
#>   masto done, 11 answers, due 01-05 12:15: the server's pages repeat themselves
#>   x done, 5 answers, due 01-05 12:15: the server's pages repeat themselves
#>   exit 0
#>   gap of bsky: the server's pages repeat themselves
#>   gap of masto: the server's pages repeat themselves
#>   gap of x: the server's pages repeat themselves
#> stuck:
#>   bsky done, 3 answers, due 01-05 12:15: the server's pages repeat themselves
#>   masto done, 4 answers, due 01-05 12:15: the server's pages repeat themselves
#>   x done, 3 answers, due 01-05 12:15: the server's pages repeat themselves
#>   exit 0
#>   gap of bsky: the server's pages repeat themselves
#>   gap of masto: the server's pages repeat themselves
#>   gap of x: the server's pages repeat themselves
#> skip:
#>   bsky done, 3 answers, due 01-05 12:15
#>   masto done, 8 answers, due 01-05 12:15
#>   x done, 3 answers, due 01-05 12:15
#>   exit 0
#>   bsky: not the archive that it is without
#>   x: not the archive that it is without
#> twice:
#>   bsky done, 4 answers, due 01-05 12:15
#>   masto done, 8 answers, due 01-05 12:15
#>   x done, 4 answers, due 01-05 12:15
#>   exit 0
#>   masto: not the archive that it is without
#>   x: not the archive that it is without
#> shuffle:
#>   bsky done, 4 answers, due 01-05 12:15
#>   masto done, 8 answers, due 01-05 12:15
#>   x done, 4 answers, due 01-05 12:15
#>   exit 0
#> larger:
#>   bsky done, 3 answers, due 01-05 12:15
#>   masto done, 5 answers, due 01-05 12:15
#>   x done, 3 answers, due 01-05 12:15: 100 more of x.post came than were asked for, and count
#>   exit 0
#> smaller:
#>   bsky done, 6 answers, due 01-05 12:15
#>   masto done, 14 answers, due 01-05 12:15
#>   x done, 6 answers, due 01-05 12:15
#>   exit 0
#> endless:
#>   bsky done, 14 answers, due 01-05 12:15: the server's pages are empty and go on
#>   masto done, 18 answers, due 01-05 12:15: the server's pages are empty and go on
#>   x done, 14 answers, due 01-05 12:15: the server's pages are empty and go on
#>   exit 0
#>   gap of bsky: the server's pages are empty and go on
#>   gap of masto: the server's pages are empty and go on
#>   gap of x: the server's pages are empty and go on
#> total:
#>   bsky done, 4 answers, due 01-05 12:15
#>   masto done, 8 answers, due 01-05 12:15
#>   x done, 4 answers, due 01-05 12:15
#>   exit 0
