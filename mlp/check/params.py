"""The schema of the whole of params.yaml: which keys there are and what they may hold."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, create_model, field_validator, model_validator

from mlp.core import params_file
from mlp.core.params_file import OWN
from mlp.core.section import Section
from mlp.data.params import Load, Split
from mlp.evidence.params import Crossval
from mlp.gate import params as gate_params
from mlp.gate.params import Gate
from mlp.report.params import Report
from mlp.search.params import Search, check_task
from mlp.training.params import Linear, Network, check_keys

WINNER = "data/search/best.yaml"
TAKEN = ("data", "gate", "load", "majority", "networks", "report", "search", "split", "crossval")


def _is_a_name(name: str) -> str:
    """Refuse a name that dvc.yaml could not put into a command and a path as it is."""
    if not re.fullmatch("[a-z][a-z0-9_]*", name):
        raise ValueError("should name a network by small letters, digits and _, such as wide_2")
    if name in TAKEN:
        raise ValueError(f"should not name a network {name}, which means something else here")
    return name


Name = Annotated[str, AfterValidator(_is_a_name)]


class Params(Section):
    """The whole of params.yaml, but for the sections of the networks: see `schema`."""

    load: Load
    split: Split
    networks: dict[Name, Literal["params.yaml", "data/search/best.yaml"]]
    linear: Linear
    search: Search
    crossval: Crossval
    report: Report
    gate: Gate

    @field_validator("networks")
    @classmethod
    def _have_a_baseline(cls, networks: dict[str, str]) -> dict[str, str]:
        if networks.get("linear") != OWN:
            raise ValueError(f"should have linear: {OWN}, the baseline of the others")
        return networks

    @model_validator(mode="after")
    def _sections_agree(self) -> "Params":
        for way in ("group", "time"):
            if getattr(self.split, way) == self.load.target:
                raise ValueError(f"split.{way} should not be {self.load.target}, the target")
        for name, file in self.networks.items():
            if file == OWN:
                check_keys(name, getattr(self, name), self.load.task)
        check_task(self.search, self.load.task)
        gate_params.check_task(self.gate, self.load.task)
        if self.gate.model not in self.networks:
            names = ", ".join(self.networks)
            raise ValueError(f"gate.model is {self.gate.model}; it should be one of {names}")
        return self


def schema(content: Mapping[str, Any]) -> type[Params]:
    """Return the schema of a params.yaml, with a section for each network that it names.

    Parameters
    ----------
    content : mapping
        The content of the file. Its key ``networks`` need not be right: what is wrong with it is
        said when the content is held against the schema.
    """
    networks = content.get("networks")
    names = networks.items() if isinstance(networks, Mapping) else ()
    sections: dict[str, Any] = {
        name: (Network, ...)
        for name, file in names
        if file == OWN and isinstance(name, str) and name.isidentifier()
        if name not in Params.model_fields
    }
    return create_model("Params", __base__=Params, **sections)


def read(path: Path) -> Params:
    """Read params.yaml; raise InputError with a sentence for each wrong key."""
    content = params_file.parse(path)
    return params_file.validated(str(path), (), content, schema(content))
