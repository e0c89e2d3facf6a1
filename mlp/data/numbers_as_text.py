"""Recognise numbers that are text because of how some are written, and say what to do."""

import re
from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from mlp.core.errors import counted, quoted
from mlp.data import number_styles, wide_integers

MOST = 0.5  # share of numbers, however written, above which a column is meant to hold numbers
SHOWN = 3  # styles in a sentence
FEW = 3  # distinct words that may all mark gaps
GAPS = [  # as people and programs mark them, in lower case
    *("-", "--", "---", "?", "??", ".", "..", "...", "*", "#", "/", "\u2013", "\u2014", "\u2212"),
    *("none", "null", "nil", "nan", "na", "n/a", "#n/a", "n.a.", "n.a", "n/d", "n.d.", "nd"),
    "<na>",
    *("unknown", "unk", "missing", "blank", "empty", "undefined", "tbd", "tba", "\\n", "(null)"),
    *("not available", "not applicable", "not measured", "no data", "(blank)", "<null>", "nat"),
    *("#div/0!", "#value!", "#ref!", "#name?", "#num!", "#null!", "#error!", "-nan", "1.#qnan"),
]
AMBIGUOUS = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}  # words of YAML


def hint(
    column: pa.ChunkedArray,
    distinct: pa.Array,
    missing: Sequence[str] = (),
    *,
    is_target: bool = False,
    decimal: str = ".",
) -> str | None:
    """Return what keeps a column of numbers from being one, or None if it holds words.

    Parameters
    ----------
    column : ChunkedArray of str
    distinct : Array of str
        Its distinct texts, in the order of their first rows.
    missing : sequence of str
        The texts that `load.missing` declares already.
    is_target : bool
        Whether the column is the target, which can have no gaps.
    decimal : str
        The decimal sign.
    """
    numbers = number_styles.is_number(distinct, decimal)
    written = number_styles.is_written(distinct, decimal)
    known = pc.is_in(pc.utf8_lower(pc.utf8_trim_whitespace(distinct)), pa.array(GAPS))
    plain = pc.or_(numbers, written)
    share = pc.mean(pc.is_in(column.drop_null(), distinct.filter(plain)).cast(pa.float64())).as_py()
    if not (share > MOST or (share and pc.all(pc.or_(plain, known)).as_py())):
        return None
    if pc.all(numbers).as_py():
        if wide := wide_integers.of_texts(distinct):
            return f"'{wide}' is beyond 2^53, so float64 would round it"
        return f"'{distinct[0].as_py()}' is a number stored as text: store it as a number"
    marks = distinct.filter(pc.and_not(known, plain)).to_pylist()
    words = distinct.filter(pc.invert(pc.or_(plain, known))).to_pylist()
    styled = distinct.filter(pc.and_not(written, numbers)).to_pylist()
    if is_target:
        gap, other = "every row should have a number", "correct it"
    else:
        proposed = [*missing, *(text.strip() for text in marks)]
        gap, other = f"set {declared(proposed)}", "correct it, or mark it as a gap by load.missing"
        if len(words) <= FEW:
            both = declared([*proposed, *(text.strip() for text in words)])
            other = f"correct it, or set {both} if it marks a gap"
    styles = _styles(column, styled, decimal)
    return "; ".join([*_gaps(column, marks, gap), *styles, *_words(column, words, other)])


def without_gaps(column: pa.ChunkedArray, decimal: str = ".") -> pa.ChunkedArray:
    """Return a column of texts as float64 if gaps are all that keeps it from being one of numbers.

    Numbers that begin with a zero, such as 00501, may be codes, and stay text.

    Parameters
    ----------
    column : ChunkedArray of str
        Gaps are null.
    decimal : str
        The decimal sign.
    """
    if not 0 < column.null_count < len(column):
        return column
    distinct = pc.unique(column.drop_null())
    is_code = number_styles.matches(distinct, number_styles.CODE)
    if pc.any(is_code).as_py() or not pc.all(number_styles.is_number(distinct, decimal)).as_py():
        return column
    texts = number_styles.with_point(pc.utf8_trim_whitespace(column), decimal)
    return texts.cast(pa.float64())


def declared(texts: list[str]) -> str:
    """Return the line of params.yaml that declares texts as gaps.

    >>> declared(["N/A", "-"])
    "load.missing: [N/A, '-']"
    """
    return f"load.missing: [{', '.join(map(_in_yaml, texts))}]"


def _gaps(column: pa.ChunkedArray, marks: list[str], way_out: str) -> Iterator[str]:
    if marks:
        yield f"it holds {quoted(marks)} in {_rows(column, marks)}: {way_out}"


def _styles(column: pa.ChunkedArray, styled: list[str], decimal: str) -> Iterator[str]:
    first: dict[str, str] = {}
    for text in styled:
        first.setdefault(number_styles.style(text, decimal), text)
        if len(first) == SHOWN:
            break
    for style, text in first.items():
        row = pc.index(pc.equal(column, text), True).as_py()
        yield f"'{text}' in row {row} is written with {style}"


def _words(column: pa.ChunkedArray, words: list[str], way_out: str) -> Iterator[str]:
    if words:
        yield f"it holds other text in {_rows(column, words)} ('{words[0]}'): {way_out}"


def _rows(column: pa.ChunkedArray, texts: list[str]) -> str:
    """Return how many rows hold one of the texts, and the first."""
    is_one = pc.is_in(column, pa.array(texts))
    count = pc.sum(is_one).as_py()
    first = pc.index(is_one, True).as_py()
    return f"row {first}" if count == 1 else f"{counted(count, 'row')}, first in row {first}"


def _in_yaml(text: str) -> str:
    """Return a text as an item of a YAML list."""
    is_plain = re.fullmatch(r"[A-Za-z](?:[\w/. ]*[\w/.])?", text) and text.lower() not in AMBIGUOUS
    return text if is_plain else f"""'{text.replace("'", "''")}'"""
