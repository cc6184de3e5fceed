"""Recordings that are refused, each with its reason: damaged, hostile, no activity, or nothing that can be true."""

import contextlib
import gzip
import random
import struct
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import BadRecord
from monitor.sources import recording_file, recording_fit_file
from monitor.sources.recording import read_recordings
from tests.sources.fit_samples import COURSE, file_id, fit, fit_run, records, sealed
from tests.sources.recording_samples import NOW, PARIS, START, Moment, gpx, read_one, steady, tcx

RUN = steady(120, speed=3.0, heartrate=150, cadence=85)
TWENTY_YEARS_S = 20 * 365 * 86_400
HEADER = 14


def with_doctype(content: bytes, declared: str) -> bytes:
    head, _, rest = content.partition(b"\n")
    return head + f"\n<!DOCTYPE x {declared}>".encode() + rest


def billion_laughs() -> str:
    tenfold = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return f'[<!ENTITY l0 "ha">{tenfold}]'


def jumping(by_s: int) -> list[Moment]:
    return [*RUN, *(Moment(each.at + by_s, 400) for each in RUN)]


def of_two_gigabytes(content: bytes) -> bytes:
    return content[:4] + struct.pack("<I", 2**31) + content[8:]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(fit_run(RUN)[:-40], "ends too early", id="82 FIT, truncated"),
        pytest.param(fit_run(RUN)[:-1] + b"\xff", "checksum is wrong", id="82 FIT, wrong checksum"),
        pytest.param(fit_run(RUN) + b"\0" * 20, "header in it is damaged", id="82 FIT, then something else"),
        pytest.param(
            fit_run(RUN)[:4] + struct.pack("<I", 2**31) + fit_run(RUN)[8:], "ends too early", id="82 says 2 GB"
        ),
        pytest.param(fit_run(jumping(TWENTY_YEARS_S)), "clock jumps by 7300 days", id="82 FIT, a jump of 20 years"),
        pytest.param(gpx(jumping(TWENTY_YEARS_S)), "clock jumps by 7300 days", id="82 GPX, a jump of 20 years"),
        pytest.param(tcx(jumping(-TWENTY_YEARS_S)), "clock jumps by 7300 days", id="82 TCX, 20 years back"),
        pytest.param(
            fit_run(RUN, start=START.replace(year=1995)), "clock of its device was not set", id="clock not set"
        ),
        pytest.param(fit(file_id(COURSE), *records(RUN)), r"another kind \(course\)", id="a course"),
        pytest.param(fit(*records(RUN)), r"another kind \(unknown\)", id="no word of what it is"),
        pytest.param(fit(file_id()), "does not say when", id="no session, no samples"),
        pytest.param(sealed(b"\x07" * 9), "content is damaged", id="FIT, no message in it"),
        pytest.param(gzip.compress(fit_run(RUN))[:-12], "not copied whole", id="gz, truncated"),
        pytest.param(gzip.compress(fit_run(RUN))[:-8] + bytes(8), "compression is damaged", id="gz, damaged"),
        pytest.param(gpx(RUN)[:-30], "XML is broken", id="GPX, truncated"),
        pytest.param(gpx(RUN).replace(b"trk", b"rte"), "only a plan", id="a route"),
        pytest.param(gpx(RUN).replace(b"time>", b"cmt>"), "only a plan", id="points without times"),
        pytest.param(gpx(RUN).replace(b"2026-", b"0001-"), "in the year 1", id="a year outside of any calendar"),
        pytest.param(gpx(RUN, start=START.replace(year=2027)), "in the future", id="in the future"),
        pytest.param(tcx(RUN).replace(b"Activit", b"Cours"), "no activity", id="TCX, a course"),
        pytest.param(tcx([]).replace(b"StartTime", b"Start"), "does not say when", id="TCX, no times"),
        pytest.param(b"<html><body>Please log in</body></html>", "no FIT, GPX or TCX", id="a web page"),
        pytest.param(b"\xff\xd8\xff\xe0 JFIF", "no FIT, GPX or TCX", id="a picture"),
        pytest.param(b"", "no FIT, GPX or TCX", id="empty"),
    ],
)
def test_a_recording_of_no_use_is_refused_with_its_reason(content, says):
    with pytest.raises(BadRecord, match=says):
        read_recordings(content, PARIS, NOW)


@pytest.mark.parametrize("content", [gpx(RUN), tcx(RUN)], ids=["GPX", "TCX"])
@pytest.mark.parametrize(
    ("declared", "used"),
    [
        pytest.param("", "", id="80 no more than its name"),
        pytest.param('SYSTEM "http://127.0.0.1:9/x.dtd"', "", id="80 one to be fetched"),
        pytest.param('[<!ENTITY e SYSTEM "file:///etc/passwd">]', "&e;", id="80 a file of this machine"),
        pytest.param('[<!ENTITY % e SYSTEM "file:///etc/passwd"> %e;]', "", id="80 a file, as a declaration"),
        pytest.param(billion_laughs(), "&l11;", id="80 billion laughs"),
        pytest.param(billion_laughs(), '<x y="&l11;"/>', id="80 billion laughs in an attribute"),
    ],
)
def test_no_doctype_passes(content, declared, used):
    hostile = with_doctype(content, declared).decode().replace("</", f"{used}</", 1)
    for encoded in (hostile.encode(), hostile.replace("UTF-8", "UTF-16").encode("utf-16")):
        with pytest.raises(BadRecord, match=r"DOCTYPE|XML is broken \(Maximum entity amplification"):
            read_recordings(encoded, PARIS, NOW)


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(recording_file, "LARGEST", 2**20)
    with pytest.raises(BadRecord, match="larger than 1 MB"):
        read_recordings(gzip.compress(b"\0" * 2**24), PARIS, NOW)


def test_a_file_of_endless_messages_is_not_read_to_its_end(monkeypatch):
    monkeypatch.setattr(recording_fit_file, "MOST_MESSAGES", 10)
    with pytest.raises(BadRecord, match="more than 10 messages"):
        read_recordings(fit_run(RUN), PARIS, NOW)


def test_blanks_before_the_xml_are_no_damage():
    assert read_one(b"\r\n   " + tcx(RUN)).activity == read_one(tcx(RUN)).activity


def test_a_night_on_pause_is_no_jump():
    overnight = [*RUN, *(Moment(each.at + 12 * 3600, 360 + (each.metres or 0)) for each in RUN)]
    assert read_one(tcx(overnight)).activity.distance_m == 720


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32), places=st.integers(1, 20))
def test_whatever_a_fit_file_holds_it_is_read_or_refused(seed, places):
    chance = random.Random(seed)
    body = bytearray(fit_run(RUN)[HEADER:-2])
    for place in chance.sample(range(len(body)), places):
        body[place] = chance.randrange(256)
    with contextlib.suppress(BadRecord):
        found = read_recordings(sealed(bytes(body)), PARIS, NOW)
        assert all(each.activity.start < NOW + timedelta(days=2) for each in found)


@settings(max_examples=150, deadline=None)
@given(content=st.sampled_from([gpx(RUN), tcx(RUN)]), seed=st.integers(0, 2**32))
def test_whatever_an_xml_recording_holds_it_is_read_or_refused(content, seed):
    chance = random.Random(seed)
    begin = chance.randrange(100, len(content))
    put = chance.choice([b"", b"-", b"9" * 40, b"1e400", b"nan", b"<x/>", b"&amp;", b"\xf0\x9f"])
    with contextlib.suppress(BadRecord):
        found = read_recordings(content[:begin] + put + content[begin + chance.randrange(9) :], PARIS, NOW)
        assert all((each.activity.distance_m or 0) >= 0 for each in found)
