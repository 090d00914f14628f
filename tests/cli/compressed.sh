# Compressed files are read through and kept as they came.
gzip -n -c "$DATA/stargate/x/musk.json" >musk.json.gz
zstd -q -c "$DATA/stargate/x/altman.json" >altman.json.zst 2>/dev/null || { gzip -n -c "$DATA/stargate/x/altman.json" >altman.json.zst; }
riposte import musk.json.gz altman.json.zst
for f in musk.json.gz altman.json.zst; do
	riposte capture cat "$(sha256sum <$f | cut -c 1-64)" | cmp - $f && echo "same bytes"
done
head -c 300 musk.json.gz >cut.json.gz
riposte import cut.json.gz
echo "exit $?"
riposte stats --rejected
riposte verify --data -q && echo sound
#> same bytes
#> same bytes
#> exit 65
#> cut.json.gz:1: the compressed data is damaged or ends early, inside this record (435 bytes at 0 of capture f7f676e32193)
#> sound
#! riposte: made a new archive, archive.db
#! riposte: 2 captures: 5 records, 5 new, 3 posts referred to but not held
#! riposte: cut.json.gz:1: the compressed data is damaged or ends early, inside this record (kept; see "riposte stats --rejected")
