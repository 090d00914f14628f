# Z14: what is no file is refused or read as a stream; it is never waited for without a word.
mkfifo pipe full-pipe
mkdir directory
: >empty
ln -s loop loop
# Nobody writes to it yet; a signal ends the wait.
(sleep 1; echo '{"id":"100","text":"late","author_id":"9"}' >pipe) &
timeout 5 riposte import -q pipe
echo "exit $?"
timeout -s INT 1 riposte import -q pipe
echo "exit $?"
for name in directory /dev/null empty loop; do
	timeout 5 riposte import -q $name >out 2>err </dev/null
	status=$?
	[ $status != 124 ] || echo "$name: hangs"
	case $name:$status in
	/dev/null:0 | /dev/null:65 | empty:0 | empty:65 | *:65 | *:74) ;;
	*) echo "$name: exit $status: $(cat err)" ;;
	esac
done
timeout 5 riposte import -q /dev/zero >out 2>err
status=$?
[ $status = 65 ] && [ "$(wc -l <err)" = 1 ] || echo "/dev/zero: exit $status"
printf '{"id":"101","text":"through a pipe","author_id":"9"}\n' >posts.jsonl
# Somebody has the pipe open for writing when it is opened for reading.
exec 4<>full-pipe 5>full-pipe
timeout 5 riposte import -q full-pipe 4<&- 5>&- &
cat posts.jsonl >&5
sleep 0.3
exec 4<&- 5>&-
wait $!
echo "exit $?"
timeout 5 riposte import -q directory posts.jsonl 2>err
echo "exit $?, $(wc -l <err) line"
timeout 5 riposte import -q - <posts.jsonl
echo "exit $?"
riposte timeline -f ids
riposte verify -q --data
#> exit 0
#> exit 124
#> exit 0
#> exit 3, 1 line
#> exit 0
#> x:100
#> x:101
#! riposte: pipe: waiting for somebody to write to it
#! riposte: pipe: waiting for somebody to write to it
