# D16: the archive is its owner's alone, whatever the umask.
for mask in 000 777 022; do
	(
		umask $mask
		riposte import -q -A new/$mask/archive.db "$DATA/stargate/x/musk.json"
		echo "umask $mask: exit $?"
	)
	stat -c '%a %n' new new/$mask new/$mask/archive.db
	find new/$mask -type f ! -perm 600
done
stat -c %a new/000
(umask 000 && riposte export -A new/000/archive.db -f ids -o ids && stat -c '%a %n' ids)
#> umask 000: exit 0
#> 700 new
#> 700 new/000
#> 600 new/000/archive.db
#> umask 777: exit 0
#> 700 new
#> 700 new/777
#> 600 new/777/archive.db
#> umask 022: exit 0
#> 700 new
#> 700 new/022
#> 600 new/022/archive.db
#> 700
#> 600 ids
