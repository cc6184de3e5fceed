"""A page as its reader has it."""

import re


def text_of(html, tag=" "):
    """The text of this HTML on one line, with *tag* for each tag."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", tag, html))
