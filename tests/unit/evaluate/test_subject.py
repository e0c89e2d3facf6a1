"""Figures say which rows they show."""

from mlp.evaluate import subject


def test_a_sample_is_said() -> None:
    assert subject.in_words(450, 450) == "450 test rows"
    assert subject.in_words(1000, 250_000) == "1000 of 250000 test rows"
