# What a server answered tells how it was got; the same bytes from elsewhere are the same.
echo '{"data":{"id":"1881923570458304780","text":"no","author_id":"44196397"}}' >a.json
sha=$(sha256sum <a.json | cut -c 1-64)
url=https://api.x.example/2/tweets/1881923570458304780
take-answer archive.db a.json $url x asked=x:1881923570458304780 \
	fetched=2026-01-05T11:00:00Z "http.date=Mon, 05 Jan 2026 11:00:01 GMT" \
	"http.type=application/json; charset=utf-8" "http.server=envoy" \
	http.address=192.0.2.7 http.certificate="$sha"
take-answer archive.db a.json $url x asked=x:1881923570458304780 \
	fetched=2026-01-05T11:30:00Z http.server=nginx
take-answer archive.db a.json $url x asked=x:1881923570458304780 status=404 masked=1 \
	as_of=2025-02-03T04:05:06Z fetched=2026-01-05T11:45:00Z
riposte capture list
riposte capture list --json | tr , '\n' | grep -A14 answer
riposte show x:1881923570458304780 | sed -n '/seen in/,$p'
riposte rebuild -q
riposte show --json x:1881923570458304780 | tr , '\n' | grep -A20 answer
riposte verify --data
riposte capture cat "$sha" | cmp - a.json && echo "same bytes"
#> 1 new, 0 same, 0 versions, 0 rejected
#> 0 new, 1 same, 0 versions, 0 rejected
#> 0 new, 1 same, 0 versions, 0 rejected
#> 586ae362ce29  2026-01-05T12:00:00Z          73  x          https://api.x.example/2/tweets/1881923570458304780
#>               fetched 2026-01-05T11:00:00Z, asked for x:1881923570458304780, server's date Mon, 05 Jan 2026 11:00:01 GMT, type application/json; charset=utf-8, server envoy, address 192.0.2.7, certificate 586ae362ce296091
#> 586ae362ce29  2026-01-05T12:00:00Z          73  x          https://api.x.example/2/tweets/1881923570458304780
#>               fetched 2026-01-05T11:45:00Z, as it was on 2025-02-03T04:05:06Z, asked for x:1881923570458304780, status 404, our secret in it blotted out
#> "answer":{"fetched":"2026-01-05T11:00:00Z"
#> "url":"https://api.x.example/2/tweets/1881923570458304780"
#> "status":200
#> "asked":"x:1881923570458304780"
#> "date":"Mon
#>  05 Jan 2026 11:00:01 GMT"
#> "type":"application/json; charset=utf-8"
#> "server":"envoy"
#> "address":"192.0.2.7"
#> "certificate":"586ae362ce296091f97e6afe5ef95058d9e0624d7d9cd2676f2fcee1a47bbde5"}}
#> {"sha256":"586ae362ce296091f97e6afe5ef95058d9e0624d7d9cd2676f2fcee1a47bbde5"
#> "name":"https://api.x.example/2/tweets/1881923570458304780"
#> "format":"x"
#> "at":"2026-01-05T12:00:00Z"
#> "bytes":73
#> --
#> "answer":{"fetched":"2026-01-05T11:45:00Z"
#> "url":"https://api.x.example/2/tweets/1881923570458304780"
#> "status":404
#> "asked":"x:1881923570458304780"
#> "as_of":"2025-02-03T04:05:06Z"
#> "masked":true}}]}
#> seen in
#>   5 Jan 2026 12:00:00 UTC  capture 586ae362ce29, run 1
#>     https://api.x.example/2/tweets/1881923570458304780
#>     fetched 2026-01-05T11:00:00Z, asked for x:1881923570458304780, server's date
#>     Mon, 05 Jan 2026 11:00:01 GMT, type application/json; charset=utf-8, server
#>     envoy, address 192.0.2.7, certificate 586ae362ce296091
#>   5 Jan 2026 12:00:00 UTC  capture 586ae362ce29, run 3
#>     https://api.x.example/2/tweets/1881923570458304780
#>     fetched 2026-01-05T11:45:00Z, as it was on 2025-02-03T04:05:06Z, asked for
#>     x:1881923570458304780, status 404, our secret in it blotted out
#> "answer":{"fetched":"2026-01-05T11:00:00Z"
#> "url":"https://api.x.example/2/tweets/1881923570458304780"
#> "status":200
#> "asked":"x:1881923570458304780"
#> "date":"Mon
#>  05 Jan 2026 11:00:01 GMT"
#> "type":"application/json; charset=utf-8"
#> "server":"envoy"
#> "address":"192.0.2.7"
#> "certificate":"586ae362ce296091f97e6afe5ef95058d9e0624d7d9cd2676f2fcee1a47bbde5"}}
#> {"name":"https://api.x.example/2/tweets/1881923570458304780"
#> "at":"2026-01-05T12:00:00Z"
#> "sha256":"586ae362ce296091f97e6afe5ef95058d9e0624d7d9cd2676f2fcee1a47bbde5"
#> "run":3
#> "answer":{"fetched":"2026-01-05T11:45:00Z"
#> "url":"https://api.x.example/2/tweets/1881923570458304780"
#> "status":404
#> "asked":"x:1881923570458304780"
#> "as_of":"2025-02-03T04:05:06Z"
#> "masked":true}}]}
#> same bytes
#! riposte: archive.db: every record, capture and derived row is as it was stored
