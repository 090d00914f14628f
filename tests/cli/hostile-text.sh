# Nothing a stranger wrote reaches the terminal as a command.
cat >posts.jsonl <<'END'
{"id":"1","text":"red \u001b[31m, bell \u0007, title \u001b]0;x\u0007, C1 \u009b, back \b\b\b","author_id":"9","author":{"id":"9","username":"a\u001b[2Jb","name":"x\r\nforged: line"}}
{"id":"2","text":"\u202eright to left\u202c and \u2066isolated\u2069","author_id":"9"}
END
riposte import -q posts.jsonl
riposte timeline | od -c | grep -c '033\|\\a\|\\b\|202 256\|202 233'
riposte timeline
#> 0
#> time unknown
#>           x forged: line                                                     x:1
#>           red \u{1B}[31m, bell \u{7}, title \u{1B}]0;x\u{7}, C1 \u{9B}, back
#>           \u{8}\u{8}\u{8}
#>           x forged: line                                                     x:2
#>           \u{202E}right to left\u{202C} and \u{2066}isolated\u{2069}
