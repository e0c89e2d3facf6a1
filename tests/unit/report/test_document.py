"""One document as text, Markdown and HTML; any text is shown as it is."""

from pathlib import Path

import pytest
from project import ROOT

from mlp.report.document import (
    Document,
    Heading,
    Paragraph,
    Picture,
    Table,
    to_html,
    to_markdown,
    to_text,
)

HOSTILE = "<script>|`*_[x](y)"
DOCUMENT = Document(
    "A title",
    [
        Heading("mlp"),
        Paragraph("Some words."),
        Table(["class", "rows"], [["7", "48"], [HOSTILE, "2"]]),
        Table(["never", "shown"], []),
        Picture(b"png", f"What {HOSTILE} shows"),
    ],
)


def test_text() -> None:
    assert to_text(DOCUMENT) == (
        "A title\n\n"
        "mlp\n---\n\n"
        "Some words.\n\n"
        "class                 rows\n"
        "------------------  ------\n"
        "7                       48\n"
        "<script>|`*_[x](y)       2\n"
    )


def test_markdown_shows_any_label_as_it_is() -> None:
    text = to_markdown(DOCUMENT)
    assert text.startswith("## A title\n\n### mlp\n\nSome words.\n\n| class ")
    assert r"| \<script\>\|\`\*\_\[x\](y) |" in text
    assert "<script>" not in text
    assert "never" not in text


def test_html_is_one_file_and_escapes() -> None:
    page = to_html(DOCUMENT)
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert 'src="data:image/png;base64,cG5n"' in page
    assert "http" not in page
    assert "never" not in page
    assert page.count("<h1>") == 1


def test_pictures_stand_side_by_side_unless_they_are_wide() -> None:
    small, wide = Picture(b"png", "small"), Picture(b"png", "wide", wide=True)
    page = to_html(Document("t", [small, small, wide, wide, Paragraph("p"), small]))
    rows = [part.split("</div>")[0] for part in page.split('<div class="row">')[1:]]
    assert [row.count("<figure") for row in rows] == [2, 1]
    assert page.count("<figure") == 5


def test_the_report_has_the_same_styles() -> None:
    folder = ROOT / "mlp/report"
    for name in ("page.html.j2", "document.html.j2"):
        text = (folder / name).read_text(encoding="utf-8")
        assert text.startswith('{% extends "base.html.j2" %}')
        assert "<style" not in text
    assert (folder / "base.html.j2").read_text(encoding="utf-8").count("<style>") == 1


def test_a_long_last_column_is_wrapped_to_the_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    words = "word " * 40
    table = Table(["rule", "reason"], [["accuracy", words.strip()]], left=2)
    lines = to_text(Document("t", [table, Paragraph(words)])).splitlines()
    assert max(len(line) for line in lines) <= 60
    assert " ".join(lines).count("word") == 80


def test_labels_in_right_to_left_script_and_emoji_survive(tmp_path: Path) -> None:
    document = Document("שלום 🙂", [Table(["class"], [["العربية"]])])
    for draw in (to_text, to_markdown):
        (tmp_path / "file").write_text(draw(document), encoding="utf-8")
        assert "العربية" in (tmp_path / "file").read_text(encoding="utf-8")
