"""Read a model file, which may come from elsewhere."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from mlp.core import task
from mlp.core.errors import InputError, counted
from mlp.model import saved
from mlp.model.network import Network
from mlp.predict import recorded
from mlp.predict.description import OfClassifier, OfRegressor

TEXTS = {"majority"}  # the metadata that are not JSON
TEXT, NUMBERS = "tensor(string)", {"tensor(double)", "tensor(float)"}


def load(path: Path) -> Network:
    """Read a model, and check that its content is what the stage train writes.

    Raises
    ------
    InputError
        If it is not, or the weights are not finite numbers.
    """
    model = saved.load(path, is_limited=True)
    recorded.check(model.derived)
    if fault := _metadata_fault(model) or _shape_fault(model):
        raise InputError(f"{path} should be an ONNX file that the stage train wrote: {fault}.")
    if not model.is_finite:
        raise InputError(
            f"{path}: the training diverged, and weights are not finite numbers; train it again, "
            "for example with a smaller learning_rate_init."
        )
    return model


def _metadata_fault(model: Network) -> str | None:
    found = model.session.get_modelmeta().custom_metadata_map
    schema = OfRegressor if "target_values" in found else OfClassifier
    known = schema.model_fields.keys() & found.keys()
    content = {key: found[key] if key in TEXTS else json.loads(found[key]) for key in known}
    try:
        schema.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        return f"its metadata {place} is wrong ({first['msg']})"
    return None


def _shape_fault(model: Network) -> str | None:
    """Return how inputs and outputs differ from those that the metadata promises."""
    widths = {"features": len(model.numbers), "texts": len(model.texts)}
    sides = {
        "inputs": (model.session.get_inputs(), {n: width for n, width in widths.items() if width}),
        "outputs": (
            model.session.get_outputs(),
            task.part("mlp.predict", model.task).widths(model),
        ),
    }
    for side, (nodes, wanted) in sides.items():
        if {node.name: _width(node) for node in nodes} != wanted:
            return f"its {side} should be {_told(wanted)}"
    return None


def _width(node: Any) -> int | None:
    """Return the columns of an input or output, None for a vector; -1 if it is neither."""
    kinds = {TEXT} if node.name in {"texts", "label"} else NUMBERS
    if node.type not in kinds or len(node.shape) not in {1, 2}:
        return -1
    return node.shape[1] if len(node.shape) == 2 else None  # noqa: PLR2004 - rows and columns


def _told(widths: Mapping[str, int | None]) -> str:
    return " and ".join(
        name if width is None else f"{name} of {counted(width, 'column')}"
        for name, width in widths.items()
    )
