"""Pin the numeric kernels, so that equal inputs give equal bytes on every x86-64 machine.

Import this module before NumPy: OpenBLAS and NumPy choose their kernels while they load. By default
they choose by processor, and a trained weight then differs in its last bits from one machine to the
next. ``MLP_NUMERICS=native`` leaves the choice to them. Child processes inherit the pins through
the environment.

Source: https://github.com/OpenMathLib/OpenBLAS#setting-the-cpu-target-at-runtime and
https://numpy.org/doc/stable/reference/simd/build-options.html
"""

import ctypes
import os
import platform
import sys

THREAD_PINS = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
X86_64_PINS = {
    "OPENBLAS_CORETYPE": "Haswell",
    # Everything above the x86-64-v3 level. NumPy ignores names that its release does not know.
    "NPY_DISABLE_CPU_FEATURES": "X86_V4 AVX512_ICL AVX512_SPR",
}
TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3  # parameters in malloc.h


def pins(machine: str, mode: str) -> dict[str, str]:
    """Return the environment variables that fix the numeric kernels.

    Parameters
    ----------
    machine : str
        The processor architecture, as in ``platform.machine()``.
    mode : str
        ``pinned``, or ``native`` for no pins.
    """
    if mode == "native":
        return {}
    is_x86_64 = machine.lower() in {"x86_64", "amd64"}
    return {**THREAD_PINS, **X86_64_PINS} if is_x86_64 else dict(THREAD_PINS)


def are_exact() -> bool:
    """Return whether results here are those of every other machine to the last byte."""
    return X86_64_PINS.items() <= pins(platform.machine(), MODE).items()


MODE = os.environ.get("MLP_NUMERICS") or "pinned"
if MODE not in {"pinned", "native"}:
    sys.exit(f"error: MLP_NUMERICS is '{MODE}'; it should be pinned or native.")
_wanted = pins(platform.machine(), MODE)
_in_time = "numpy" not in sys.modules
HELD = {name: pin for name, pin in _wanted.items() if _in_time or os.environ.get(name) == pin}
"""The pins in effect in this process: all of them, unless NumPy was imported before."""
os.environ.update(_wanted)


def dask_setup(_worker: object) -> None:
    """Let a Dask worker keep the memory that it frees; ``dask worker --preload`` calls this.

    Dask makes glibc return it at once, and a worker is prepared before its first fit.
    """
    keep_memory()


def keep_memory() -> None:
    """Let this process keep the memory that it frees, in arrays of up to 32 MB.

    A network makes and frees arrays of the size of its weights at every step. glibc returns those
    above 128 kB to the system, and a wide network would spend half of its time on asking for them.

    Source: https://www.gnu.org/software/libc/manual/html_node/Malloc-Tunable-Parameters.html
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt:  # only glibc has it
        mallopt(TRIM_THRESHOLD, 2**28)
        mallopt(MMAP_THRESHOLD, 2**25)
