"""What every program that makes a file of a report has in common: no network, hard limits, and plain last words.

Progress and failures go to stderr, one "kind: text" a line; the parent makes the sentence.
"""

import ctypes
import gc
import os
import resource
import signal
import sys
from collections.abc import Callable

from reporting.pdf import Limits, Reason, RenderFailed, reason_of

SECONDS_TO_DIE = 5
PR_SET_PDEATHSIG = 1


def main(arguments: list[str], make: Callable[[str, list[str]], bytes]) -> int:
    """Read text from stdin, make a file of it and write it to stdout.

    Arguments: memory in bytes, CPU seconds, the parent, and those of the program itself.
    """
    usual = Limits()
    memory, cpu, parent = arguments[:3] or (usual.memory_bytes, usual.cpu_seconds, os.getppid())
    _die_with_parent(int(parent))
    _limit_self(int(memory), int(cpu))
    gc.disable()  # this process soon ends: looking for rubbish costs a fifth of the time and saves 5% of the memory
    try:
        sys.stdout.buffer.write(make(sys.stdin.buffer.read().decode(), arguments[3:]))
        sys.stdout.buffer.flush()
    except (MemoryError, SystemError):  # compiled code that finds no memory raises either
        return _fail(Reason.MEMORY)
    except RecursionError:
        return _fail(Reason.NESTING)
    except OSError as error:
        return _fail(reason_of(error), str(error))
    except RenderFailed as failed:
        if failed.section:
            say("section", failed)
        return _fail(failed.reason, failed.detail)
    return 0


def leave(status: int) -> None:
    """End at once: giving back half a gigabyte piece by piece takes longer than making a page."""
    sys.stdout.flush()
    os._exit(status)


def _fail(reason: Reason, detail: str = "") -> int:
    """Say why on stderr; the parent makes the sentence."""
    if detail:
        say("detail", detail)
    say("failed", reason)
    return 1


def say(kind: str, text: object) -> None:
    """Send the parent one line."""
    sys.stderr.write(f"{kind}: {str(text).replace(chr(10), ' ')}\n")
    sys.stderr.flush()


def _die_with_parent(parent: int) -> None:
    """Ask Linux to kill this process when the worker that wants the report is killed: nobody would read the PDF."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before the line above
        sys.exit(1)


def _limit_self(memory: int, cpu: int) -> None:
    """Set hard limits before anything of the page is read."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + SECONDS_TO_DIE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def refuse_network(event: str, _arguments: object) -> None:
    """Refuse connections and programs, whatever a library tries: the fetcher below should never let it come to this."""
    if event in {"socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"}:
        message = f"{event} is not allowed while a report is made"
        raise PermissionError(message)
