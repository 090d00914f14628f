# A file that came again was seen again: first_seen and last_seen tell of it.
cp -r "$DATA/stargate" .
seen() { riposte export -f jsonl | tr ',' '\n' | grep -E '"(first|last)_seen"' | sort -u; }
RIPOSTE_NOW=2025-02-02T00:00:00Z riposte import -q stargate/x/musk.json
seen
RIPOSTE_NOW=2025-02-01T00:00:00Z riposte import -q stargate/x/musk.json
RIPOSTE_NOW=2025-02-03T00:00:00Z riposte import -q stargate/x/musk.json
seen
gzip -k stargate/x/musk.json
RIPOSTE_NOW=2025-02-04T00:00:00Z riposte import -q stargate/x/musk.json.gz
RIPOSTE_NOW=2025-02-05T00:00:00Z riposte import -q stargate/x/musk.json.gz
seen
#> "first_seen":"2025-02-02T00:00:00Z"
#> "last_seen":"2025-02-02T00:00:00Z"
#> "first_seen":"2025-02-01T00:00:00Z"
#> "last_seen":"2025-02-03T00:00:00Z"
#> "first_seen":"2025-02-01T00:00:00Z"
#> "last_seen":"2025-02-05T00:00:00Z"
