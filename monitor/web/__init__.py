"""The pages, made on the server and whole without script.

`app.py` wires them, `shell.py` is what each is served with, `security.py` holds for every answer. One file a page
turns what the store knows into a plain value for its template: `board.py`, `runner.py`, `evidence.py`; `said.py` and
`numbers.py` are what they share, `pages.py` renders. Who asks, and what they may see: `access.py`; how they come in:
`sign_in.py`, `sign_in_strava.py`, `passkeys.py` with `passkey_proof.py`; how out: `sessions.py`. Behind signed links
(`links.py`) runners do something themselves: `join.py`, `connect.py` with `answer.py`, `yours.py`; `desk.py` is what
those stand on. Whether Hamwatch itself is well: `health.py`, `metrics.py`, `banner.py` on every page, and `pulse.py`,
by which the worker sees that pages are served.
"""
