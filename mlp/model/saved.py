"""Read a network back from its ONNX file."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import onnxruntime

from mlp.core import disk
from mlp.core.derived import Derived
from mlp.core.errors import InputError
from mlp.model import graph
from mlp.model.network import Classifier, Network, Regressor
from mlp.model.session import session_of


def load(path: Path, *, is_limited: bool = False) -> Network:
    """Read a model.

    Parameters
    ----------
    path : Path
    is_limited : bool
        See `mlp.model.session.session_of`.

    Raises
    ------
    InputError
        If the file is not an ONNX file of this project.
    """
    content = disk.read_bytes(path) if path.stat().st_size <= graph.LARGEST else b""
    try:
        is_finite = graph.are_finite(graph.parsed(content))
        session = session_of(content, is_limited=is_limited)
        metadata = session.get_modelmeta().custom_metadata_map
        return _of(session, metadata, len(content), is_finite=is_finite)
    except Exception as error:  # noqa: BLE001 - onnxruntime's exceptions share no base class
        reason = " ".join(str(error).split())
        raise InputError(
            f"{path} should be an ONNX file that the stage train wrote: {reason}"
        ) from None


def _of(
    session: onnxruntime.InferenceSession,
    metadata: Mapping[str, str],
    size: int,
    *,
    is_finite: bool,
) -> Network:
    columns = json.loads(metadata["columns"])
    common: dict[str, Any] = {
        "session": session,
        "converged": json.loads(metadata["converged"]),
        "diverged": json.loads(metadata["diverged"]),
        "parameters": json.loads(metadata["parameters"]),
        "size": size,
        "warnings": json.loads(metadata["warnings"]),
        "target": columns["target"],
        "impute": columns["impute"],
        "numbers": columns["numbers"],
        "texts": columns["texts"],
        "max_categories": columns.get("max_categories"),
        "derived": Derived(**columns.get("derived", {})),
        "missing": columns.get("missing", []),
        "training": json.loads(metadata["training"]),
        "is_finite": is_finite,
    }
    if "target_values" in metadata:
        return Regressor(target_values=json.loads(metadata["target_values"]), **common)
    classes = json.loads(metadata["classes"])
    return Classifier(classes=classes, majority=metadata["majority"], **common)
