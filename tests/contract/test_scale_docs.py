"""docs/scale.md states what was measured, and commands that the tests run."""

import re

from project import ROOT

DOCS = (ROOT / "docs/scale.md").read_text(encoding="utf-8")
MEASURED = (ROOT / "benchmarks/results/search.txt").read_text(encoding="utf-8")


def test_the_table_is_what_was_measured() -> None:
    measured = re.findall(r"^(.+): (\S+) \(at most \S+\)$", MEASURED, re.MULTILINE)
    table = DOCS.split("| what ")[1].split("\n\n")[0]
    told = re.findall(r"^\| (.+?) +\| (\S+) +\|$", table, re.MULTILINE)
    assert told == measured
    assert len(told) == MEASURED.count("\n") == 11


def test_a_remote_is_shared_by_the_commands_that_are_tested() -> None:
    tested = (ROOT / "tests/pipeline/test_sharing.py").read_text(encoding="utf-8")
    block = DOCS.split("## Share results")[1]
    commands = re.findall(r"^(dvc .+?) *(?:#.*)?$", block, re.MULTILINE)
    assert len(commands) == 5
    for command in commands:
        words = [word for word in command.split() if "://" not in word or word.startswith("s3")]
        assert ", ".join(f'"{word}"' for word in words) in tested, command
