"""Columns that a file to predict lacks."""

import pytest

from mlp.core.dataset import Columns
from mlp.core.errors import InputError
from mlp.predict.drift import Drift
from mlp.predict.wanted import Wanted

NAME = "Geb\u00fchr"


def lacking(names: list[str], encoding: str | None = None) -> str:
    wanted = Wanted(Columns("kind", [NAME], [], "none"), [])
    with pytest.raises(InputError) as raised:
        wanted.check("new.csv", names, Drift(), encoding)
    return str(raised.value)


def test_a_name_in_utf_8_that_is_read_in_another_encoding() -> None:
    misread = NAME.encode().decode("cp1252")
    assert lacking([misread], "cp1252") == (
        f"new.csv: there is no column '{NAME}', but '{misread}': the file is encoded as UTF-8; set "
        "load.encoding to utf-8."
    )


def test_another_name() -> None:
    found = f"new.csv: there is no column '{NAME}'; did you mean 'gebuhr'?"
    assert lacking(["gebuhr"], "cp1252") == lacking(["gebuhr"], "utf-8") == lacking(["gebuhr"])
    assert lacking(["gebuhr"]) == found


def test_nothing_is_lacking() -> None:
    drift = Drift()
    Wanted(Columns("kind", [NAME], [], "none"), []).check("new.csv", [NAME, "x"], drift)
    assert drift.extra == ["x"]
