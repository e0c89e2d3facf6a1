"""How figures name the classes."""

import pytest
from matplotlib import get_data_path
from matplotlib.ft2font import FT2Font

from mlp.figures import canvas
from mlp.figures.labels import COVERED, are_numbers, drawn_labels


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("a & b", "a & b"),
        ("a label of many words", "a label of …ny words"),
        ("שלום", "שלום"),
        ("مرحبا", "مرحبا"),
        ("漢字", None),
        ("two\nlines", None),
        ("\u202eabc", None),
    ],
)
def test_labels_as_drawn(text: str, drawn: str | None) -> None:
    """By number where the font lacks one; matplotlib 3.11 writes from right to left itself."""
    assert drawn_labels([text, "b"]) == ([drawn, "b"] if drawn else ["1", "2"])
    assert are_numbers([text, "b"]) == (drawn is None)


def test_labels_that_are_alike_when_shortened_are_numbered() -> None:
    alike = [f"a long begin{middle}and a long end" for middle in "xy"]
    assert drawn_labels([*alike, "c"]) == ["1", "2", "3"]
    assert not are_numbers(["1", "2"])
    assert are_numbers([*alike, "c"])


def test_the_font_has_what_is_said_to_be_in_it() -> None:
    font = FT2Font(f"{get_data_path()}/fonts/ttf/DejaVuSans.ttf")
    missing = [
        hex(code)
        for first, last in COVERED
        for code in range(first, last + 1)
        if chr(code).isprintable() and not font.get_char_index(code)
    ]
    assert missing == []
    assert not font.get_char_index(ord("漢"))  # the negative control


def test_widths_add_up() -> None:
    """The width of a text grows with the size of the font; a wide letter is wider than a narrow one."""
    assert canvas.width(["mmm"], 20) == pytest.approx(2 * canvas.width(["mmm"], 10))
    assert canvas.width(["i", "mmm", "ii"], 10) == canvas.width(["mmm"], 10)
    assert canvas.width(["iii"], 10) < canvas.width(["mmm"], 10)
    assert canvas.width([], 10) == 0
