"""Make a session of ONNX Runtime."""

from functools import cache

import onnxruntime
import psutil

FATAL = 4  # level of the log, which would write to stderr what the exceptions say
AS_REQUESTED = 1  # an arena grows by what is asked for, not to the next power of two


def session_of(content: bytes, *, is_limited: bool = False) -> onnxruntime.InferenceSession:
    """Return a session on one thread, so that no number depends on the number of cores.

    Parameters
    ----------
    content : bytes
        An ONNX file.
    is_limited : bool
        Whether a matrix that does not fit into memory is an error of onnxruntime, not the end of
        the process. All such sessions share a limit.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = FATAL
    if is_limited:
        _limit_memory()
        options.add_session_config_entry("session.use_env_allocators", "1")
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])


@cache
def _limit_memory() -> None:
    """Limit the memory of sessions that use this process's allocator to what is free now."""
    kind = onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR
    place = onnxruntime.OrtMemoryInfo("Cpu", kind, 0, onnxruntime.OrtMemType.DEFAULT)
    free = psutil.virtual_memory().available
    arena = onnxruntime.OrtArenaCfg({"max_mem": free, "arena_extend_strategy": AS_REQUESTED})
    onnxruntime.create_and_register_allocator(place, arena)
