# A slip of the finger is met with the command that was meant.
riposte exchnage a b
riposte frobnicate
riposte thread
riposte stats --no-such-option
riposte stats surplus
#! riposte: there is no command "exchnage"; did you mean "exchange"?
#! riposte: there is no command "frobnicate" (see "riposte help")
#! riposte: thread: not enough arguments; it takes REF... (see "riposte thread --help")
#! riposte: unknown option "--no-such-option" (see "riposte stats --help")
#! riposte: stats: too many arguments; it takes none (see "riposte stats --help")
#? 64
