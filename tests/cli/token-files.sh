# S07, S09, S10: tokens where others can have them, tokens that would be headers of their own,
# and passwords in addresses are refused before anybody is asked, with what to do about it.
mock --ready url --world "$DATA/worlds/small" &
mock=$!
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
mkdir open && chmod 777 open
tokens() {
	printf 's3cret-t0ken\n' >world-readable && chmod 644 world-readable
	printf 's3cret-t0ken\n' >open/token && chmod 600 open/token
	printf 's3cret-t0ken\n' >real && chmod 600 real && ln -s real link
	printf 's3cret-t0ken\nX-Evil: 1\n' >two-lines
	printf 's3cret-t0ken\r\nX-Evil: 1\r\n' >crlf
	printf 's3cret\0t0ken\n' >nul
	: >empty
	printf '\n' >blank-line
	head -c 1048576 /dev/zero | tr '\0' s >large
	printf 's3cret t0ken\n' >blank
	mkdir folder
	mkfifo pipe
	chmod 600 two-lines crlf nul empty blank-line large blank pipe
}
tokens
for reference in file:world-readable file:open/token file:link file:two-lines file:crlf file:nul file:empty \
	file:blank-line file:large file:blank file:folder file:pipe file:nowhere env:NOT_SET credential:none s3cret-t0ken; do
	printf '[http]\nallow_private = yes\n[source x]\ncollector = x\naccount = ada\nbase = %s/x\ntoken = %s\n' "$u" "$reference" >c.conf
	riposte collect --config c.conf --all -q 2>err
	echo "$reference: exit $?"
	sed "s/s3cret-t0ken/SHOWN/; s/^/  /; s|$PWD|DIR|" err
done
X_TOKEN=$(printf 's3cret-t0ken\nX-Evil: 1') && export X_TOKEN
sed -i 's/^token.*/token = env:X_TOKEN/' c.conf
riposte collect --config c.conf --all -q
echo "in the environment: exit $?"
for address in http://ada:s3cret@127.0.0.1/ http://s3cret@127.0.0.1/; do
	printf '[source f]\ncollector = feed\nurl = %s\n' "$address" >c.conf
	riposte collect --config c.conf --all
	echo "exit $?"
done
curl -s "$u/_/log" | grep -vc ' /_/'
kill $mock
#> file:world-readable: exit 78
#>   riposte: x: world-readable may be used by others (mode 0644): chmod 600 world-readable
#> file:open/token: exit 78
#>   riposte: x: others may write to the directory of the secret: chmod go-w DIR/open
#> file:link: exit 78
#>   riposte: x: link is a symbolic link: write where the file really is
#> file:two-lines: exit 78
#>   riposte: x: file:two-lines holds something besides one word of visible characters, and a line end: write the token alone, on one line
#> file:crlf: exit 78
#>   riposte: x: file:crlf holds something besides one word of visible characters, and a line end: write the token alone, on one line
#> file:nul: exit 78
#>   riposte: x: file:nul holds something besides one word of visible characters, and a line end: write the token alone, on one line
#> file:empty: exit 78
#>   riposte: x: file:empty is empty: put the secret into it
#> file:blank-line: exit 78
#>   riposte: x: file:blank-line is empty: put the secret into it
#> file:large: exit 78
#>   riposte: x: file:large is longer than any token: is it the right file?
#> file:blank: exit 78
#>   riposte: x: file:blank holds something besides one word of visible characters, and a line end: write the token alone, on one line
#> file:folder: exit 78
#>   riposte: x: folder is not a regular file
#> file:pipe: exit 78
#>   riposte: x: pipe is not a regular file
#> file:nowhere: exit 78
#>   riposte: x: there is no file nowhere: write the token into it, with "install -m 600 /dev/stdin nowhere"
#> env:NOT_SET: exit 78
#>   riposte: x: $NOT_SET is not set: put the secret there, or into a file (file:PATH)
#> credential:none: exit 78
#>   riposte: x: there are no credentials here ($CREDENTIALS_DIRECTORY is not set): outside of services of systemd write file:PATH
#> s3cret-t0ken: exit 78
#>   riposte: x: there are no credentials here ($CREDENTIALS_DIRECTORY is not set): outside of services of systemd write file:PATH
#> in the environment: exit 78
#> exit 78
#> exit 78
#> 0
#! riposte: x: env:X_TOKEN holds something besides one word of visible characters, and a line end: write the token alone, on one line
#! riposte: c.conf:3: [source f] url: a user or password in the address would be shown to everybody: leave it out
#! riposte: c.conf:3: [source f] url: a user or password in the address would be shown to everybody: leave it out
