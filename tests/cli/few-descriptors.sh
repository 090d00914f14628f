# D17: without descriptors left the import ends with a line; with enough of them it is done.
for limit in 3 4 5 6 7 8 10; do
	rm -f archive.db archive.db-*
	# shellcheck disable=SC3045
	(ulimit -n $limit && exec riposte import -q -A archive.db "$DATA/stargate/x/musk.json") >out 2>err
	status=$?
	# Below that not even the shell and the loader can work.
	[ $status = 126 ] || [ $status = 127 ] || [ $status = 2 ] && continue
	case $status in
	0) riposte verify -q --data -A archive.db || echo "limit $limit: damaged" ;;
	65 | 74) [ -s err ] || echo "limit $limit: exit $status without a word" ;;
	*) echo "limit $limit: exit $status: $(cat err)" ;;
	esac
	riposte import -q -A archive.db "$DATA/stargate/x/musk.json" || echo "limit $limit: the next import: exit $?"
	riposte verify -q --data -A archive.db || echo "limit $limit: damaged afterwards"
done
