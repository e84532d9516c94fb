"""Runs programs whole and says what they cost."""
import dataclasses
import os
import statistics
import subprocess
import sys
import tempfile
import time


@dataclasses.dataclass
class Cost:
    cpu: float   # seconds of CPU, user and system, all threads
    wall: float  # seconds
    peak: float  # megabytes of memory at its most (ru_maxrss; this program's own size hides less)


def cost_of(command, cwd=None, good=(0,)):
    """What one run of a program costs. Its output goes to files, as to a disk."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.monotonic()
        process = subprocess.Popen([str(word) for word in command], cwd=cwd, stdin=subprocess.DEVNULL,
                                   stdout=out, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in good:
            err.seek(0)
            sys.exit(f'bench: {" ".join(map(str, command))}: exit {process.returncode}\n'
                     + err.read().decode(errors='replace')[-2000:])
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * 1024 / 1e6)


def interleaved(repetitions, **programs):
    """Runs each of the programs (functions that return a Cost) in turn, again and again, so that
    what else the machine does falls on all of them alike. Medians by name."""
    costs = {name: [] for name in programs}
    for _ in range(repetitions):
        for name, program in programs.items():
            costs[name].append(program())
    return {name: median(runs) for name, runs in costs.items()}


def median(costs):
    return Cost(*(statistics.median(getattr(cost, field.name) for cost in costs)
                  for field in dataclasses.fields(Cost)))


def output_of(command, cwd=None):
    return subprocess.run([str(word) for word in command], cwd=cwd, check=True,
                          stdout=subprocess.PIPE, stdin=subprocess.DEVNULL).stdout.decode()
