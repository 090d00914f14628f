# S08: a token on a command line is refused, and not repeated.
riposte source list --token canary
echo "exit $?"
riposte --token=canary source list
echo "exit $?"
riposte --password canary source list
echo "exit $?"
riposte search -- --token
echo "exit $?"
#> exit 64
#> exit 64
#> exit 64
#> exit 74
#! riposte: there is no --token, as everybody on this machine can read command lines; write token = file:PATH into the config file (see riposte-config(5))
#! riposte: there is no --token, as everybody on this machine can read command lines; write token = file:PATH into the config file (see riposte-config(5))
#! riposte: there is no --password, as everybody on this machine can read command lines; write token = file:PATH into the config file (see riposte-config(5))
#! riposte: archive.db: no archive there ("riposte import FILE" makes one)
