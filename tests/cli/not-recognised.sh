# What is not recognised is kept, and the next step is named; an archive of ours is to be
# merged; and a format that there is not makes no archive.
printf '%%PDF-1.4\n1 0 obj\n' >paper.pdf
riposte -A p.db import -q paper.pdf
echo "exit $?"
riposte -A p.db capture list | cut -c 38-
echo '{"id":"1","text":"hello","author_id":"9"}' >post.json
riposte -A other.db import -q post.json
riposte -A p.db import other.db
echo "exit $?"
gzip -n <other.db | riposte -A p.db import -
riposte -A p.db capture list | wc -l
riposte import --as nonsense post.json
echo "exit $?"
ls archive.db 2>/dev/null
riposte import --help | sed -n '/^Formats/,/^$/p' | awk '{ print $1 }'
#> exit 65
#>        17  unknown    paper.pdf  (1 rejected)
#> exit 65
#> 1
#> exit 64
#> Formats:
#> x
#> x-archive
#> masto
#> bsky
#> transcript
#> captions
#> article
#> feed
#> list
#> People's
#> file
#>
#! riposte: paper.pdf: format not recognised (kept); --as NAME says what it is, "riposte help import" lists the names
#! riposte: other.db: is an archive of riposte: "riposte merge" takes it in
#! riposte: -: is an archive of riposte: "riposte merge" takes it in
#! riposte: no format is called "nonsense"; there are: x, x-archive, masto, bsky, transcript, captions, article, feed, list (see "riposte import --help")
