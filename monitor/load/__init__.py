"""What the training was, in numbers: pure functions of a runner's days.

exposure_weeks.py   fast and uphill running by calendar week, for pictures
duplicates.py   the same session told twice counts once · merging.py close runs as one, for who wants that
amended.py      runs as their runner corrects them
exposure.py     fast and uphill metres of one run · grade.py the cost of hills
fast_speed.py   what is fast for this runner
internal.py     sRPE, TRIMP, rTSS · scores.py the same by day
left_out.py     which runs a number lacks · excused.py tapers, races, illness, holidays
gathering.py    runs become days · daily.py the days: 0 is rest, NaN is unknown
training.py     all of the above from what is known of a runner
windows.py      trailing sums, maxima and exponential means over days
workload.py     acute and chronic load, their ratio three ways, fitness and fatigue
variation.py    monotony, strain, week to week
spikes.py       one run against the longest of the 30 days before
fast_running.py fast metres against the runner's own weeks · hard_days.py which days were hard, and how close together
cadence.py, fade.py   form: cadence against the runner's own norm, the last third against the first
recovery.py     days without rest, layoffs · returning.py, ladder.py the way back
headroom.py     the same questions asked before the run · usual.py, stretch.py what is usual
metrics.py      all of it as one frame, a row a day

Every measure takes arrays whose last axis is days, (days,) for one runner or (runners, days) for many, returns the
same shape, and sees nothing later than the day it speaks of. Distances are whole metres, so sums are exact and a
ratio is one division: 11,000 m after 10,000 m is 1.1 and nothing more.
"""
