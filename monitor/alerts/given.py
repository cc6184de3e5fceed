"""What people wrote stands in our sentences as they wrote it, whoever reads them.

Dates, numbers and units of a sentence are rewritten for its reader, by what they look like, and a name may look like
one: “10.5 km loop”. So it travels between two marks, and what stands between them is left alone. They are Unicode's
isolates; `one_line` takes them out of every text from elsewhere, so that nobody else can set them.
"""

import re
import unicodedata
from collections.abc import Callable

LONGEST_TEXT = 200
BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
BEGIN, END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
GIVEN = re.compile(f"({BEGIN}[^{END}]*{END})")
NO_MARKS = dict.fromkeys(map(ord, (BEGIN, END)))


def one_line(text: str) -> str:
    """Text from elsewhere as one printable line of at most 200 characters, fit for a header.

    Control characters and line separators become spaces, lone surrogates U+FFFD; marks that turn the direction of
    reading are taken out.
    """
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    spaced = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in whole)
    return " ".join(BIDI_CONTROLS.sub("", spaced).split())[:LONGEST_TEXT]


def given(text: str) -> str:
    """A name, or whatever else people wrote, on its way in a sentence of ours."""
    return f"{BEGIN}{one_line(text)}{END}"


def around_given(text: str, rewrite: Callable[[str], str]) -> str:
    """The sentence rewritten, but for what people wrote in it."""
    return "".join(part if n % 2 else rewrite(part) for n, part in enumerate(GIVEN.split(text)))


def without_marks(text: str) -> str:
    """The sentence as it is read."""
    return text.translate(NO_MARKS)
