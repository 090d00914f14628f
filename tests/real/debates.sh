#!/bin/sh
# Four debates as labelled transcript and as captions: every turn comes back, each with its
# speaker, in its place; the audience and "the candidates" are nobody anybody knows.
#
#	debates.sh DIRECTORY-OF-DATA-SETS
set -eu
[ -n "${1:-}" ] && [ -f "$1/debates/debate-2016.csv" ] || exit 77
program=$(cd "$(dirname "${RIPOSTE:?}")" && pwd)/$(basename "$RIPOSTE")
csv=$(cd "$1/debates" && pwd)/debate-2016.csv
scratch=$(mktemp -d "${TMPDIR:-/tmp}/riposte-debates.XXXXXX")
trap 'rm -rf "$scratch"' EXIT INT TERM
cd "$scratch"

# Line, "Speaker", "Text", "Date", a quote in a text doubled.
awk 'NR > 1 {
	sub(/\r$/, "")
	sub(/^[0-9]*,"/, "")
	speaker = $0
	sub(/",".*/, "", speaker)
	text = substr($0, length(speaker) + 4)
	sub(/","[0-9\/]*"$/, "", text)
	gsub(/""/, "\"", text)
	print speaker "\t" text
}' "$csv" >turns
awk -F '\t' '{ print $1 ": " $2 "\n" }' turns >debates.txt
{
	printf 'WEBVTT\n\n'
	awk -F '\t' '{
		gsub(/&/, "\\&amp;", $2); gsub(/</, "\\&lt;", $2); gsub(/-->/, "--\\&gt;", $2)
		s = NR * 10
		printf "%02d:%02d:%02d.000 --> %02d:%02d:%02d.000\n<v %s>%s\n\n", s / 3600, s / 60 % 60,
			s % 60, s / 3600, s / 60 % 60, s % 60 + 5, $1, $2
	}' turns
} >debates.vtt

wrong() {
	echo "$1"
	exit 1
}
said() {
	"$program" export -q -A "$1" -f jsonl --canonical |
		sed 's/.*"key":"spoken:debates\/\([0-9]*\)","aliases".*"author":{"key":"\([^"]*\)".*/\1 \2/' |
		sort -n
}
awk -F '\t' '{
	nobody = $1 == "Audience" || $1 == "CANDIDATES" || $1 == "QUESTION"
	name = $1
	if (nobody)
		name = "debates/" name
	print NR " spoken:@" name
}' turns >want
[ "$(wc -l <want)" = 1389 ] || wrong "$(wc -l <want) turns in the data"
"$program" import -q -A txt.db debates.txt --event debates
said txt.db >txt
tr '[:upper:]' '[:lower:]' <want >want.small
tr '[:upper:]' '[:lower:]' <txt | diff want.small - >difference || wrong "transcript: $(head -n 20 difference)"
"$program" verify -q --data -A txt.db

# Words alone: applause on its own is left out of captions.
"$program" import -q -A vtt.db debates.vtt --event debates
said vtt.db | sed 's/^[0-9]* //' | tr '[:upper:]' '[:lower:]' >vtt
awk -F '\t' '$2 !~ /^[ (]*\([A-Za-z -.]*\)[. ]*$/' turns >words
[ "$(wc -l <vtt)" = "$(wc -l <words)" ] ||
	wrong "captions: $(wc -l <vtt) turns of $(wc -l <words)"
