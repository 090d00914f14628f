/* Every statement's text, but for those filter.c puts together. */
#include "storage/sqlite/statements.h"

#define RUN_COLUMNS "id,kind,program,started,ended,pid,link,previous,hash,checksum"
#define CAPTURE_COLUMNS                                                                  \
	"c.id,c.run,c.inside,c.name,c.format,c.options,c.at,c.bytes,c.complete,c."       \
	"sha256,"                                                                        \
	"c.records,c.rejected,c.checksum"
#define POST_COLUMNS SQL_POST_COLUMNS
#define VERSION_COLUMNS "v.id,v.post,v.fingerprint,v.native,v.as_of,v.flags,v.text,v.more"
#define SEALED_COLUMNS "first,n,block,blocks,tight,bytes,packing,map"
/* The first version whose text was never packed. */
#define TEXTS_NEXT "ifnull((SELECT first+n FROM texts ORDER BY first DESC LIMIT 1),1)"
#define SOURCE_COLUMNS                                                                   \
	"name,collector,cursor,due,tried,worked,failures,paused,trouble,checksum"
#define COVERAGE_COLUMNS "source,subject,since,until,gap,why,run,checksum"
#define SOURCE_RUN_COLUMNS                                                               \
	"run,source,began,ended,requests,unchanged,captures,records,fresh,same,"         \
	"versions,"                                                                      \
	"rejected,bytes_in,spent,outcome,why,checksum"
#define SPENDING_COLUMNS "id,run,source,payer,what,at,units,micro,settled,checksum"
#define LOOK_COLUMNS "key,way,at,outcome,run,checksum"
#define RECORD_COLUMNS "id,kind,bytes,sha256,packing,dictionary,frame"

/* Of two inferences the surer one is kept, of two as sure the bytewise smaller rule. */
#define KEEP_BETTER_EDGE                                                                 \
	" ON CONFLICT DO UPDATE SET confidence=excluded.confidence,rule=excluded.rule"   \
	" WHERE ifnull(excluded.confidence,100)>ifnull(confidence,100)"                  \
	" OR (ifnull(excluded.confidence,100)=ifnull(confidence,100)"                    \
	" AND ifnull(excluded.rule,x'')<ifnull(rule,x''))"

/* clang-format off */
const char *const sql_texts[SQL_STATEMENTS] = {
	[SQL_BEGIN_READ] = "BEGIN",
	[SQL_BEGIN_WRITE] = "BEGIN IMMEDIATE",
	[SQL_COMMIT] = "COMMIT",
	[SQL_DATA_VERSION] = "PRAGMA data_version",
	[SQL_ANY] = "SELECT EXISTS(SELECT 1 FROM alias),EXISTS(SELECT 1 FROM sealed)",
	[SQL_ARCHIVE_GET] = "SELECT id,checksum FROM archive",
	/* See log.c: its page must change. */
	[SQL_ARCHIVE_TOUCH] = "UPDATE archive SET rowid=1-rowid",
	[SQL_ARCHIVE_PUT] = "INSERT INTO archive(id,checksum) VALUES(?1,?2)",

	/* ---- facts ---- */

	/* Handles that are part of a checksum are chosen before the row is there. */
	[SQL_RUN_NEXT] = "SELECT ifnull(max(id),0)+1 FROM run",
	[SQL_RUN_INSERT] =
		"INSERT INTO run(id,kind,program,started,ended,pid,link,previous,hash,checksum)"
		" VALUES(?1,?2,?3,?4,?5,?6,NULL,?7,?7,?8)",
	[SQL_RUN_GET] = "SELECT " RUN_COLUMNS " FROM run WHERE id=?1",
	[SQL_RUN_LAST] =
		"SELECT " RUN_COLUMNS " FROM run WHERE link IS NOT NULL ORDER BY link DESC LIMIT 1",
	[SQL_RUN_CLOSE] =
		"UPDATE run SET ended=?2,link=?3,previous=?4,hash=?5,checksum=?6 WHERE id=?1",
	/* Parts of a run's hash, as row_part() reads them: enum run_part_kind comes first. */
	[SQL_RUN_CAPTURES] =
		"SELECT 1,c.id,c.name,c.format,c.options,c.at,c.at,c.bytes,c.complete,c.sha256,"
		"c.records,c.rejected FROM capture c WHERE c.run=?1 ORDER BY c.id",
	[SQL_RUN_AGAINS] =
		"SELECT 0,c.id,c.name,c.format,c.options,c.at,a.at,c.bytes,c.complete,c.sha256,"
		"c.records,c.rejected FROM again a CROSS JOIN capture c ON c.id=a.capture"
		" WHERE a.run=?1 ORDER BY a.capture,a.at",
	[SQL_RUN_TAKEN] =
		"SELECT 2,0,archive,x'',x'',0,0,link,0,hash,0,0 FROM foreign_run"
		" WHERE taken_by=?1 AND link IS NOT NULL ORDER BY id",
	[SQL_RUN_CHAIN] =
		"SELECT " RUN_COLUMNS " FROM run WHERE link IS NOT NULL ORDER BY link",
	[SQL_FOREIGN_RUN_NEXT] = "SELECT ifnull(max(id),0)+1 FROM foreign_run",
	[SQL_FOREIGN_RUN_INSERT] =
		"INSERT INTO foreign_run(id,taken_by,archive,number,kind,program,started,ended,"
		"pid,link,previous,hash,checksum)"
		" VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13)",
	[SQL_FOREIGN_RUN_DELETE] = "DELETE FROM foreign_run WHERE id=?1 AND link IS NULL",
	[SQL_FOREIGN_RUN_BEFORE] =
		"SELECT EXISTS(SELECT 1 FROM foreign_run WHERE archive=?1 AND link=?2 AND hash=?3)"
		" OR EXISTS(SELECT 1 FROM run r,archive a"
		" WHERE a.id=?1 AND r.link=?2 AND r.hash=?3)",
	[SQL_FOREIGN_PART_NEXT] =
		"SELECT ifnull(max(place),0)+1 FROM foreign_part WHERE run=?1",
	[SQL_FOREIGN_PART_INSERT] =
		"INSERT INTO foreign_part(run,place,kind,capture,name,format,options,at,seen,bytes,"
		"complete,sha256,records,rejected,checksum)"
		" VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15)",
	[SQL_FOREIGN_PARTS_DELETE] = "DELETE FROM foreign_part WHERE run=?1",
	[SQL_FOREIGN_PARTS_LOST] =
		"SELECT DISTINCT run FROM foreign_part"
		" WHERE run NOT IN (SELECT id FROM foreign_run) ORDER BY run",
	[SQL_CAPTURE_NEXT] = "SELECT ifnull(max(id),0)+1 FROM capture",
	[SQL_CAPTURE_INSERT] =
		"INSERT INTO capture(id,run,inside,name,format,options,at,bytes,complete,sha256,"
		"records,rejected,checksum) VALUES(?1,?2,?3,?4,?5,?6,?7,0,0,?8,0,0,?9)",
	[SQL_CAPTURE_GET] = "SELECT " CAPTURE_COLUMNS " FROM capture c WHERE c.id=?1",
	[SQL_CAPTURE_UPDATE] =
		"UPDATE capture SET bytes=?2,complete=?3,sha256=?4,records=?5,rejected=?6,"
		"checksum=?7,options=?8 WHERE id=?1",
	[SQL_CAPTURE_FIND] =
		"SELECT " CAPTURE_COLUMNS " FROM capture c WHERE c.complete AND c.sha256=?1"
		" ORDER BY c.id LIMIT 1",
	[SQL_CAPTURE_FIND_RANGE] =
		"SELECT " CAPTURE_COLUMNS " FROM capture c WHERE c.sha256>=?1"
		" AND c.sha256<=?2 ORDER BY c.sha256,c.complete DESC,c.id",
	[SQL_CAPTURE_END] =
		"SELECT start+bytes FROM segment WHERE capture=?1 ORDER BY start DESC LIMIT 1",
	[SQL_AGAIN_NEXT] = "SELECT ifnull(max(id),0)+1 FROM again",
	[SQL_AGAIN_INSERT] =
		"INSERT INTO again(id,capture,run,at,checksum) VALUES(?1,?2,?3,?4,?5)",
	[SQL_SEGMENT_INSERT] =
		"INSERT INTO segment(capture,start,bytes,n_holes,skeleton_bytes,skeleton_packing,"
		"holes_bytes,holes_packing,holes,skeleton) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)",
	[SQL_SEGMENTS] =
		"SELECT start,bytes,n_holes,skeleton_bytes,skeleton_packing,holes_bytes,"
		"holes_packing,holes,skeleton FROM segment WHERE capture=?1 ORDER BY start",
	[SQL_REJECT_INSERT] =
		"INSERT INTO reject(capture,start,bytes,line,reason,checksum)"
		" VALUES(?1,?2,?3,?4,?5,?6)",

	[SQL_SOURCE_GET] = "SELECT " SOURCE_COLUMNS " FROM source WHERE name=?1",
	[SQL_SOURCE_PUT] =
		"INSERT OR REPLACE INTO source(" SOURCE_COLUMNS ")"
		" VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)",
	[SQL_COVERAGE_DELETE] = "DELETE FROM coverage WHERE source=?1 AND subject=?2",
	[SQL_COVERAGE_INSERT] =
		"INSERT INTO coverage(" COVERAGE_COLUMNS ") VALUES(?1,?2,?3,?4,?5,?6,?7,?8)",
	[SQL_SOURCE_RUN_PUT] =
		"INSERT OR REPLACE INTO source_run(" SOURCE_RUN_COLUMNS ")"
		" VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17)",
	[SQL_SPENDING_NEXT] = "SELECT ifnull(max(id),0)+1 FROM spending",
	[SQL_SPENDING_PUT] =
		"INSERT OR REPLACE INTO spending(" SPENDING_COLUMNS ")"
		" VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)",
	[SQL_SPENDING_SUM] =
		"SELECT ifnull(sum(micro),0) FROM spending WHERE source=?2 AND at>=?1",
	[SQL_SPENDING_SUM_ALL] = "SELECT ifnull(sum(micro),0) FROM spending WHERE at>=?1",
	[SQL_SPENDING_RUN_SUM] =
		"SELECT ifnull(sum(micro),0) FROM spending WHERE run=?1 AND source=?2",
	[SQL_SPENDING_RUN_SUM_ALL] = "SELECT ifnull(sum(micro),0) FROM spending WHERE run=?1",
	[SQL_LOOK_PUT] =
		"INSERT OR REPLACE INTO look(" LOOK_COLUMNS ") VALUES(?1,?2,?3,?4,?5,?6)",

	[SQL_RECORD_FIND] =
		"SELECT id,sha256 FROM record WHERE substr(sha256,1,6)=?1",
	[SQL_RECORD_NEXT] =
		"SELECT max(ifnull((SELECT max(id) FROM record),0),"
		"ifnull((SELECT first+n-1 FROM sealed ORDER BY first DESC LIMIT 1),0))+1",
	[SQL_RECORD_INSERT] =
		"INSERT INTO record(id,kind,bytes,sha256,packing,dictionary,frame)"
		" VALUES(?7,?1,?2,?3,?4,?5,?6)",
	[SQL_RECORD_GET] = "SELECT " RECORD_COLUMNS " FROM record WHERE id=?1",
	[SQL_RECORD_BYTES] = "SELECT bytes FROM record WHERE id=?1",
	[SQL_RECORDS] = "SELECT " RECORD_COLUMNS " FROM record ORDER BY id",
	[SQL_RECORD_FIRST] = "SELECT ifnull(min(id),0) FROM record",
	[SQL_RECORD_DELETE] = "DELETE FROM record WHERE id BETWEEN ?1 AND ?2",
	[SQL_SEALED_LAST] =
		"SELECT " SEALED_COLUMNS " FROM sealed ORDER BY first DESC LIMIT 1",
	[SQL_SEALED_GET] =
		"SELECT " SEALED_COLUMNS " FROM sealed WHERE first<=?1 ORDER BY first DESC LIMIT 1",
	[SQL_SEALED_INSERT] =
		"INSERT INTO sealed(first,n,block,blocks,tight,bytes,packing,map)"
		" VALUES(?1,?2,?3,?4,?5,?6,?7,?8)",
	[SQL_SEALED_DELETE] = "DELETE FROM sealed WHERE first BETWEEN ?1 AND ?2",
	[SQL_SEALED_LOOSE] = "SELECT ifnull(min(first),0) FROM sealed WHERE NOT tight",
	[SQL_SEALED_SCAN] = "SELECT " SEALED_COLUMNS " FROM sealed ORDER BY first",
	[SQL_SEALED_HASH_FIND] = "SELECT record FROM sealed_hash WHERE prefix=?1",
	[SQL_SEALED_HASH_GET] =
		"SELECT EXISTS(SELECT 1 FROM sealed_hash WHERE prefix=?1 AND record=?2)",
	[SQL_SEALED_HASH_COUNT] = "SELECT count(*) FROM sealed_hash",
	[SQL_SEALED_HASH_PUT] = "INSERT OR IGNORE INTO sealed_hash(prefix,record) VALUES(?1,?2)",
	[SQL_BLOCK_NEXT] = "SELECT ifnull(max(id),0)+1 FROM block",
	[SQL_BLOCK_GET] =
		"SELECT id,kind,n,bytes,numbers,texts,data FROM block WHERE id=?1",
	[SQL_BLOCK_SUMS] =
		"SELECT ifnull(sum(bytes),0),ifnull(sum(n),0),count(*),"
		"ifnull(sum(length(data)),0) FROM block"
		" WHERE id BETWEEN ?1 AND ?2",
	[SQL_BLOCK_FIRST] =
		"SELECT ifnull(sum(bytes),0),ifnull(sum(length(data)),0) FROM"
		" (SELECT bytes,data FROM block WHERE texts=?1 ORDER BY id LIMIT 64)",
	[SQL_BLOCK_COUNT] = "SELECT count(*) FROM block",
	[SQL_BLOCK_INSERT] =
		"INSERT INTO block(id,kind,n,bytes,numbers,texts,data) VALUES(?1,?2,?3,?4,?5,?6,?7)",
	[SQL_BLOCK_DELETE] = "DELETE FROM block WHERE id BETWEEN ?1 AND ?2",
	[SQL_DICTIONARY_INSERT] =
		"INSERT INTO dictionary(kind,bytes,sha256,packing,frame) VALUES(?1,?2,?3,?4,?5)",
	[SQL_DICTIONARY_GET] =
		"SELECT id,kind,bytes,sha256,packing,frame FROM dictionary WHERE id=?1",
	[SQL_DICTIONARY_LATEST] =
		"SELECT id FROM dictionary WHERE kind=?1 ORDER BY id DESC LIMIT 1",
	[SQL_DICTIONARIES] =
		"SELECT id,kind,bytes,sha256,packing,frame FROM dictionary ORDER BY id",

	/* ---- derived ---- */

	[SQL_POST_BY_KEY] = "SELECT " POST_COLUMNS " FROM post p WHERE p.key=?1",
	[SQL_POST_BY_ALIAS] =
		"SELECT " POST_COLUMNS " FROM alias a CROSS JOIN post p ON p.id=a.post"
		" WHERE a.key=?1",
	[SQL_POST_BY_ID] = "SELECT " POST_COLUMNS " FROM post p WHERE p.id=?1",
	[SQL_POST_INSERT] =
		"INSERT INTO post(key,kind,author,t_lo,t_hi,t_precision,t_basis,conversation,more)"
		" VALUES(?2,?3,?4,?5,?6,?7,?8,?9,?10)",
	[SQL_POST_UPDATE] =
		"UPDATE post SET kind=?3,author=?4,t_lo=?5,t_hi=?6,t_precision=?7,t_basis=?8,"
		"conversation=?9,more=?10 WHERE id=?1",
	[SQL_POST_DELETE] = "DELETE FROM post WHERE id=?1",
	[SQL_ALIAS_PUT] = "INSERT OR REPLACE INTO alias(key,post) VALUES(?1,?2)",
	[SQL_ALIAS_MOVE] = "UPDATE alias SET post=?2 WHERE post=?1",
	[SQL_ALIASES_DELETE] = "DELETE FROM alias WHERE post=?1",
	[SQL_VERSION_INSERT] =
		"INSERT INTO version(post,fingerprint,native,as_of,flags,text,more)"
		" VALUES(?2,?3,?4,?5,?6,?7,?8)",
	[SQL_VERSION_GET] =
		"SELECT " VERSION_COLUMNS " FROM version v WHERE v.post=?1 AND v.fingerprint=?2",
	[SQL_VERSION_UPDATE] =
		"UPDATE version SET native=?4,as_of=?5,flags=?6,text=?7,more=?8 WHERE id=?1",
	[SQL_VERSION_MOVE] = "UPDATE version SET post=?2,native=?3 WHERE id=?1",
	[SQL_VERSION_DELETE] = "DELETE FROM version WHERE id=?1",
	[SQL_VERSIONS_OF] = "SELECT " VERSION_COLUMNS " FROM version v WHERE v.post=?1 LIMIT 1",
	[SQL_TEXTS_GET] =
		"SELECT first,n,bytes,packing,data FROM texts WHERE first<=?1"
		" ORDER BY first DESC LIMIT 1",
	[SQL_TEXTS_PUT] =
		"INSERT INTO texts(first,n,bytes,packing,data) VALUES(?1,?2,?3,?4,?5)",
	[SQL_TEXTS_NEXT] = "SELECT " TEXTS_NEXT,
	[SQL_TEXTS_LOOSE] = "SELECT ifnull(max(id),0)+1-" TEXTS_NEXT " FROM version",
	[SQL_TEXTS_ROWS] =
		"SELECT id,text,more FROM version WHERE id>=?1 AND text IS NOT NULL"
		" AND length(text)+ifnull(length(more),0)<=?2 ORDER BY id LIMIT ?3",
	[SQL_TEXTS_DROP] =
		"UPDATE version SET text=NULL,more=NULL WHERE id BETWEEN ?1 AND ?2"
		" AND length(text)+ifnull(length(more),0)<=?3",
	[SQL_TEXT_INSERT] = "INSERT INTO words(rowid,text) VALUES(?1,?2)",
	[SQL_TEXT_DELETE] = "INSERT INTO words(words,rowid,text) VALUES('delete',?1,?2)",
	[SQL_EDGE_PUT] =
		"INSERT INTO edge(child,type,origin,parent,confidence,rule)"
		" VALUES(?1,?2,?3,?4,?5,?6)" KEEP_BETTER_EDGE,
	[SQL_EDGES_CHILD_MOVE] =
		"INSERT INTO edge(child,type,origin,parent,confidence,rule)"
		" SELECT ?2,type,origin,CASE parent WHEN ?1 THEN ?2 ELSE parent END,confidence,rule"
		" FROM edge WHERE child=?1" KEEP_BETTER_EDGE,
	[SQL_EDGES_PARENT_MOVE] =
		"INSERT INTO edge(child,type,origin,parent,confidence,rule)"
		" SELECT child,type,origin,?2,confidence,rule FROM edge WHERE parent=?1"
		KEEP_BETTER_EDGE,
	[SQL_EDGES_CHILD_DELETE] = "DELETE FROM edge WHERE child=?1",
	[SQL_EDGES_PARENT_DELETE] = "DELETE FROM edge WHERE parent=?1",
	[SQL_EDGES_CHILD_ANY] = "SELECT EXISTS(SELECT 1 FROM edge WHERE parent=?1)",
	[SQL_SIGHTING_PUT] =
		"INSERT OR IGNORE INTO sighting(post,capture,record,start,version,bytes,as_of)"
		" VALUES(?1,?2,?3,?4,?5,?6,?7)",
	[SQL_SIGHTINGS_VERSION] =
		"UPDATE OR REPLACE sighting SET version=?3 WHERE post=?1 AND version=?2",
	[SQL_SIGHTINGS_MOVE] = "UPDATE OR REPLACE sighting SET post=?2 WHERE post=?1",
	[SQL_SIGHTINGS_DELETE] = "DELETE FROM sighting WHERE post=?1",
	[SQL_ACCOUNT_DELETE_IDLE] =
		"DELETE FROM account WHERE key=?1 AND NOT EXISTS"
		"(SELECT 1 FROM post WHERE author=?1 AND author IS NOT NULL) RETURNING handle",
	[SQL_HANDLE_DELETE] = "DELETE FROM handle WHERE fold=?1 AND key=?2",
	[SQL_HANDLE_PUT] = "INSERT OR IGNORE INTO handle(fold,key) VALUES(?1,?2)",
	[SQL_ACCOUNT_GET] =
		"SELECT key,handle,name,first,last FROM account WHERE key=?1 AND handle=?2"
		" AND name=?3",
	[SQL_ACCOUNT_PUT] =
		"INSERT OR REPLACE INTO account(key,handle,name,first,last)"
		" VALUES(?1,?2,?3,?4,?5)",
	[SQL_STATE_PUT] =
		"INSERT INTO state(subject,as_of,state,evidence,capture)"
		" VALUES(ifnull((SELECT p.key FROM alias a CROSS JOIN post p ON p.id=a.post"
		" WHERE a.key=?1),?1),?2,?3,?4,?5)"
		" ON CONFLICT DO UPDATE SET capture=excluded.capture"
		" WHERE excluded.capture<capture",
	[SQL_STATES_MOVE] =
		"INSERT INTO state(subject,as_of,state,evidence,capture)"
		" SELECT (SELECT key FROM post WHERE id=?2),as_of,state,evidence,capture"
		" FROM state WHERE subject=?1"
		" ON CONFLICT DO UPDATE SET capture=excluded.capture"
		" WHERE excluded.capture<capture",
	[SQL_STATES_DELETE] = "DELETE FROM state WHERE subject=?1",

	/* ---- scans ---- */

	[SQL_SCAN_POSTS] = "SELECT " POST_COLUMNS " FROM post p ORDER BY " SQL_KEY_TEXT("p.key"),
	[SQL_SCAN_CONVERSATION] =
		"SELECT " POST_COLUMNS " FROM post p WHERE p.conversation=?1"
		" AND p.conversation IS NOT NULL AND p.t_lo IS NOT NULL"
		" ORDER BY p.t_lo,p.t_precision," SQL_KEY_TEXT("p.key"),
	[SQL_SCAN_CONVERSATION_TIMELESS] =
		"SELECT " POST_COLUMNS " FROM post p WHERE p.conversation=?1"
		" AND p.conversation IS NOT NULL AND p.t_lo IS NULL ORDER BY p.t_precision,"
		SQL_KEY_TEXT("p.key"),
	[SQL_SCAN_VERSIONS] =
		"SELECT " VERSION_COLUMNS " FROM version v WHERE v.post=?1 ORDER BY"
		" ifnull(length(" SQL_KEY_TEXT("v.native") "),0)," SQL_KEY_TEXT("v.native")
		",v.flags&1 DESC,v.as_of,v.fingerprint",
	[SQL_SCAN_ALIASES] = "SELECT key FROM alias WHERE post=?1 ORDER BY " SQL_KEY_TEXT("key"),
	[SQL_SCAN_PARENTS] =
		"SELECT e.child,e.parent,e.type,e.origin,e.confidence,e.rule,"
		"(SELECT key FROM post WHERE id=?1),p.key"
		" FROM edge e CROSS JOIN post p ON p.id=e.parent"
		" WHERE e.child=?1 ORDER BY e.type,e.origin," SQL_KEY_TEXT("p.key"),
	[SQL_SCAN_CHILDREN] =
		"SELECT e.child,e.parent,e.type,e.origin,e.confidence,e.rule,"
		"p.key,(SELECT key FROM post WHERE id=?1)"
		" FROM edge e INDEXED BY edge_parent CROSS JOIN post p ON p.id=e.child"
		" WHERE e.parent=?1 ORDER BY p.t_lo IS NULL,p.t_lo,p.t_precision,"
		SQL_KEY_TEXT("p.key") ",e.type,e.origin",
	[SQL_SCAN_STATES] =
		"SELECT subject,state,as_of,evidence,capture FROM state"
		" WHERE subject=ifnull((SELECT p.key FROM alias a CROSS JOIN post p ON p.id=a.post"
		" WHERE a.key=?1),?1) ORDER BY as_of,state,evidence",
	[SQL_SCAN_SIGHTINGS] =
		"SELECT post,capture,record,start,version,bytes,as_of FROM sighting WHERE post=?1"
		" ORDER BY capture,record,start,version,bytes,as_of<>0,as_of",
	[SQL_SCAN_ACCOUNTS] =
		"SELECT key,handle,name,first,last FROM account ORDER BY " SQL_KEY_TEXT("key"),
	[SQL_SCAN_HANDLES] =
		"SELECT key,handle,name,first,last FROM account WHERE key=?1"
		" ORDER BY ifnull(last,first),handle,name",
	[SQL_SCAN_HANDLE_USERS] =
		"SELECT key,handle,name,first,last FROM account"
		" WHERE key IN (" SQL_HANDLE_USERS "h.fold=?1"
		" AND CAST(lower(a.handle) AS BLOB)=?2) ORDER BY " SQL_KEY_TEXT("key"),
	[SQL_SCAN_RUNS] = "SELECT " RUN_COLUMNS " FROM run WHERE id>=?1 ORDER BY id",
	[SQL_SCAN_FOREIGN_RUNS] =
		"SELECT id,kind,program,started,ended,pid,link,previous,hash,checksum,taken_by,"
		"archive,number FROM foreign_run WHERE id>=?1 ORDER BY id",
	[SQL_SCAN_FOREIGN_PARTS] =
		"SELECT kind,capture,name,format,options,at,seen,bytes,complete,sha256,records,"
		"rejected,checksum,place FROM foreign_part WHERE run=?1 ORDER BY place",
	[SQL_SCAN_CAPTURES] = "SELECT " CAPTURE_COLUMNS " FROM capture c WHERE c.id>=?1 ORDER BY c.id",
	[SQL_SCAN_AGAIN] =
		"SELECT run,at FROM again WHERE capture=?1 ORDER BY at,run",
	[SQL_SCAN_REJECTS] =
		"SELECT capture,start,bytes,line,reason,checksum FROM reject WHERE capture>=?1 ORDER BY capture,start,id",
	[SQL_SCAN_AGAINS] = "SELECT id,capture,run,at,checksum FROM again ORDER BY id",
	[SQL_SCAN_SOURCES] = "SELECT " SOURCE_COLUMNS " FROM source ORDER BY name",
	[SQL_SCAN_COVERAGE] =
		"SELECT " COVERAGE_COLUMNS " FROM coverage ORDER BY source,subject,since",
	[SQL_SCAN_COVERAGE_OF] =
		"SELECT " COVERAGE_COLUMNS " FROM coverage WHERE source=?1"
		" ORDER BY source,subject,since",
	[SQL_SCAN_SOURCE_RUNS] =
		"SELECT " SOURCE_RUN_COLUMNS " FROM source_run WHERE run>=?1 ORDER BY run,source",
	[SQL_SCAN_SPENDING] =
		"SELECT " SPENDING_COLUMNS " FROM spending WHERE id>=?1 ORDER BY id",
	[SQL_SCAN_LOOKS] =
		"SELECT " LOOK_COLUMNS " FROM look ORDER BY " SQL_KEY_TEXT("key") ",way",
	[SQL_SCAN_LOOKS_OF] = "SELECT " LOOK_COLUMNS " FROM look WHERE key=?1 ORDER BY way",
	/* ?1 names one of them only: an account, a conversation or a post.  ?2 to ?4: fold
	 * and handle in lower case, and how keys of its platform begin. */
	[SQL_SCAN_GHOSTS] =
		"WITH who(key) AS (SELECT ?1 UNION"
		" SELECT h.key FROM handle h CROSS JOIN account a ON a.key=h.key"
		" WHERE h.fold=?2 AND CAST(lower(a.handle) AS BLOB)=?3"
		" AND substr(" SQL_KEY_TEXT("h.key") ",1,length(?4))=?4),"
		"named(id) AS (SELECT id FROM post WHERE key=?1 UNION"
		" SELECT post FROM alias WHERE key=?1),"
		"talk(key) AS (SELECT ?1 UNION"
		" SELECT p.conversation FROM named n CROSS JOIN post p ON p.id=n.id),"
		"child(id) AS (SELECT id FROM named UNION"
		" SELECT id FROM post WHERE author IN (SELECT key FROM who)"
		" AND author IS NOT NULL UNION"
		" SELECT id FROM post WHERE conversation IN (SELECT key FROM talk)"
		" AND conversation IS NOT NULL)"
		"SELECT DISTINCT g.key FROM child c CROSS JOIN edge e ON e.child=c.id"
		" CROSS JOIN post g ON g.id=e.parent WHERE e.type<=2 AND g.kind=0"
		" ORDER BY length(" SQL_KEY_TEXT("g.key") ") DESC," SQL_KEY_TEXT("g.key") " DESC",
	[SQL_SCAN_TEXTS] =
		"SELECT " VERSION_COLUMNS ",p.key FROM version v CROSS JOIN post p"
		" ON p.id=v.post ORDER BY v.id",
};
/* clang-format on */
