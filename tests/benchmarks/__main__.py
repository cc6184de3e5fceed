"""All figures that are measured rather than tested: `python -m tests.benchmarks`."""

from tests.benchmarks import burden, delivery, demo_days, enumeration, load, pages, strava

load.main()
burden.main()
delivery.main()
strava.main()
demo_days.main()
pages.main()
enumeration.main()
