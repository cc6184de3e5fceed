"""What runs by itself.

daily.py         the product, one pass: pull, assess, alert
pull.py          Strava's list → runs (tokens.py: a token that works)
samples.py       the samples of new runs → exposures
assess.py        runs → findings
alert.py         findings → letters in the outbox; outgoing.py: what each goes through, letters.py: how it is made
weekly.py        a runner's week · coaching.py a coach's morning · digest_letters.py both as mail
missing.py       runs that a list no longer names · meter.py what Strava may still be asked · tokens.py fresh tokens
subscribed.py    whether Strava still tells of changes · previewing.py every mail with an invented runner
deliver.py       letters → mail
inviting.py      who is asked to join a team, or taken out · appointing.py who coaches one
leaving.py       who disconnects or is erased, and what is still to do for them
inviting.py      who is asked to join a team, and who is taken out of one
backing_up.py    a copy of the database a day
operator.py      what the operator is told by mail
watch.py         whether something is late: signs of life, a mail, a ping
importing.py     a runner's own files → runs and exposures
exporting.py     all that is held of a runner → a .zip, which importing.py reads back
scorecard.py     a history replayed day by day
context.py       what every job works with · start.py puts it together from the settings
__main__.py      the scheduler and the clock
"""
