"""The schema of the whole of params.yaml: which keys there are and what they may hold."""

from pydantic import model_validator

from mlp.core.section import Section
from mlp.data.params import Load, Split
from mlp.evidence.params import Crossval
from mlp.gate.params import Gate
from mlp.report.params import Report
from mlp.search.params import Search
from mlp.training.params import Linear, Network


class Params(Section):
    """The whole of params.yaml."""

    load: Load
    split: Split
    linear: Linear
    mlp: Network
    search: Search
    crossval: Crossval
    report: Report
    gate: Gate

    @model_validator(mode="after")
    def _the_target_is_no_key_of_the_split(self) -> "Params":
        for way in ("group", "time"):
            if getattr(self.split, way) == self.load.target:
                raise ValueError(f"split.{way} should not be {self.load.target}, the target")
        return self
