# Asking an archive that is not there says so and makes none.
riposte thread x:1
echo "exit $?"
ls; true
for words in "capture cat" "capture sing" "person show"; do
	# shellcheck disable=SC2086
	riposte $words
	echo "$words: exit $?"
done
RIPOSTE_NOW=yesterday riposte timeline
echo "exit $?"
riposte import no-such-file.jsonl
echo "exit $?"
#> exit 74
#> capture cat: exit 64
#> capture sing: exit 64
#> person show: exit 64
#> exit 78
#> exit 74
#! riposte: archive.db: no archive there ("riposte import FILE" makes one)
#! riposte: capture cat takes the SHA-256 of a capture (see "riposte capture --help")
#! riposte: capture takes "list" or "cat ID" (see "riposte capture --help")
#! riposte: person takes "list" or "show NAME" (see "riposte person --help")
#! riposte: RIPOSTE_NOW is "yesterday", which is no time (write it as 2025-01-22T15:19:07Z)
#! riposte: made a new archive, archive.db
#! riposte: no-such-file.jsonl: cannot be opened: No such file or directory
