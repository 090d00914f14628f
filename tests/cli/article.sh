# A saved page: the article, a post that it shows and one that it links to.
cat >page.html <<'PAGE'
<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>Un bras de fer</title>
<link rel="canonical" href="https://journal.example/2025/bras-de-fer?utm_source=x">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Un bras de fer",
"datePublished":"2025-01-23T07:30:00+01:00","publisher":{"name":"Le Journal"},}</script>
</head><body><nav><p>Accueil</p></nav><article>
<p>Elle a écrit la première, le matin, et il ne lui a jamais répondu.</p>
<blockquote class="twitter-tweet"><p lang="en" dir="ltr">where is the money?</p>&mdash; Ana
(@ana) <a href="https://twitter.com/ana/status/1881923570458304780">22 janvier
2025</a></blockquote>
<p>Un autre l’a fait <a href="https://x.com/bo/status/1881944244480565497">à sa place</a>.</p>
<p>Lire aussi : autre chose</p>
</article></body></html>
PAGE
riposte import page.html
riposte timeline --tz Europe/Paris
riposte thread press:https://journal.example/2025/bras-de-fer --tz Europe/Paris
riposte show --json press:https://journal.example/2025/bras-de-fer | grep -o '"time":{[^}]*}\|"lang":"[^"]*"\|"title":"[^"]*"'
riposte verify --data -q && echo sound
riposte timeline --json >before
riposte rebuild -q
riposte timeline --json | diff before - && riposte verify --data -q && echo the same
riposte import page.html --url https://other.example/copy --date 2025-01-24
riposte timeline | grep -o 'press:.*'
printf '<html><div id="root"></div><script>fill()</script>' >shell.html
riposte import shell.html
#> 22 Jan 2025, Europe/Paris
#>   ~05:35  Ana @ana                                         x:1881923570458304780
#>           where is the money?
#>
#> 23 Jan 2025
#>    07:30  " Le Journal @journal.example
#>                                   press:https://journal.example/2025/bras-de-fer
#>           Un bras de fer
#>
#>           Elle a écrit la première, le matin, et il ne lui a jamais répondu.
#>
#>           Un autre l’a fait à sa place.
#> thread press:https://journal.example/2025/bras-de-fer
#>   23 Jan 2025, Europe/Paris, 1 post
#> 23 Jan 07:30  " Le Journal @journal.example
#>                 Un bras de fer
#>
#>                 Elle a écrit la première, le matin, et il ne lui a jamais
#>                 répondu.
#>
#>                 Un autre l’a fait à sa place.
#>                 quotes x:1881923570458304780; links to x:1881944244480565497
#> coverage: imported files; no source follows these accounts
#> "time":{"lo":"2025-01-23T06:30:00Z","hi":"2025-01-23T06:30:00Z","precision":"s","basis":"article"}
#> "lang":"fr"
#> "title":"Un bras de fer"
#> sound
#> the same
#> press:https://journal.example/2025/bras-de-fer
#> press:https://other.example/copy
#! riposte: made a new archive, archive.db
#! riposte: 1 capture: 2 records, 2 new, 1 post referred to but not held
#! riposte: 1 capture: 2 records, 1 new, 1 same
#! riposte: shell.html:1: no text in it: a page that scripts fill, or an error page (kept; see "riposte stats --rejected")
#? 65
