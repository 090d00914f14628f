# Counts the tests in what "meson test" printed: PASSED FAILED SKIPPED, on one line.
#
#   awk -v status=N -f count-tests.awk LOG      (N: meson's exit status)
#
# A program that reports its cases is counted by them, any other is one test:
#
#   1/9 riposte:unit / base-memory    OK      0.01s   6 subtests passed
#   2/9 riposte:unit / model-key      FAIL    0.02s   5/6 subtests passed
#   3/9 riposte:http / retry          SKIP    0.02s
#
# A run that failed without one failed test (it could not start) counts as one failure.

# From here on the failures are listed once more.
/^Summary of Failures:/ {
	exit
}

/^ *[0-9]+\/[0-9]+ .* (OK|FAIL|SKIP|TIMEOUT|ERROR|INTERRUPT|EXPECTEDFAIL|UNEXPECTEDPASS) +[0-9.]+s/ {
	line = $0
	match(line, / (OK|FAIL|SKIP|TIMEOUT|ERROR|INTERRUPT|EXPECTEDFAIL|UNEXPECTEDPASS) +[0-9.]+s/)
	rest = substr(line, RSTART + 1)
	split(rest, word, / +/)
	result = word[1]

	good = 0
	bad = 0
	if (word[4] == "subtests") {
		n = split(word[3], part, "/")
		good = part[1]
		bad = n > 1 ? part[2] - part[1] : 0
	}

	if (result == "OK" || result == "EXPECTEDFAIL") {
		passed += good ? good : 1
	} else if (result == "SKIP") {
		skipped++
	} else {
		passed += good
		failed += bad ? bad : 1
	}
}

END {
	if (status && !failed)
		failed = 1
	print passed + 0, failed + 0, skipped + 0
}
