# T01, T02, T03: with the clock at any end of time, or moving backwards, what is taken in is the same.
riposte import -q -A right.db "$DATA/stargate/x/musk.json"
riposte export -A right.db --canonical -f jsonl >right
for now in 1970-01-01T00:00:00Z 1969-12-31T23:59:59Z 0001-01-01T00:00:00Z 2038-01-19T03:14:08Z 2106-02-07T06:28:16Z 9999-12-31T23:59:59Z; do
	rm -f odd.db odd.db-*
	RIPOSTE_NOW=$now riposte import -q -A odd.db "$DATA/stargate/x/musk.json" || echo "$now: import exit $?"
	RIPOSTE_NOW=$now riposte export -A odd.db --canonical -f jsonl | cmp right - || echo "$now: another archive"
	RIPOSTE_NOW=$now riposte timeline -A odd.db --since "2 days ago" -f ids >out 2>err
	status=$?
	case $status in 0 | 1 | 64) ;; *) echo "$now: --since: exit $status: $(cat err)" ;; esac
	RIPOSTE_NOW=$now riposte capture list -A odd.db >out || echo "$now: capture list exit $?"
	RIPOSTE_NOW=$now riposte verify -A odd.db -q --data || echo "$now: verify exit $?"
done
for now in 2026-01-05T12:00:00Z 2025-06-05T12:00:00Z 1970-01-01T00:00:00Z; do
	RIPOSTE_NOW=$now riposte import -q -A back.db "$DATA/stargate/x/altman.json" "$DATA/stargate/x/musk.json" || echo "$now: exit $?"
done
riposte verify -A back.db -q --data || echo "backwards: exit $?"
for now in never 2026-13-01T00:00:00Z '' 9999999999-01-01T00:00:00Z; do
	RIPOSTE_NOW=$now riposte timeline -A right.db -f ids >out 2>err
	status=$?
	case $now:$status in :0 | ?*:78) ;; *) echo "RIPOSTE_NOW=$now: exit $status" ;; esac
done
