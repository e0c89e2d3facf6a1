"""Arguments, errors and exit codes; versions; numeric pins."""

import os
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import project
import pytest
from project import ROOT, environment

from mlp.core import numerics, stage, versions
from mlp.core.errors import InputError


def test_entry(tmp_path: Path) -> None:
    out = tmp_path / "new" / "folder" / "b"
    inside = tmp_path / "folder of outputs"

    @stage.entry("doc", ["a"], ["b", "c/"], ["word"])
    def main(args: Namespace) -> None:
        assert (args.a, args.word) == (Path("x"), "w")
        args.b.write_text("of b", encoding="utf-8")
        (args.c / "d").write_text("of d", encoding="utf-8")
        assert not out.exists()
        assert not inside.exists()

    main(["--a", "x", "--b", str(out), "--c", str(inside), "--word", "w"])
    assert out.read_text(encoding="utf-8") == "of b"
    assert (inside / "d").read_text(encoding="utf-8") == "of d"


def test_every_argument_is_required(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        stage.entry("doc", ["a"], ["b"])(lambda _: None)([])
    assert caught.value.code == 2
    assert "--a, --b" in capsys.readouterr().err


def refuse() -> None:
    raise InputError("one.", "two.")


def lack() -> None:
    Path("nowhere").read_text(encoding="utf-8")


def interrupt() -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("main", "code"),
    [
        (lambda: None, 0),
        (refuse, 1),
        (lack, "error: nowhere: No such file or directory."),
        (interrupt, 130),
    ],
)
def test_exit_codes(main: object, code: object) -> None:
    with pytest.raises(SystemExit) as caught:
        stage.run(main)  # type: ignore[arg-type] # each is a function
    assert caught.value.code == code


def test_a_refusal_says_what_to_paste(capsys: pytest.CaptureFixture[str]) -> None:
    def main() -> None:
        raise InputError("gaps; set load.impute to median or mean.", "two.")

    with pytest.raises(SystemExit):
        stage.run(main)
    said = capsys.readouterr()
    assert said.err == "error: gaps; set load.impute to median or mean.\nerror: two.\n"
    assert said.out == "try: dvc exp run -S load.impute=median\n"
    with pytest.raises(SystemExit):
        stage.run(refuse)
    assert capsys.readouterr().out == ""


STAGES = [path.stem for path in sorted(ROOT.glob("stages/[!_]*.py"))]


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_has_help(stage: str) -> None:
    done = project.stage(ROOT, stage, "--help")
    assert done.returncode == 0
    for word in ("Reads:", "Writes:", "Params:", "usage:"):
        assert word in done.stdout


def test_check_loads_nothing_heavy() -> None:
    script = (
        "import sys, stages.check\n"
        "print(*sorted({'numpy', 'sklearn', 'pandas', 'scipy'} & set(sys.modules)))"
    )
    argv = [sys.executable, "-c", script]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_pins() -> None:
    assert numerics.pins("x86_64", "pinned")["OPENBLAS_CORETYPE"] == "Haswell"
    assert numerics.pins("AMD64", "pinned") == numerics.pins("x86_64", "pinned")
    assert numerics.pins("arm64", "pinned") == {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    assert numerics.pins("x86_64", "native") == {}


def test_pins_win_over_the_users_environment() -> None:
    script = "import stages, os; print(os.environ['OMP_NUM_THREADS'])"
    argv = [sys.executable, "-c", script]
    for mode, threads in (("pinned", "1"), ("native", "7")):
        env = environment(OMP_NUM_THREADS="7", MLP_NUMERICS=mode)
        done = subprocess.run(argv, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == threads


def test_another_mode_is_refused() -> None:
    argv = [sys.executable, "-m", "stages.check"]
    env = environment(MLP_NUMERICS="Native")
    done = subprocess.run(argv, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "error: MLP_NUMERICS is 'Native'; it should be pinned or native.\n"


def test_numpy_is_pinned_before_it_loads() -> None:
    script = (
        "import sys, stages; assert 'numpy' not in sys.modules\n"
        "import numpy; print(numpy.show_config('dicts')['SIMD Extensions'].get('found', []))"
    )
    argv = [sys.executable, "-c", script]
    env = environment(NPY_DISABLE_CPU_FEATURES="")
    done = subprocess.run(argv, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert "AVX512" not in done.stdout
    assert "X86_V4" not in done.stdout


def test_versions_that_differ_are_said() -> None:
    given = {"numpy": "2.4.6", "scipy": "1.17.1", "onnx": "1.23"}
    wanted = {"numpy": "2.4.6", "scipy": "1.17.0"}
    assert versions.differences(given, wanted) == [
        "scipy 1.17.1 is installed, requirements.lock has 1.17.0.",
        "onnx 1.23 is installed, requirements.lock has no version.",
    ]


def test_every_numeric_package_is_installed() -> None:
    assert set(versions.installed()) == set(versions.NUMERIC)
    assert os.sep not in "".join(versions.installed().values())
