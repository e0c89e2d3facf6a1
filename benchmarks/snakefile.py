"""Write the graph of dvc.yaml as a Snakefile that runs the same commands for the same reasons.

A job depends on the files and folders of its stage, and on the stage's sections of params.yaml by
value (Snakemake's trigger ``params``). An output with ``meta: {decided_by: ...}`` hardly ever
changes and is no input here: Snakemake would rerun everything behind it at each edit, and with
``ancient`` it misses what else changed. Its job runs first and alone instead, as in DVC, by
priority and threads.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dvc.dependency import ParamsDependency
from dvc.repo import Repo
from dvc.stage import PipelineStage

PARAMS = "params.yaml"
FIRST = {"priority": ["1"], "threads": ["workflow.cores"]}


@dataclass(frozen=True)
class Stage:
    """A stage with its names resolved.

    Attributes
    ----------
    inputs : tuple of str
        Files and folders, and params files that another stage writes.
    keys : tuple of str
        Dotted keys of params.yaml.
    outputs : mapping of str to bool
        Whether each output is a folder.
    constant : bool
        Whether its output never changes.
    """

    name: str
    cmd: str
    inputs: tuple[str, ...]
    keys: tuple[str, ...]
    outputs: Mapping[str, bool]
    constant: bool = False


def stages(folder: Path) -> list[Stage]:
    """Return the stages of a project's dvc.yaml, whose outputs are there."""
    with Repo(str(folder)) as repo:
        resolved = [stage for stage in repo.index.stages if stage.path_in_repo == "dvc.yaml"]
        return [_stage(stage, folder) for stage in resolved]


def _stage(stage: PipelineStage, folder: Path) -> Stage:
    inputs, keys = [], []
    for dependency in stage.deps:
        path = dependency.def_path
        if isinstance(dependency, ParamsDependency) and path == PARAMS and dependency.params:
            keys += dependency.params
        else:
            inputs.append(path)
    outputs = {out.def_path: (folder / out.def_path).is_dir() for out in stage.outs}
    constant = any("decided_by" in (out.annot.meta or {}) for out in stage.outs)
    return Stage(
        stage.name, stage.cmd, tuple(inputs), tuple(keys), dict(outputs), constant=constant
    )


def snakefile(graph: Sequence[Stage]) -> str:
    """Return the text of a Snakefile with a rule for each stage."""
    outputs = [path for stage in graph for path in stage.outputs]
    constant = {path for stage in graph if stage.constant for path in stage.outputs}
    blocks = [f"configfile: {json.dumps(PARAMS)}\n", _block("all", {"input": _quoted(outputs)})]
    for stage in graph:
        sources = (path for name in stage.inputs for path in _sources(name, outputs))
        inputs = [path for path in dict.fromkeys(sources) if path not in constant]
        blocks.append(_block(rule_name(stage.name), _sections(stage, inputs)))
    return "\n".join(blocks)


def rule_name(stage: str) -> str:
    """Return the name of a stage's rule, an identifier: ``train_mlp`` for ``train@mlp``."""
    return re.sub(r"\W", "_", stage)


def _sources(path: str, outputs: Sequence[str]) -> list[str]:
    """Return the outputs that an input holds or is part of, or the input where it is a source."""
    below = [output for output in outputs if f"{output}/".startswith(f"{path}/")]
    above = [output for output in outputs if path.startswith(f"{output}/")]
    return below or above or [path]


def _sections(stage: Stage, inputs: Sequence[str]) -> dict[str, list[str]]:
    written = [
        f"directory({text})" if is_folder else text
        for text, is_folder in zip(_quoted(stage.outputs), stage.outputs.values(), strict=True)
    ]
    values = ["config" + "".join(f"[{part}]" for part in _quoted(k.split("."))) for k in stage.keys]
    command = stage.cmd.replace("{", "{{").replace("}", "}}")
    return {
        "input": _quoted(inputs),
        "output": written,
        "params": values,
        **(FIRST if stage.constant else {}),
        "shell": _quoted([command]),
    }


def _block(rule: str, sections: Mapping[str, Sequence[str]]) -> str:
    lines = [f"rule {rule}:"]
    for name, items in sections.items():
        if items:
            lines += [f"    {name}:", ",\n".join(f"        {item}" for item in items)]
    return "\n".join(lines) + "\n"


def _quoted(texts: Iterable[str]) -> list[str]:
    return [json.dumps(text) for text in texts]
