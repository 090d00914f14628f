#!/bin/sh
# Data made to hurt comes back byte for byte: as imported, packed, packed tightly, rebuilt, imported again.
#
#	hurt.sh MEGABYTES	how long the longest line is
# shellcheck source=/dev/null disable=SC2154
set -u
megabytes=${1:-50}
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/limits.sh"
mkdir in

# Many posts of a form, so that packing finds what they have in common: %1 is an id, %2 a small number.
many() {
	FORM=$1 awk 'BEGIN {
		for (i = 0; i < 80; i++) {
			line = ENVIRON["FORM"]
			gsub(/%1/, 1881923570458304780 "" i, line)
			gsub(/%2/, i % 7 ? i : "", line)
			print line
		}
	}'
}
many '{"id":"7%1","text":"spaces all over %2" ,  "author_id" :	"9"  , "beside": [ 1 ,2,  3 ] , "o":{ } }   ' >in/spaced.jsonl
many '{"id":"1","id":"8%1","id":"8%1","text":"first %2","text":"second %2","author_id":"9","a":1,"a":"%2","a":{"a":1,"a":2}}' |
	sed 's/"id":"1",//' >in/duplicate-keys.jsonl
many '{"id":"9%1","text":"http:\/\/a.example/%2 and http://b.example\/","author_id":"9","\u0061\/b":"\u00e9é\u00E9 \ud83d\ude00😀\uD83D\uDE00 \u002f\/\u002F/ \"\u0022 \b\f\n\r\t\\"}' >in/escapes.jsonl
many '{"id":"6%1","text":"numbers","author_id":"9","n":[1e400,-0.0,-0,0e0,0E+00,1E5,1e+5,1.0,1.00,12345678901234567890123,0.1e-400,-1e-999,3%20e1,1.7976931348623157e309]}' >in/numbers.jsonl
many '{"id":"5%1","text":"no UTF-8: <>","author_id":"9","beside":"<%2>"}' | awk '{ gsub(/</, "\300\257\377"); gsub(/>/, "\355\240\200\201"); print }' >in/no-utf8.jsonl
many '{"id":"4%1","text":"two bytes an end %2","author_id":"9"}' | sed 's/$/\r/' >in/crlf.jsonl
many '{"id":"3%1","text":"ends of all kinds %2","author_id":"9"}' | awk '{ printf "%s%s", $0, NR % 4 == 0 ? "\r\n" : NR % 4 == 1 ? "\n\n \t\n" : NR % 4 == 2 ? "\n" : "\r\r\n" }' >in/mixed-ends.jsonl
many '{"id":"2%1","text":"no end %2","author_id":"9"}' | head -c -1 >in/no-last-newline.jsonl
many '{"id":"2%1","text":"cut off %2","author_id":"9"}' | head -c -9 >in/cut.jsonl
many '{"id":"1%1","text":"zeros \u0000 %2","author_id":"9"}' | sed 's/zeros/~zeros/' | tr '~' '\0' >in/nul.jsonl
{
	printf '\357\273\277[\n'
	many '	{
		"id" : "11%1" ,
		"text" : "pretty\u002c printed %2" ,

		"author_id":"9",	"entities" : {
			"urls" : [ ]
		}
	} ,'
	printf '\t{"id":"12","text":"the last","author_id":"9"}\n]\n\n'
} >in/pretty.json
{
	printf 'window.YTD.tweets.part0 = [ '
	many '{ "tweet" : { "id_str" : "13%1", "id":"13%1", "created_at" : "Wed Jan 22 04:35:30 +0000 2025", "full_text" : "archive \/ %2" } },'
	printf '{"tweet":{"id_str":"14","id":"14","created_at":"Wed Jan 22 04:35:30 +0000 2025","full_text":"last"}} ]'
} >in/tweets.js
{
	printf '{"id":"15","text":"a long line","author_id":"9","beside":"'
	head -c $((megabytes * 1048576)) /dev/zero | tr '\0' 'x'
	printf '"}\n{"id":"16","text":"behind it","author_id":"9"}\n'
} >in/long-line.jsonl
seq 60000 | gzip -n | tail -c +200 >in/noise
head -c 300000 /dev/zero >in/zeros
printf '\n' >in/one-newline
printf '{' >in/one-byte
printf '{"id":"17","text":"posts in a file that is \\ud800 %s","author_id":"9"}' all >in/one-post.json
{
	head -c 5000 in/noise
	printf '\n'
	head -n 5 in/crlf.jsonl
	tail -c 5000 in/noise
} >in/posts-in-noise

# One after the other, for some end with a complaint; each is kept whatever it is.
for file in in/*; do
	"$RIPOSTE" import -q --as x -A archive.db "$file" 2>err
	status=$?
	case $status in
	0 | 3) ;;
	65) case $file in
		*/noise | */zeros | */one-* | */nul.jsonl) ;;
		*) fail "$file: nothing of it could be read: $(cat err)" ;;
		esac ;;
	*) fail "$file: status $status: $(cat err)" ;;
	esac
	sha256sum "$file" >>sums
	basename "$file" "" | sed "s/^/status $status: /" >>statuses
done
canonical archive.db >before.jsonl || fail "the export"

back() {
	while read -r sum file; do
		"$RIPOSTE" capture cat -A archive.db "$sum" >out 2>err || fail "$1: $file: $(cat err)"
		cmp -s out "$file" || fail "$1: $file: other bytes"
	done <sums
	"$RIPOSTE" verify -q --data -A archive.db || fail "$1: damaged"
	canonical archive.db | cmp -s - before.jsonl || fail "$1: other posts"
}
back "imported"
for step in "compact" "rebuild" "compact --tight" "rebuild" "import --as x in/crlf.jsonl in/noise" "compact"; do
	# shellcheck disable=SC2086
	"$RIPOSTE" $step -q -A archive.db 2>err
	status=$?
	[ $status = 0 ] || { [ $status = 3 ] && [ "${step#import}" != "$step" ]; } || fail "$step: status $status: $(cat err)"
	back "$step"
done
"$RIPOSTE" show --raw -A archive.db x:17 | cmp -s - in/one-post.json || fail "the only post of a file: other bytes"
sort statuses | uniq -c | awk '$3 != "0:"' | sort -k 4
echo "$(find in -type f | wc -l) files, $(cat in/* | wc -c) bytes, back seven times"
