"""import: recordings, named one by one where they are of no use."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Hamwatch
from tests.sources.fit_samples import fit_run
from tests.sources.recording_samples import START, Moment, gpx, steady

RUN = steady(1_200, speed=3.0)


@pytest.fixture
def bob(hamwatch: Hamwatch) -> None:
    hamwatch("runner add Bob --email bob@example.org")


def test_a_folder_of_recordings_ends_with_its_counts_and_its_reasons(
    hamwatch: Hamwatch, bob: None, folder: Path
) -> None:
    runs = folder / "runs"
    runs.mkdir()
    (runs / "a.fit").write_bytes(fit_run(RUN))
    (runs / "b.fit").write_bytes(fit_run(RUN)[:-9])
    sparse = [Moment(at, 3 * at) for at in range(0, 1_201, 60)]
    (runs / "c.gpx").write_bytes(gpx(sparse, start=START + timedelta(days=1)))
    assert hamwatch("import --runner 1", runs).out.splitlines() == [
        "read 3, new 2, changed 0, duplicate 0, refused 1",
        "  b.fit: it ends too early: it was not saved or copied whole",
        "samples read for 1 run, not for 1",
        "  c.gpx: its samples are too far apart to show how it was run",
    ]
    assert hamwatch("import --runner 1", runs).out.startswith("read 3, new 0, changed 0, duplicate 2, refused 1\n")


def test_a_single_broken_recording_is_one_clear_line(hamwatch: Hamwatch, bob: None, folder: Path) -> None:
    file = folder / "run.fit"
    file.write_bytes(fit_run(RUN)[:-1] + b"\0")
    assert hamwatch("import --runner 1", file).complaint == f"{file}: its checksum is wrong: it was damaged"


def test_no_command_waits_for_the_readers_of_recordings_but_the_one_that_needs_them() -> None:
    script = "import monitor.cli.app, sys; print(sorted({'fitdecode', 'lxml.etree', 'numpy'} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
