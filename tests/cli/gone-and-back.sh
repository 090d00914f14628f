# I07, promise 6: when a post went is known from sources that tell a time, never from when we
# read them; what is shown after it was gone is there again. In any order.
shown() { printf '{"data":[{"id":"1","text":"here","author_id":"7"}]%s}\n' "$1"; }
gone() { printf '{"errors":[{"resource_type":"tweet","resource_id":"1","value":"1","parameter":"ids","title":"Not Found Error","type":"https://api.x.com/2/problems/resource-not-found"}]%s}\n' "$1"; }
at() { printf ',"__twarc":{"retrieved_at":"%sT10:00:00+00:00"}' "$1"; }
told() {
	for order in "1 2 3" "1 3 2" "2 1 3" "2 3 1" "3 1 2" "3 2 1"; do
		rm -f archive.db*
		for f in $order; do riposte import -q $f.json; done
		riposte timeline --utc >got
		riposte export -f jsonl --canonical >>got
		[ "$order" != "1 2 3" ] || cp got first
		cmp got first
	done
	sed -n '2,/^{/{/^{/!p;}' first
}
shown >1.json
gone "$(at 2024-02-03)" >2.json
gone "$(at 2024-02-04)" >3.json
told
shown "$(at 2021-08-21)" >1.json
told
shown "$(at 2025-08-21)" >3.json
told
gone >2.json
told
#>           x:@7                                                               x:1
#>           here
#>           deleted, gone by 2024-02-03T10:00Z
#>           x:@7                                                               x:1
#>           here
#>           deleted, seen until 2021-08-21T10:00Z, gone by 2024-02-03T10:00Z
#>           x:@7                                                               x:1
#>           here
#>           x:@7                                                               x:1
#>           here
#>           deleted, seen until 2025-08-21T10:00Z
