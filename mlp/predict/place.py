"""Find the file of a model."""

from pathlib import Path

from mlp.core import params_file
from mlp.core.errors import InputError
from mlp.history import as_recorded
from mlp.history.snapshot import PARAMS


def of(here: Path, name: str | None) -> Path:
    """Return the path of a model: an ONNX file, or that of a network of the current folder.

    Parameters
    ----------
    here : Path
        The folder that a file's path starts from.
    name : str or None
        A file that ends in .onnx, or a network; None takes the one of gate.model.

    Raises
    ------
    InputError
        If there is no such network or file.
    """
    path = here / name if name and name.endswith(".onnx") else _of_network(name)
    if not path.is_file():
        raise InputError(f"{path} is missing; `dvc repro` makes it, and `dvc pull` fetches it.")
    return path


def _of_network(name: str | None) -> Path:
    params = params_file.parse(Path(PARAMS))
    networks, gate = params.get("networks"), params.get("gate")
    if not isinstance(networks, dict) or not isinstance(gate, dict):
        raise InputError(f"{PARAMS} should have the sections networks and gate.")
    network = gate.get("model") if name is None else name
    if network not in networks:
        known = [str(known) for known in networks]
        guess = params_file.guess(network, known)
        raise InputError(f"'{network}' is not a network of {PARAMS} or an ONNX file{guess}")
    return Path(as_recorded.MODEL.format(network))
