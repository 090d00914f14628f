# Pages that lie about their encoding, nest without end, point elsewhere, and write over
# the screen: X04, X06, X08 and the U rows.
prose='Une phrase assez longue pour que la page ne soit pas prise pour une erreur, mot après mot, encore et encore, jusqu’au bout.'
bidi=$(printf '\342\200\256')

printf '<meta charset=utf-8><html><p>%s caf\351</p>' "$prose" >wrong.html
printf '<html><p>%s</p>' "$prose" | iconv -f utf-8 -t utf-16 >wide.html
printf '<html><title>T\033[2J%sX</title><meta name=author content="A%sB"><meta property=og:site_name content="N\033]0;x\007"><meta property=og:url content=https://j.example/u><p>%s\033[31m</p><p><a href="javascript:alert(1)">a</a><a href="data:text/html,x">b</a><a href="//h.example/c">c</a></p>' "$bidi" "$bidi" "$prose" >escapes.html
riposte import wrong.html wide.html escapes.html
riposte timeline | tr '\033\007' '!!'
riposte show --json press:https://j.example/u | grep -o '"edges":\[[^]]*\]'

# 17 MB: too long to be read, and kept; 100,000 divs; tags that nobody ends.
head -c 17000000 /dev/zero | tr '\0' 'x' | sed 's/^/<html><p>/' >long.html
{ printf '<html>'; yes '<div>' | head -100000 | tr -d '\n'; printf '<p>%s</p>' "$prose"; } >deep.html
{ printf '<html>'; yes '<p><b><li><td>x' | head -30000 | tr -d "\n"; } >open.html
riposte import long.html
riposte import -q deep.html open.html && echo read
riposte verify --data -q && echo sound
riposte capture cat "$(sha256sum long.html | cut -c1-12)" | cmp - long.html && echo given back
#> time unknown
#>           N ]0;x @j.example                            press:https://j.example/u
#>           T [2J\u{202E}X
#>
#>           Une phrase assez longue pour que la page ne soit pas prise pour une
#>           erreur, mot après mot, encore et encore, jusqu’au bout.\u{1B}[31m
#>
#>           abc
#>           somebody                                 press:sha256:26432455841d841f
#>           Une phrase assez longue pour que la page ne soit pas prise pour une
#>           erreur, mot après mot, encore et encore, jusqu’au bout. caf�
#>           some characters came damaged
#>           somebody                                 press:sha256:95d3b08e139a25c7
#>           Une phrase assez longue pour que la page ne soit pas prise pour une
#>           erreur, mot après mot, encore et encore, jusqu’au bout.
#> "edges":[]
#> read
#> sound
#> given back
#! riposte: made a new archive, archive.db
#! riposte: 3 captures: 3 records, 3 new
#! riposte: long.html:1: longer than 16 MB: kept, not read (kept; see "riposte stats --rejected")
