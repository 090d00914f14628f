# Every byte that came in can be given back.
cp -r "$DATA/stargate" .
riposte import -q stargate/x/*.json stargate/davos.txt
riposte capture list
for f in stargate/x/*.json stargate/davos.txt stargate/davos.txt.riposte.ini; do
	sha=$(sha256sum <"$f" | cut -c 1-64)
	riposte capture cat "$sha" | cmp - "$f" && echo "same bytes"
done
riposte capture cat 0000
#> 82b601c63bdd  2026-01-05T12:00:00Z        1581  x          stargate/x/altman.json
#> 514c94a09f67  2026-01-05T12:00:00Z        1137  x          stargate/x/clip.json
#> 70da519b00b8  2026-01-05T12:00:00Z        3140  x          stargate/x/musk.json
#> 40d072ba3147  2026-01-05T12:00:00Z         422  raw        stargate/davos.txt.riposte.ini
#> 7300c041d3a9  2026-01-05T12:00:00Z         216  transcript stargate/davos.txt
#> same bytes
#> same bytes
#> same bytes
#> same bytes
#> same bytes
#! riposte: no capture begins with 0000 (see "riposte capture list")
#? 1
