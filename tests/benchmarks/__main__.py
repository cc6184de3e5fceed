"""All figures that are measured rather than tested: `python -m tests.benchmarks`."""

from tests.benchmarks import burden, delivery, enumeration, load, pages, strava

load.main()
burden.main()
delivery.main()
strava.main()
pages.main()
enumeration.main()
