# A compressed file is one capture, and the bytes stored are those the file has grown by, in pages.
awk 'BEGIN { for (i = 1000; i < 3000; i++) printf "{\"id\":\"%d\",\"text\":\"post %d\",\"author_id\":\"9\"}\n", i, i }' |
	gzip -n -c >posts.gz
riposte import -q "$DATA/stargate/x/altman.json"
before=$(wc -c <archive.db)
riposte import --json posts.gz >summary
grown=$(($(wc -c <archive.db) - before))
sed "s/\"bytes_stored\":$grown}/all that the file has grown by}/; s/\"bytes_in\":$(wc -c <posts.gz),/its size, /" summary
riposte import --json posts.gz | sed 's/.*"bytes_stored"/"bytes_stored"/'
#> {"v":1,"captures":1,"records":2000,"new":2000,"same":0,"versions":0,"ghosts":0,"rejected":0,its size, all that the file has grown by}
#> "bytes_stored":0}
