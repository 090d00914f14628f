# A post of X that could be edited when it was seen is looked at once more when it no longer can.
mkdir w
cat >w/x.jsonl <<'END'
{"account":"x:1001","name":"ada","display":"Ada","time":"2015-03-01T10:00:00Z"}
{"post":"x:2007059295237046286","by":"x:1001","time":"2026-01-02T12:00:00Z","text":"I never makes mistakes."}
{"post":"x:2007044195742646285","by":"x:1001","time":"2026-01-02T11:00:00Z","text":"Stays as it is."}
END
mock --ready url --world w &
mock=$!
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
(umask 077; echo s3cret-token >x-token)
printf '[http]\nallow_private = yes\n[source ada]\ncollector = x\nbase = %s/x\naccount = ada\ntoken = file:x-token\n' "$u" >c.conf
at() { curl -s "$u/_/set?now=$1" >/dev/null; RIPOSTE_NOW=$1 riposte collect --config c.conf ada; }
asked() { curl -s "$u/_/log" | grep -c 'tweets?ids='; }

at 2026-01-02T11:30:00Z
at 2026-01-02T12:02:00Z
echo '{"post":"x:2007066844984246288","by":"x:1001","time":"2026-01-02T12:30:00Z","text":"I never make mistakes.","edits":"x:2007059295237046286"}' |
	curl -s --data-binary @- "$u/_/add" >/dev/null
echo "before it is final nothing is asked twice:"
at 2026-01-02T12:20:00Z
asked
echo "then the first is looked at again, and once:"
at 2026-01-02T13:40:00Z
asked
at 2026-01-02T14:40:00Z
asked
echo "both ids are one post of two wordings:"
for id in 2007059295237046286 2007066844984246288; do
	riposte show x:$id --utc | head -12
done
riposte verify --data
kill $mock
#> before it is final nothing is asked twice:
#> 1
#> then the first is looked at again, and once:
#> 2
#> 2
#> both ids are one post of two wordings:
#> x:2007059295237046286
#> kind      post; edited, 2 wordings
#> author    Ada @ada (x:@1001)
#> time      2026-01-02T12:00:00.000Z (the platform says)
#> thread    x:2007059295237046286
#> language  en
#> also      x:2007066844984246288
#>
#>   I never make mistakes.
#>
#> wordings, oldest first
#>   1, 2026-01-02T12:00:00Z
#> x:2007059295237046286
#> kind      post; edited, 2 wordings
#> author    Ada @ada (x:@1001)
#> time      2026-01-02T12:00:00.000Z (the platform says)
#> thread    x:2007059295237046286
#> language  en
#> also      x:2007066844984246288
#>
#>   I never make mistakes.
#>
#> wordings, oldest first
#>   1, 2026-01-02T12:00:00Z
#! riposte: made a new archive, archive.db
#! riposte: ada: 2 requests, 2 posts, 2 new, $0.02
#! riposte: ada: 2 requests, 2 posts, nothing new, $0.01
#! riposte: ada: 1 request, 1 post, 1 new version, $0.005
#! riposte: ada: 2 requests, 3 posts, nothing new, $0.015
#! riposte: ada: 1 request, nothing new
#! riposte: archive.db: every record, capture and derived row is as it was stored
