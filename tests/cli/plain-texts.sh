# Texts of another kind are no articles and no transcripts, however much prose and however
# many colons there are in them.
mkdir texts
cat >texts/log.txt <<'X'
2026-01-20 10:00:01 starting
INFO: The server has started and listens for connections.
ERROR: The file could not be opened, and nothing was read.
INFO: The server has stopped.
X
cat >texts/doc.py <<'X'
class Selector:
    """Something that selects."""

    def select(self, timeout):
        """Wait for one of them.

        Parameters: timeout is the time to wait, in seconds.
        Returns: a list of what is ready, or of nothing at all.
        """
X
cat >texts/README <<'X'
A program that reads the mail of others
=======================================

This program reads mail, and writes what it has read to where you would like to have it
written, in whichever order.

Released on 21 January 2026. It is meant for those who have more mail than they can read,
and who would like to know what is in it.
X
cat >texts/LICENCE <<'X'
The licence of the program

January 21, 2026

Redistribution and use in source and binary forms are permitted, provided that this notice stays in them as it is.

This software is provided as it is, and nobody can be made to pay for what it does to your machine or to your mail.
X
cat >texts/bag-info.txt <<'X'
Source-Organization: Library of a Small Town
Contact Name: Ana Petit
Contact Phone: +1 999 555 0100
Bag Count: 1 of 1
X
cat >texts/mail.txt <<'X'
From: Ana Petit <ana@mail.example>
To: Bob Roe <bob@mail.example>
Subject: What we said
Date: Tue, 20 Jan 2026 10:00:00 +0100

Ana Petit: We should meet one of these days.
Bob Roe: We should, and we never do.
X
cat >texts/copyright <<'X'
Files: *
Copyright: 2026 Ana Petit
License: Expat

Files: debian/*
Copyright: 2026 Bob Roe
License: Expat
X
cat >texts/prose.txt <<'X'
What is a line, and what is none

A line is what ends with the sign for its end, and nothing that comes behind the last of these signs is a line of its own.

Whoever writes a text is free to leave that sign out at its end, and many do; programs have to live with that as well.
X
for text in texts/*; do riposte import "$text" 2>&1 | sed '/made a new/d; s/.*texts/texts/; s/ (kept.*//'; done
riposte timeline
riposte import --as article --url https://journal.example/lines texts/prose.txt
#> texts/LICENCE: format not recognised
#> texts/README: format not recognised
#> texts/bag-info.txt: format not recognised
#> texts/copyright: format not recognised
#> texts/doc.py: format not recognised
#> texts/log.txt: format not recognised
#> texts/mail.txt: format not recognised
#> texts/prose.txt: format not recognised
#! riposte: 1 capture: 1 record, 1 new
