"""All figures that are measured rather than tested: `python -m tests.benchmarks`."""

from tests.benchmarks import burden, load

load.main()
burden.main()
