# An export of Mastodon, as a zip and as the tar file that older servers made: what was
# said in public, and not what its owner likes.
cat >outbox.json <<'END'
{"@context":"https://www.w3.org/ns/activitystreams","id":"outbox.json","type":"OrderedCollection","totalItems":3,"orderedItems":[
{"id":"https://m.example/users/ana/statuses/110/activity","type":"Create","actor":"https://m.example/users/ana","published":"2025-01-21T18:00:00Z","to":["https://www.w3.org/ns/activitystreams#Public"],"cc":[],
 "object":{"id":"https://m.example/users/ana/statuses/110","type":"Note","attributedTo":"https://m.example/users/ana","published":"2025-01-21T18:00:00Z","content":"<p>in public</p>","inReplyTo":null,"to":["https://www.w3.org/ns/activitystreams#Public"],"cc":[]}},
{"id":"https://m.example/users/ana/statuses/111/activity","type":"Create","actor":"https://m.example/users/ana","published":"2025-01-21T18:01:00Z","to":["https://m.example/users/bob"],"cc":[],
 "object":{"id":"https://m.example/users/ana/statuses/111","type":"Note","attributedTo":"https://m.example/users/ana","published":"2025-01-21T18:01:00Z","content":"<p>to bob alone</p>","inReplyTo":null,"to":["https://m.example/users/bob"],"cc":[]}},
{"id":"https://m.example/users/ana/statuses/112/activity","type":"Announce","actor":"https://m.example/users/ana","published":"2025-01-21T18:02:00Z","to":["https://www.w3.org/ns/activitystreams#Public"],"cc":[],"object":"https://m.example/users/bob/statuses/9"}
]}
END
cat >actor.json <<'END'
{"@context":"https://www.w3.org/ns/activitystreams","id":"https://m.example/users/ana","type":"Person","preferredUsername":"ana","name":"Ana","outbox":"outbox.json","likes":"likes.json"}
END
set -- avatar.png=:x media_attachments/files/1/original/a.json=:x actor.json=actor.json \
	likes.json=':LIKES' bookmarks.json=':BOOKMARKS' outbox.json=outbox.json
make-archive zip archive-1.zip "$@"
make-archive tar.gz archive-1.tar.gz "$@"
riposte import -v archive-1.zip
riposte capture list | cut -c 15-
riposte timeline --utc
riposte import archive-1.tar.gz
riposte -A tar.db import -q archive-1.tar.gz
riposte export -f jsonl --canonical >one
riposte -A tar.db export -f jsonl --canonical | cmp - one && echo "the same"
riposte verify -q --data
#> 2026-01-05T12:00:00Z         187  masto      archive-1.zip/actor.json
#> 2026-01-05T12:00:00Z        1312  masto      archive-1.zip/outbox.json  (1 rejected)
#> 2025-01-21, UTC
#> 2025-01-21T18:00:00Z  Ana @ana@m.example
#>                                   masto:https://m.example/users/ana/statuses/110
#>           in public
#> 2025-01-21T18:02:00Z  Ana @ana@m.example
#>                          masto:https://m.example/users/ana/statuses/112/activity
#>           reposts [not in the archive]
#>           masto:https://m.example/users/bob/statuses/9
#> the same
#! riposte: made a new archive, archive.db
#! riposte: archive-1.zip/outbox.json:1: not public: its author chose who reads it; kept as bytes only (kept; "riposte stats --rejected" lists all)
#! riposte: archive-1.zip: 2 of the 6 files in it were read
#! riposte: archive-1.zip/avatar.png: not read: not on the list of what is read of an archive of Mastodon
#! riposte: archive-1.zip/media_attachments/files/1/original/a.json: not read: not on the list of what is read of an archive of Mastodon
#! riposte: archive-1.zip/likes.json: not read: not on the list of what is read of an archive of Mastodon
#! riposte: archive-1.zip/bookmarks.json: not read: not on the list of what is read of an archive of Mastodon
#! riposte: 2 captures: 3 records, 2 new, 1 post referred to but not held, 1 rejected (kept; see "riposte stats --rejected")
#! riposte: archive-1.tar.gz/outbox.json:1: not public: its author chose who reads it; kept as bytes only (kept; "riposte stats --rejected" lists all)
#! riposte: 2 captures: 3 records, 2 same, 1 rejected (kept; see "riposte stats --rejected")
#! riposte: 2 captures: 3 records, 2 new, 1 post referred to but not held, 1 rejected (kept; see "riposte stats --rejected")
