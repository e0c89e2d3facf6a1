"""Lock files for tests, of stages like those of the project."""

from typing import Any


def entry(deps: str = "", params: Any = None, outs: str = "", cmd: str = "run") -> dict[str, Any]:
    """Return an entry of a lock file; a file is written name:hash."""

    def files(text: str) -> list[dict[str, str]]:
        pairs = (word.split(":") for word in text.split())
        return [{"path": path, "md5": md5, "hash": "md5"} for path, md5 in pairs]

    content: dict[str, Any] = {"cmd": cmd, "deps": files(deps), "outs": files(outs)}
    return content | ({"params": {"params.yaml": params}} if params else {})


def content(
    seed: int = 0, alpha: float = 0.1, code: str = "c1", names: str = "n1", core: str = "k1.dir"
) -> dict[str, Any]:
    """Return a lock file.

    check reads all parameters and all code. train reads what split writes and a folder of code, and
    evaluate a file in the folder that train writes. Report reads the folder of all metrics.
    """
    model = f"m{seed}{alpha}"
    return {
        "schema": "2.0",
        "stages": {
            "check": entry(f"params.yaml:{seed}{alpha} mlp:{core}", None, f"ok:0 names:{names}"),
            "evaluate": entry(f"model/onnx:{model}", None, f"metrics/mlp:s{seed}{alpha}"),
            "report": entry(f"metrics:{seed}{alpha}", None, f"page:{seed}{alpha}"),
            "search": entry(f"names:{names}", None, f"best:b{names}"),
            "split": entry(f"ok:0 split.py:{code}", {"split": {"seed": seed}}, f"train:t{seed}"),
            "train@mlp": entry(
                f"train:t{seed} mlp/core:{core}", {"mlp.alpha": alpha}, f"model:{model}"
            ),
        },
    }
