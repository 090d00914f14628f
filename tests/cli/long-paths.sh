# However long a path is, the line says what is the matter with it.
long=$(printf '%0150d' 0)
longer=$long/$long/$long
riposte import "$longer/posts.json" || echo "exit $?"
riposte collect --config "$longer/c.conf" || echo "exit $?"
riposte stats -A "$longer.db" || echo "exit $?"
riposte export -o "$long/out.jsonl" -A "$longer.db" || echo "exit $?"
#> exit 74
#> exit 78
#> exit 74
#> exit 74
#! riposte: made a new archive, archive.db
#! riposte: ...000000000000000000000000000000000000000000000000000000000000000000000000000000000000000: cannot be opened: No such file or directory
#! riposte: cannot open 00/0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000...: No such file or directory
#! riposte: 000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000...: no archive there ("riposte import FILE" makes one)
#! riposte: 000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000...: no archive there ("riposte import FILE" makes one)
