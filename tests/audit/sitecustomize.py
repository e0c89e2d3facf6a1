"""Write down every file that a stage opens. Python imports this module when it starts."""

import os
import sys

if "DVC_STAGE" in os.environ:
    log = os.open(os.environ["AUDIT_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def write_down(event: str, args: tuple[object, ...]) -> None:
        if event == "open" and isinstance(args[0], str | bytes | os.PathLike):
            path = os.path.realpath(os.fsdecode(args[0]))
            os.write(log, f"{os.environ['DVC_STAGE']}\t{path}\n".encode())

    sys.addaudithook(write_down)
