# Asking an archive that is not there says so and makes none.
riposte thread x:1
echo "exit $?"
ls; true
riposte import no-such-file.jsonl
echo "exit $?"
#> exit 74
#> exit 74
#! riposte: archive.db: no archive there ("riposte import FILE" makes one)
#! riposte: made a new archive, archive.db
#! riposte: no-such-file.jsonl: cannot be opened: No such file or directory
