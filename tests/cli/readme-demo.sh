# What the README shows, the exchange and what the press made of it, is what the program prints.
cp "$DATA/stargate/people.ini" archive.people.ini
riposte import -q "$DATA"/stargate/x/*.json "$DATA/stargate/davos.txt" "$DATA/stargate/presse.html"
riposte exchange Musk Altman Nadella --tz UTC >printed
echo >>printed
riposte timeline 'on:press -from:journal.example' --tz UTC >>printed
sed -n '/<!-- demo -->/,/<!-- \/demo -->/p' "$DATA/../../README.md" | sed '1,3d; /^```$/,$d' | diff - printed && echo "as printed"
#> as printed
