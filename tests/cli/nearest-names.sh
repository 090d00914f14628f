# Who comes nearest is named: by the whole name, or by the surname.
cat >archive.db.people.ini <<'INI'
[Jean Petit]
account = x:@jp
[Jane Roe]
account = x:@jr
[Donald Trump]
account = x:@dt
[Hillary Clinton]
account = x:@hc
INI
riposte import -q "$DATA/stargate/x/musk.json"
for name in Petit Roe Clintn "Hilary Clinton" Trumpp Nobody Ro "Jane Row"; do
	riposte person show "$name"
done
riposte exchange "Donald Trump" Clintn
#! riposte: nobody here is called "Petit"; did you mean Jean Petit?
#! riposte: nobody here is called "Roe"; did you mean Jane Roe?
#! riposte: nobody here is called "Clintn"; did you mean Hillary Clinton?
#! riposte: nobody here is called "Hilary Clinton"; did you mean Hillary Clinton?
#! riposte: nobody here is called "Trumpp"; did you mean Donald Trump?
#! riposte: nobody here is called "Nobody" ("riposte person list" lists people)
#! riposte: nobody here is called "Ro" ("riposte person list" lists people)
#! riposte: nobody here is called "Jane Row"; did you mean Jane Roe?
#! riposte: nobody here is called "Clintn"; did you mean Hillary Clinton?
#? 1
