# The exchange that the README shows is what the program prints.
cp "$DATA/stargate/people.ini" archive.people.ini
riposte import -q "$DATA"/stargate/x/*.json "$DATA/stargate/davos.txt"
riposte exchange Musk Altman Nadella --tz UTC >printed
sed -n '/<!-- demo -->/,/<!-- \/demo -->/p' "$DATA/../../README.md" | sed '1,3d; /^```$/,$d' | diff - printed && echo "as printed"
#> as printed
