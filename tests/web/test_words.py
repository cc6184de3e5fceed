"""The texts that runners agree to: whoever changes one must give it a new version, so that everybody is asked anew."""

import hashlib
from pathlib import Path

from monitor.store.consents import WORDING, Subject
from monitor.web import pages

DIGESTS = {  # of words.html, by the versions of its three texts
    ("2026-11", "2026-11", "2026-11"): "cca375d7f42024e424a68217c19764774fb3f838e4e5090bea7f927d79382936",
}


def test_the_version_of_the_words_is_that_of_the_text_shown():
    text = (Path(pages.__file__).parent / "templates" / "words.html").read_bytes()
    versions = WORDING[Subject.STRAVA], WORDING[Subject.TEAM], WORDING[Subject.SYMPTOMS]
    assert hashlib.sha256(text).hexdigest() == DIGESTS[versions]


def luminance(colour):
    """Relative luminance of an sRGB colour, WCAG 2.1."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_stravas_orange_is_the_buttons_alone_and_large_white_letters_are_legible_on_it():
    css = (Path(pages.__file__).parent / "static" / "hamwatch.css").read_text()
    rule = css.partition("\n.connect-strava {")[2].partition("}")[0]
    assert css.lower().count("#fc5200") == 1
    assert "background: #fc5200" in rule
    assert "font-size: 1.25rem; font-weight: 700" in rule  # large text by WCAG: 3 : 1 is enough for AA
    assert 1.05 / (luminance("#fc5200") + 0.05) > 3
