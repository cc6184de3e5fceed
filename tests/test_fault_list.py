"""The faults that Hamwatch must stand, and that each has a test which says so.

A test names its faults in the first words of its docstring or of a parameter's id: of the network (N), of tokens (T),
of what is stored (I), of mail (M), of scheduler, clock and pages (M, S, W), and rows of the catalogue of bad input.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

NETWORK = {f"N{n}" for n in range(1, 16)}
TOKENS = {"T1", "T2", "T3", "T4"}
THEMSELVES = {"S7", "S12", "W1", "W2"}  # copies, scheduler, clock and pages
STORED = {f"I{n}" for n in range(1, 15)}
MAIL = {f"M{n}" for n in range(1, 14)}
ROWS = {*range(1, 59), *range(69, 80), *range(89, 92)}
FIRST_WORDS = r"[NTIMSW]\d+(?:[,;] [NTIMSW]\d+)*"
A_ROW = r"^(\d+)(?:-(\d+))? [A-Za-z0-9]"
ROWS_SAID = r"[Bb]ad input (\d+)(?:–(\d+))?"


def docstrings() -> Iterator[str]:
    for node in nodes():
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield ast.get_docstring(node) or ""


def ids() -> Iterator[str]:
    """What parameters are called: `id="…"`, `ids=[…]`, or the keys of a dictionary."""
    for node in nodes():
        named = [node.value] if isinstance(node, ast.keyword) and node.arg in ("id", "ids") else []
        keys = [key for key in node.keys if key] if isinstance(node, ast.Dict) else []
        for part in (part for each in named + keys for part in ast.walk(each)):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part.value


@cache
def nodes() -> list[ast.AST]:
    files = Path(__file__).parent.rglob("test_*.py")
    return [node for file in files for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))]


def faults_with_a_test() -> set[str]:
    heads = (re.match(FIRST_WORDS, text) for text in (*docstrings(), *ids()))
    return {fault for head in heads if head for fault in re.findall(r"\w+", head[0])}


def rows_with_a_test() -> set[int]:
    said = [pair for text in docstrings() for pair in re.findall(ROWS_SAID, text)]
    said += [pair for text in ids() for pair in re.findall(A_ROW, text)]
    return {row for first, last in said for row in range(int(first), int(last or first) + 1)}


@pytest.mark.parametrize(
    "faults",
    [NETWORK, TOKENS, STORED, MAIL, THEMSELVES],
    ids=["network", "tokens", "what is stored", "mail", "itself"],
)
def test_every_fault_has_a_test_that_names_it(faults: set[str]) -> None:
    assert faults - faults_with_a_test() == set()


def test_every_row_of_bad_input_from_strava_has_a_test_that_names_it() -> None:
    assert ROWS - rows_with_a_test() == set()
