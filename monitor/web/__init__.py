"""The pages, made on the server and whole without script.

`app.py` wires them, `shell.py` is what each is served with, `security.py` holds for every answer. One file a page turns
what the store knows into a plain value for its template; `said.py` and `numbers.py` are what they share, `pages.py`
renders, `reading.py` says in whose dates and numbers. `runner.py` with `runner_page.py`, and `evidence.py`, stand
alone. Those of a team are `board.py`, `heat_map.py`, `compare.py`, `report.py` and `export_csv.py`: `team.py` says who
may be seen, `rows.py` what of each, `sifting.py` who is asked for; `people.py` with `people_forms.py` who belongs to
it; `kept.py` and `ready.py` make each row once, before somebody looks; `finished.py` answers with a page that was made
before, while all that it shows is the same; `squeezing.py` sends them compressed.
Who asks, and what they may see: `access.py` with `signed.py`; how they come in: `sign_in.py`, `sign_in_strava.py`,
`passkeys.py` with `passkey_proof.py`; how out: `sessions.py`.
Behind signed links (`links.py`, `mail_links.py`) runners do something themselves: `join.py`, `connect.py` with
`answer.py`, `yours.py`, `answers.py`, `mails.py`, `check_in.py`, `corrections.py`, `own_events.py`, `own_settings.py`;
`desk.py` is what those stand on. Whether Hamwatch itself is well: `operator.py`, `health.py`, `metrics.py`, `banner.py`
on every page, and `pulse.py`, by which the worker sees that pages are served. Other programs ask `api/`.
"""
