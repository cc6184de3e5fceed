"""Hamwatch: from activities to what a runner should know. Data flows one way; the middle is pure.

    sources   strava.py, archive.py, recording.py    a list, an export, a recording → Activity, Exposure
       ↓
    store     activities.py, exposures.py, …         rows, and the days that a source has told
       ↓
    symptoms  questions.py → outcome.py              a check-in → what the runner reads, and the pain that counts
       ↓
    load      gathering.py → daily.py                History: one value per day and series
       ↓      workload.py, variation.py, spikes.py   acute and chronic load, monotony, session spike, …
    rules     one file a rule                        measure beyond a line → Finding
       ↓      freshness.py, verdict.py               Finding → Verdict, or CANNOT SAY and why
    alerts    policy.py → message.py, chart.py       Verdict → a reason to write → the mail
       ↓
    delivery  smtp.py, spool.py, channels.py         the mail leaves
    web, cli  board.py, runner.py, …                 the same verdicts on pages and in the terminal

jobs/daily.py is one pass through all of it. sandbox/ is a Strava of our own, which demo and tests travel to.
Words: model.py. What is late: watch.py. What can go wrong: errors.py. What can be set: settings/.
What a spreadsheet must not carry out: spreadsheet.py.
"""
