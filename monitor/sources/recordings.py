"""Many recordings at once: what each of them gives, and which cannot be used."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from monitor.errors import BadRecord
from monitor.load.gathering import is_indoors
from monitor.model import Activity, Exposure, RunKey
from monitor.sources.archive_file import Files
from monitor.sources.exposure import exposure
from monitor.sources.recording import Recording, read_recordings
from monitor.sources.recording_file import LARGEST, is_recording


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A recording that could not be used."""

    name: str
    reason: str

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What recordings gave. *unread* tells why the samples of some runs were of no use, though the runs count."""

    activities: list[Activity] = field(default_factory=list)
    exposures: dict[RunKey, Exposure] = field(default_factory=dict)
    refused: list[RefusedFile] = field(default_factory=list)
    unread: list[RefusedFile] = field(default_factory=list)


def all_recorded(files: Files, zone: ZoneInfo, now: datetime) -> Recorded:
    """Every recording among *files*: an activity each, of a multisport file a run each."""
    given = Recorded()
    for name in sorted(filter(is_recording, files.names)):
        try:
            recordings = _read(files, name, zone, now)
        except BadRecord as error:
            given.refused.append(RefusedFile(name, str(error)))
        else:
            for recording in recordings:
                _add(given, name, recording)
    return given


def recorded_of(files: Files, named: Iterable[tuple[Activity, str]], zone: ZoneInfo, now: datetime) -> Recorded:
    """The exposures of activities that a list tells of, each from the recording it names."""
    given = Recorded()
    for run, name in named:
        try:
            given.exposures[run.key] = _contained(run, _read(files, name, zone, now))
        except BadRecord as error:
            given.unread.append(RefusedFile(name, str(error)))
    return given


def _add(given: Recorded, name: str, recording: Recording) -> None:
    activity = recording.activity
    given.activities.append(activity)
    if activity.is_run:
        try:
            given.exposures[activity.key] = _contained(activity, [recording])
        except BadRecord as error:
            given.unread.append(RefusedFile(name, str(error)))


def _read(files: Files, name: str, zone: ZoneInfo, now: datetime) -> tuple[Recording, ...]:
    return read_recordings(files.read(name, LARGEST), zone, now)


def _contained(run: Activity, recordings: Sequence[Recording]) -> Exposure:
    """What *run* contained, by the one of *recordings* that began nearest to it. BadRecord where it cannot be told."""
    nearest = min(recordings, key=lambda recording: abs(recording.activity.start - run.start))
    if nearest.samples is None:
        raise BadRecord("it holds no samples")
    return exposure(nearest.samples, indoors=is_indoors(run) or is_indoors(nearest.activity))
