"""Stand in for `python -m stages.NAME`: write each output as a digest of what the stage reads.

Like the real stages, `check` writes what depends on `networks` alone, `environment` only the numeric
packages, `load` only what its data depend on, and no result depends on the code or on the
environment's text. The file `same-winner`, where it exists, makes the search find the same winner
whatever its parameters. An output without a suffix is a folder.
"""

import hashlib
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

STAGE = os.environ["DVC_STAGE"]
ABOUT = {"data/schema.json", "metrics/data.json"}
LIKE = "mlp"  # a network that is not in stages.json has the stages of this one


def parsed(name: str) -> Any:
    return YAML(typ="safe", pure=True).load(Path(name))


def content(path: Path) -> list[bytes]:
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    return [file.read_bytes() for file in files if file.is_file()]


def reads(stage: dict[str, Any]) -> object:
    """Return all that the outputs of this stage depend on."""
    if STAGE == "environment":
        lock = Path("requirements.lock").read_text(encoding="utf-8")
        return re.findall(r"^(?:numpy|scipy|scikit-learn)==.*", lock, re.MULTILINE)
    values = {}
    params = stage["params"]
    if STAGE.startswith("train@"):
        network = STAGE.split("@")[1]
        params = {parsed("params.yaml")["networks"][network]: [network]}
    for name, keys in params.items():
        for key in keys:
            value = parsed(name)
            for part in key.split("."):
                value = value[part]
            values[key] = value
    files = stage["data"]
    if STAGE == "load":
        files = [values["load"]["source"]]
        values = {key: value for key, value in values["load"].items() if key != "image_shape"}
    if STAGE == "split":
        files = ["data/dataset.parquet"]
    return [content(Path(name)) for name in files], values


def check() -> None:
    """Write a constant, and the networks that take their arguments from the search."""
    networks = parsed("params.yaml")["networks"]
    searched = [name for name, file in networks.items() if file != "params.yaml"]
    Path("data/params.checked").write_text("constant", encoding="utf-8")
    Path("data/search.networks").write_text("\n".join(searched), encoding="utf-8")


def search(trials: str) -> None:
    digest = "same" if Path("same-winner").exists() else trials
    lines = [f"{name}: {digest}\n" for name in Path("data/search.networks").read_text().split()]
    Path("data/search").mkdir(parents=True, exist_ok=True)
    Path("data/search/best.yaml").write_text("".join(lines), encoding="utf-8")
    Path("data/search/trials.csv").write_text(f"{trials}\n", encoding="utf-8")


def declared() -> dict[str, Any]:
    text = Path(__file__).with_name("stages.json").read_text(encoding="utf-8")
    stages: dict[str, Any] = json.loads(text)
    if STAGE in stages:
        return dict(stages[STAGE])
    kind, name = STAGE.split("@")
    like = json.dumps(stages[f"{kind}@{LIKE}"]).replace(f"/{LIKE}", f"/{name}")
    like = like.replace(f'"{LIKE}"', f'"{name}"').replace(f"networks.{LIKE}", f"networks.{name}")
    return dict(json.loads(like))


def main() -> None:
    if STAGE == "check":
        Path("data").mkdir(exist_ok=True)
        return check()
    stage = declared()
    digest = hashlib.sha256(repr(reads(stage)).encode()).hexdigest()
    if STAGE == "search":
        return search(digest)
    for name in stage["outs"]:
        file = "model.onnx" if name.startswith("data/models/") else "stub.png"
        path = Path(name) if Path(name).suffix else Path(name, file)
        path.parent.mkdir(parents=True, exist_ok=True)
        # Both tell load.image_shape, which changes no row.
        about = parsed("params.yaml")["load"]["image_shape"] if name in ABOUT else ""
        path.write_text(f"{name} {digest} {about}\n", encoding="utf-8")
    return None


sys.exit(main())
