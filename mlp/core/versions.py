"""Compare the installed with the locked versions of the packages that can change a number."""

import re
from importlib import metadata

from mlp.core.errors import InputError

NUMERIC = (
    "numpy", "scipy", "scikit-learn", "pandas", "pyarrow", "onnx", "skl2onnx", "onnxruntime",
)  # fmt: skip


def installed() -> dict[str, str]:
    """Return the installed version of every numeric package."""
    try:
        return {name: metadata.version(name) for name in NUMERIC}
    except metadata.PackageNotFoundError as error:
        raise InputError(f"{error.name} is not installed; `make repro` installs it.") from None


def locked(lock: str) -> dict[str, str]:
    r"""Return the version of every package that the text of a requirements file pins.

    >>> locked("numpy==2.4.6 --hash=sha256:00\nruff==0.17.6\n")
    {'numpy': '2.4.6', 'ruff': '0.17.6'}
    """
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", lock, flags=re.MULTILINE))


def differences(given: dict[str, str], wanted: dict[str, str]) -> list[str]:
    """Return a sentence for every installed package whose version is not the locked one."""
    return [
        f"{name} {version} is installed, requirements.lock has {wanted.get(name, 'no version')}."
        for name, version in given.items()
        if wanted.get(name) != version
    ]
