"""Commands that set what a sentence says to set."""

import re

import pytest
from project import ROOT

from mlp.core import remedy
from mlp.explain import keys


@pytest.mark.parametrize(
    ("sentence", "changes"),
    [
        ("1 gap; set load.impute to median, mean or most_frequent.", "-S load.impute=median"),
        ("Set load.categories to onehot, or add it to load.drop.", "-S load.categories=onehot"),
        ("set load.encoding, for example to latin-1", "-S load.encoding=latin-1"),
        ("a decimal comma: set load.decimal to a comma", "-S 'load.decimal=\",\"'"),
        ("a decimal point: set load.decimal to a point", "-S 'load.decimal=\".\"'"),
        (
            'params.yaml: mlp.solver is "Adam"; it should be x; did you mean adam?',
            "-S mlp.solver=adam",
        ),
        (
            'params.yaml: load.drop is "a"; it should be y; did you mean ["a"]?',
            "-S 'load.drop=[\"a\"]'",
        ),
        (
            "params.yaml: search.scoring is x, which does not (load.task); try r2 or x",
            "-S search.scoring=r2",
        ),
        ("set load.max_categories, for example to 20.", "-S load.max_categories=20"),
    ],
)
def test_a_sentence_gives_a_command(sentence: str, changes: str) -> None:
    assert remedy.command([sentence]) == f"dvc exp run {changes}"


def test_several_sentences_give_one_command() -> None:
    sentences = ["Set load.task to regression.", "set load.impute to mean", "Set load.task to x"]
    assert remedy.command(sentences) == "dvc exp run -S load.task=regression -S load.impute=mean"
    assert remedy.command(["set load.dates to {sold: [year]}", "Remove it."]) is None
    unknown = "params.yaml: mlp.alhpa is not a known key; did you mean alpha?"
    assert remedy.command([unknown]) is None


def test_every_key_that_a_sentence_says_to_set_exists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    code = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("mlp/**/*.py"))
    joined = re.sub(r'"\n *f?"', "", code)
    named = {key for key, _ in remedy.SET.findall(joined)}
    assert {"load.impute", "load.categories", "load.task"} <= named
    for key in named:
        keys.check(key)
