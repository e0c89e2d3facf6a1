"""A model's file that records impossible features is refused in words."""

from typing import Any

import pytest

from mlp.core.derived import Derived
from mlp.core.errors import InputError
from mlp.predict import recorded


def test_what_params_can_declare_is_taken() -> None:
    recorded.check(Derived())
    recorded.check(Derived({"size": ["a", "b"]}, {"sold": ["year"]}, {"sold": "%d/%m/%Y"}))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ({"dates": {"sold": ["yeer"]}}, 'the model\'s file: derived.dates.sold[0] is "yeer"; it should be '),
        ({"dates": 3}, "the model's file: derived.dates is 3; it should be a section of keys and values."),
        ({"date_formats": {"sold": "%Q"}}, 'the model\'s file: derived.date_formats.sold is "%Q"; it should not hold %Q'),
        ({"order": {"size": [1, 2]}}, "the model's file: derived.order.size[0] is 1; it should be a valid string."),
    ],
)  # fmt: skip
def test_what_they_cannot_is_refused(content: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        recorded.check(Derived(**content))
    assert str(caught.value).startswith(sentence)
