"""docs/notebook.md and docs/notebook.es.md say the same, and what was measured."""

import re
from pathlib import Path

import pytest
from matplotlib.testing.compare import compare_images
from project import ROOT

from benchmarks import notebook, notebook_runs, record
from mlp.core import files
from mlp.evaluate.classification import hardest

PAGES = {
    language: (ROOT / path).read_text(encoding="utf-8") for language, path in notebook.PAGES.items()
}
ROWS = record.read("notebook")["measured"]["experiments"]


def test_both_languages_have_the_same_commands_figures_and_pictures() -> None:
    for pattern in (
        r"```.*?```",
        r"\d+(?:\.\d+)?",
        r"`[^`\n]+`(?=[ ,.;:)])",
        r"\]\((pictures/.+?)\)",
    ):
        english, spanish = (
            [
                found
                for found in re.findall(pattern, page, re.DOTALL)
                if found not in {"`not shown`", "`no se ve`"}
            ]
            for page in PAGES.values()
        )
        assert english == spanish
        assert english


@pytest.mark.parametrize("language", notebook.PAGES)
def test_the_table_is_what_was_measured(language: str) -> None:
    assert notebook.documented(PAGES[language], ROWS, language) == PAGES[language]


def test_every_parameter_of_the_notebook_was_changed() -> None:
    changed = {change.split("=")[0] for row in ROWS for change in row["change"]}
    assert changed >= {
        f"mlp.{name}"
        for name in (
            "alpha", "batch_size", "learning_rate", "learning_rate_init", "early_stopping",
            "hidden_layer_sizes", "activation",
        )
    }  # fmt: skip
    assert [row["change"] for row in ROWS] == [notebook_runs.MEND, *notebook_runs.CHANGES]


def test_the_report_says_what_the_page_quotes() -> None:
    details = [
        (ROOT / f"plots/{name}/details.json").read_text("utf-8") for name in ("mlp", "tuned")
    ]
    classes = files.read_csv(ROOT / "plots/tuned/classes.csv", ["class"])
    said = [*hardest.sentences(hardest.counted(classes)), *details]
    quoted = re.findall(r"^> (.+)$", PAGES["en"], re.MULTILINE)
    assert len(quoted) == 5
    assert all(any(sentence in text for text in said) for sentence in quoted)


@pytest.mark.slow
def test_the_pictures_are_of_the_committed_results(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    drawn = notebook.pictures()
    for name, png in drawn.items():
        path = tmp_path / f"{name}.png"
        path.write_bytes(png)
        assert compare_images(str(notebook.PICTURES / f"{name}.png"), str(path), tol=2.0) is None
    linked = re.findall(r"pictures/(.+?)\.png", PAGES["en"])
    assert sorted(linked) == sorted(drawn)
