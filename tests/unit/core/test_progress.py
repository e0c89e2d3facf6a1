"""The estimate of the time left counts only the work done since the start."""

import io

import pytest

from mlp.core import progress


def test_the_time_left_counts_only_work_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    # 10 take 10 s, so the other 40 take 40 s; the 50 done at the start do not count.
    times = iter([100.0, 110.0])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(times))
    log = io.StringIO()
    with progress.progress(100, log, done=50) as say:
        say(60, "60 of 100 fits done")
    assert log.getvalue() == "60 of 100 fits done; 60%, about 40 s left\n"


def test_a_log_has_no_line_before_anything_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "EVERY", -1.0)
    log = io.StringIO()
    with progress.progress(100, log, done=50) as say:
        say(50, "50 of 100 fits done")
    assert log.getvalue() == ""
