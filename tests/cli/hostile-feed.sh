# Feeds that are made to hurt: entities that grow, files that are not ours to read, elements
# without end, encodings that are not what they say, one id for everything.
printf 'a secret' >secret
{
	printf '<!DOCTYPE rss [<!ENTITY e0 "lol">'
	for i in 1 2 3 4 5 6 7 8 9; do
		p=$((i - 1))
		printf '<!ENTITY e%d "&e%d;&e%d;&e%d;&e%d;&e%d;&e%d;&e%d;&e%d;">' $i $p $p $p $p $p $p $p $p
	done
	printf ']><rss><channel><item><guid>1</guid><title>&e9;</title></item></channel></rss>'
} >laughs.xml
cat >files.xml <<RSS
<!DOCTYPE rss SYSTEM "file://$PWD/none.dtd" [<!ENTITY f SYSTEM "file://$PWD/secret">
<!ENTITY % p SYSTEM "file://$PWD/secret"> %p;]>
<rss xmlns:xi="http://www.w3.org/2001/XInclude"><channel><item><guid>2</guid>
<title>before &f; behind</title><description><xi:include href="secret" parse="text"/></description>
</item></channel></rss>
RSS
awk 'BEGIN { printf "<rss><channel>"; for (i = 0; i < 300000; i++) printf "<a>" }' >deep.xml
awk 'BEGIN { printf "<rss><channel><item "; for (i = 0; i < 100000; i++) printf "a%d=\"\" ", i; print "/>" }' >wide.xml
printf '<?xml version="1.0" encoding="utf-16"?><rss><channel><item><guid>3</guid><title>caf\351\033[31m</title></item></channel></rss>' >coded.xml
printf '<rss><channel>%s%s</channel></rss>' \
	'<item><guid>same</guid><title>new</title></item>' '<item><guid>same</guid><title>old</title></item>' >same.xml
printf '<!doctype html><html><title>404</title></html>' >page.html
for f in laughs.xml files.xml deep.xml wide.xml coded.xml same.xml; do
	riposte import -q $f
	echo "$f: exit $?"
done
riposte import -q --as feed page.html
echo "page: exit $?"
riposte timeline | cut -c 1-40
grep -c 'a secret' archive.db
awk 'BEGIN { printf "<rss><channel>"; for (i = 0; i < 5000; i++) printf "<item><guid>n%d</guid><title>x</title></item>", i; print "</channel></rss>" }' >many.xml
riposte import many.xml
riposte verify --data -q && echo sound
#> laughs.xml: exit 65
#> files.xml: exit 0
#> deep.xml: exit 65
#> wide.xml: exit 65
#> coded.xml: exit 0
#> same.xml: exit 3
#> page: exit 65
#> time unknown
#>           feed:@untitled               
#>           before &f; behind
#>           feed:@untitled               
#>           café[31m
#>           feed:@untitled               
#>           new
#> 0
#> sound
#! riposte: laughs.xml:1: its entities grow beyond all measure (kept; see "riposte stats --rejected")
#! riposte: deep.xml:1: elements nest more than 256 deep (kept; see "riposte stats --rejected")
#! riposte: wide.xml:1: an element of more than 256 attributes (kept; see "riposte stats --rejected")
#! riposte: 1 capture: 2 records, 1 new, 1 rejected (kept; see "riposte stats --rejected")
#! riposte: page.html:1: a page (HTML), no feed (kept; see "riposte stats --rejected")
#! riposte: 1 capture: 5,000 records, 5,000 new
