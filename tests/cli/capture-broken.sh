# What is inside of a compressed file that ends early can be read, too, as far as it came.
gzip -n -c "$DATA/stargate/x/musk.json" | head -c 300 >cut.json.gz
riposte import -q cut.json.gz 2>err
riposte capture list
for id in $(riposte capture list | cut -d " " -f 1); do
	riposte capture cat "$id" | sha256sum | cut -c 1-12
	riposte capture cat "$id" -o out 2>err
	echo "exit $?"
	cat err
	cmp -s out cut.json.gz && echo "as it came"
	head -c "$(wc -c <out)" "$DATA/stargate/x/musk.json" | cmp -s out - && echo "the beginning of what is inside"
	rm -f out
done
riposte capture list -f jsonl | grep -c '"complete":false'
riposte verify --data -q && echo sound
#> 9ca8568e73b4  2026-01-05T12:00:00Z         300  raw        cut.json.gz
#> f7f676e32193  2026-01-05T12:00:00Z         435  x          cut.json.gz  (incomplete)  (1 rejected)
#> 9ca8568e73b4
#> exit 0
#> as it came
#> f7f676e32193
#> exit 0
#> riposte: cut.json.gz broke off; these are the 435 bytes that came
#> the beginning of what is inside
#> 1
#> sound
#! riposte: cut.json.gz broke off; these are the 435 bytes that came
