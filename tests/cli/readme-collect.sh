# What the README shows of collecting is what the program prints.
mkdir -p "$HOME/.config/riposte"
mock --ready url --world "$DATA/worlds/stargate" &
mock=$!
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
conf=$HOME/.config/riposte/riposte.conf
sed -n '/<!-- collect -->/,/<!-- \/collect -->/p' "$DATA/../../README.md" | sed '1,2d; /^```$/,$d' >shown
# The file of it, with addresses of the mock.
sed -n '1,/^\$ install/{/^\$/d;p}' shown |
	sed "s|^collector = x|&\nbase = $u/x|; s|https://paper.example|$u/pages|; s|^contact|allow_private = yes\n&|" >"$conf"
printf canary-token | install -m 600 /dev/stdin "$HOME/.config/riposte/x-token"
cp "$DATA/stargate/people.ini" archive.people.ini
sed -n '/^\$ install/,$p' shown | sed '1d; /^\$/s/ *#.*//' | grep -v crontab >told
grep '^\$ ' told | while read -r _ line; do
	echo "\$ $line"
	sh -c "$line" 2>&1 | sed "s|$u/pages|https://paper.example|"
done >printed
kill $mock
diff told printed && echo "as printed"
#> as printed
