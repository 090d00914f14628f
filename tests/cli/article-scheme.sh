# A page is one article under http and https, and found by either; a port is another page.
body="<p>The row about the money went on this week in Davos, where all of them met.</p><p>It was about money, and about who of them had it, and nobody would say how much.</p>"
n=0
for address in http://paper.example/money https://paper.example/money http://paper.example:80/money \
	http://paper.example:8080/money; do
	n=$((n + 1))
	printf '<html><link rel="canonical" href="%s">%s' "$address" "$body" >$n.html
	riposte import -q $n.html
done
riposte timeline -f ids
riposte show http://paper.example/money | head -n 1
riposte show https://paper.example/money | head -n 1
#> press:https://paper.example/money
#> press:http://paper.example:8080/money
#> press:https://paper.example/money
#> press:https://paper.example/money
