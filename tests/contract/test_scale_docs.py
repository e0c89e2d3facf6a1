"""docs/scale.md states what was measured, and commands that the tests run."""

import re

from project import ROOT

from benchmarks import record

DOCS = (ROOT / "docs/scale.md").read_text(encoding="utf-8")
MEASURED = record.read("search")["tables"][0]["rows"]


def test_the_table_is_what_was_measured() -> None:
    table = DOCS.split("| what ")[1].split("\n\n")[0]
    told = re.findall(r"^\| (.+?) +\| (\S+) +\|$", table, re.MULTILINE)
    assert told == [(what, ratio) for what, ratio, _ in MEASURED]
    assert len(told) == 11


def test_a_remote_is_shared_by_the_commands_that_are_tested() -> None:
    tested = (ROOT / "tests/pipeline/test_sharing.py").read_text(encoding="utf-8")
    block = DOCS.split("## Share results")[1].split("\n## ")[0]
    commands = re.findall(r"^dvc (.+?) *(?:#.*)?$", block, re.MULTILINE)
    assert len(commands) == 6
    for command in commands:
        _, *words = [word for word in command.split() if "://" not in word or word.startswith("s3")]
        assert ", ".join(f'"{word}"' for word in words) in tested, command
