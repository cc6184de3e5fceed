"""All figures that are measured rather than tested: `python -m tests.benchmarks`."""

from tests.benchmarks import burden, load, strava

load.main()
burden.main()
strava.main()
