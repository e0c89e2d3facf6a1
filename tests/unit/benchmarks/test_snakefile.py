"""A graph of DVC as a Snakefile: who waits for whom, and what makes a job run again."""

from pathlib import Path

import pytest
from project import ROOT, Project, environment

from benchmarks.snakefile import Stage, rule_name, snakefile, stages

CHECK = Stage("check", "python -m check", ("params.yaml",), (), {"checked": False}, constant=True)
LOAD = Stage("load", "python -m load", ("mlp/data", "checked"), ("load",), {"data/rows": False})
TRAIN = Stage(
    "train@mlp", "python -m train", ("data/rows",), ("mlp", "load.shape"), {"data/models/mlp": True}
)
REPORT = Stage("report", "echo {a}", ("data", "data/models/mlp/model.onnx"), (), {"page": False})


def test_the_whole_file() -> None:
    assert (
        snakefile([CHECK, LOAD, TRAIN, REPORT])
        == """\
configfile: "params.yaml"

rule all:
    input:
        "checked",
        "data/rows",
        "data/models/mlp",
        "page"

rule check:
    input:
        "params.yaml"
    output:
        "checked"
    priority:
        1
    threads:
        workflow.cores
    shell:
        "python -m check"

rule load:
    input:
        "mlp/data"
    output:
        "data/rows"
    params:
        config["load"]
    shell:
        "python -m load"

rule train_mlp:
    input:
        "data/rows"
    output:
        directory("data/models/mlp")
    params:
        config["mlp"],
        config["load"]["shape"]
    shell:
        "python -m train"

rule report:
    input:
        "data/rows",
        "data/models/mlp"
    output:
        "page"
    shell:
        "echo {{a}}"
"""
    )


def test_a_folder_is_not_mistaken_for_one_whose_name_begins_alike() -> None:
    other = Stage("other", "true", ("data/models/mlp2", "dat"), (), {"other": False})
    text = snakefile([TRAIN, other]).split("rule other:")[1]
    assert '"data/models/mlp2",\n        "dat"\n' in text


@pytest.mark.parametrize(("stage", "rule"), [("train@mlp", "train_mlp"), ("load", "load")])
def test_a_rule_is_named_like_its_stage(stage: str, rule: str) -> None:
    assert rule_name(stage) == rule


def test_stages_are_those_of_dvc_yaml_alone(tmp_path: Path) -> None:
    """Names resolved, sections told from whole params files, and no stage of a second dvc.yaml."""
    project = Project(tmp_path / "tiny", environment(DVC_SITE_CACHE_DIR=str(tmp_path / "site")))
    (project.path / "second").mkdir(parents=True)
    project.run("git", "init", "--quiet")
    project.run("dvc", "init", "--quiet")
    (project.path / "params.yaml").write_text("names: {a: params.yaml, b: out/best.yaml}\n")
    (project.path / "second/dvc.yaml").write_text("stages: {more: {cmd: 'true'}}\n")
    (project.path / "dvc.yaml").write_text("""\
stages:
  check:
    cmd: run check
    deps: [params.yaml]
    outs: [{checked: {meta: {decided_by: []}}}]
  search: {cmd: run search, deps: [checked], params: [names], outs: [out]}
  train:
    foreach: ${names}
    do:
      cmd: run ${key}
      deps: [code]
      params: [{"${item}": ["${key}"]}]
      outs: ["models/${key}"]
""")
    (project.path / "out").mkdir()
    assert stages(project.path) == [
        Stage("check", "run check", ("params.yaml",), (), {"checked": False}, constant=True),
        Stage("search", "run search", ("checked",), ("names",), {"out": True}),
        Stage("train@a", "run a", ("code",), ("a",), {"models/a": False}),
        Stage("train@b", "run b", ("code", "out/best.yaml"), (), {"models/b": False}),
    ]


def test_every_stage_of_the_project_has_a_rule() -> None:
    graph = stages(ROOT)
    text = snakefile(graph)
    assert [stage.name for stage in graph if stage.constant] == ["check"]
    assert len(graph) > 8
    for stage in graph:
        assert text.count(f"\nrule {rule_name(stage.name)}:\n") == 1
        for path in stage.outputs:
            assert f'"{path}"' in text
