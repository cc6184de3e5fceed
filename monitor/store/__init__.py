"""Everything that is kept, and the only importer of sqlmodel and sqlalchemy.

database.py      SQLite or PostgreSQL by one URL; reading and writing transactions
migrate.py       the schema brought up to date at start (migrations/)
tables.py        the tables, those of Strava, check-ins, sending, mails and sign-in in *_tables.py
columns.py       what their columns share, types.py the same on either database
sealing.py       secrets at rest · rotation.py the same under a newer key
visitor.py       who asks, and what they may see now · sessions.py browsers that are signed in
sign_ins.py      sign-ins that were begun · passkeys.py which of them open the pages
people.py        teams, runners · coaches.py · checks.py what is written of them · zones.py where they live
consents.py      what a runner agreed to · audience.py who may read what
groups.py        parts of a team · invitations.py who is asked to join one · membership.py who does, and leaves
roles.py         what its coaches may do · appointments.py the mails that tell them so
connections.py   a runner's Strava tokens and how asking went · source_state.py the same for Strava as a whole
oauth_states.py  ways to Strava that were begun
check_ins.py     how runners say it feels
leaving.py       what goes when a runner does · revocations.py permissions that are given back
brake.py         so many permissions ended at once that nothing is deleted
events.py        Strava's hints, subscription.py whether it gives them · budget.py how much may still be asked
activities.py    runs in and out, and the days that sources have told
findings.py      findings, replaced day by day
outbox.py        letters and what they told · sending.py which may leave now · suspensions.py addresses that bounce
circuit.py       whether the mail server takes anything · channels.py other ways to reach a person
claims.py        work as claimed rows · due.py the daily passes among it · leases.py, backoff.py how long who waits
api_tokens.py    keys to the API
heartbeats.py    what each part showed last · outages.py what the operator is told is late · status.py, figures.py
seeing.py        what those who coach could take out of a total
ledgers.py       how asking sources went · marks.py what decides how each runner is shown
seen.py          whom coaches may see, and what of them · reading.py what a verdict rests on, of many at once
commits.py       whether anything was written meanwhile · imprint.py what tells that a team's pages are as they were
view.py          all that a page or mail needs of a runner now
"""
