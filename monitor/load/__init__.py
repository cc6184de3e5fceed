"""What the training was, in numbers: pure functions of a runner's days.

duplicates.py   the same session told twice counts once
daily.py        runs become days: 0 is rest, NaN is unknown
windows.py      trailing sums, maxima and exponential means over days
workload.py     acute and chronic load, their ratio three ways, fitness and fatigue
variation.py    monotony, strain, week to week
spikes.py       one run against the longest of the 30 days before
recovery.py     days without rest, layoffs
headroom.py     the same questions asked before the run: how long may the next one be
metrics.py      all of it as one frame, a row a day

Every measure takes arrays whose last axis is days, (days,) for one runner or (runners, days) for many, returns the
same shape, and sees nothing later than the day it speaks of. Distances are whole metres, so sums are exact and a
ratio is one division: 11,000 m after 10,000 m is 1.1 and nothing more.
"""
