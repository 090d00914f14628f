# T04: a list tells once in which zone its times are, and a TZ that names none is told, too.
riposte import -q "$DATA"/stargate/x/musk.json "$DATA"/stargate/x/altman.json
for tz in UTC Asia/Kathmandu :bad EST5EDT,M3.2.0,M11.1.0 ""; do
	echo "TZ=$tz"
	TZ=$tz riposte timeline | grep "^[0-9]"
done
riposte search SoftBank --tz Europe/Paris | head -n 1
TZ=:bad riposte search SoftBank --utc | head -n 1
#> TZ=UTC
#> 22 Jan 2025, UTC
#> 23 Jan 2025
#> TZ=Asia/Kathmandu
#> 22 Jan 2025, Asia/Kathmandu
#> 23 Jan 2025
#> TZ=:bad
#> 22 Jan 2025, UTC
#> 23 Jan 2025
#> TZ=EST5EDT,M3.2.0,M11.1.0
#> 21 Jan 2025, EST5EDT,M3.2.0,M11.1.0
#> 22 Jan 2025
#> 23 Jan 2025
#> TZ=
#> 22 Jan 2025, UTC
#> 23 Jan 2025
#> 22 Jan 2025, Europe/Paris
#> 2025-01-22, UTC
#! riposte: TZ is ":bad", which is no zone here; UTC is used instead
