#!/usr/bin/env python3
"""Executes notebooks from top to bottom, as many side by side as there are processors, with one line of progress each.

Executed copies go to the folder --out, together with report.json: for each notebook its status, its seconds and those
of each cell. With --save the outputs are also written back into the notebooks, without anything that differs from run
to run. A cell is counted as the front ends number it: cell 3 is In [3].

Exit status: 0 when every cell ran, 1 when one failed, 130 when interrupted.
"""

import argparse
import json
import multiprocessing
import os
import pathlib
import signal
import sys
import time
import warnings
from multiprocessing.connection import wait

import nbformat
from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

CHECKS = "application/vnd.nabla.checks+json"


class Problem(Exception):
    """Why a notebook could not be executed to its end, in words for the reader."""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--timeout", type=int, default=120, help="seconds each cell may take (default 120)")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="folder for the executed copies")
    parser.add_argument("--save", action="store_true", help="also write the outputs back")
    parser.add_argument("notebooks", nargs="+", type=pathlib.Path)
    args = parser.parse_args()

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    args.out.mkdir(parents=True, exist_ok=True)
    failures = side_by_side(args)
    if failures:
        print(f"{failures} of {len(args.notebooks)} notebooks failed", flush=True)
    return 1 if failures else 0


def side_by_side(args):
    """Executes every notebook in a process of its own; reports in the order given. Returns how many failed."""
    width = max(len(path.stem) for path in args.notebooks)
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    waiting = list(args.notebooks)
    running = {}  # by the end of the pipe that will bring the result
    results = {}
    failures = 0
    try:
        for path in args.notebooks:
            print(f"{path.stem:{width}}  ", end="", flush=True)
            while path not in results:
                while waiting and len(running) < processors:
                    start(waiting.pop(0), args, running)
                for end in wait(list(running)):
                    done, process = running.pop(end)
                    results[done] = result(end, process)
            entry, line = results[path]
            report(args.out / "report.json", path.name, entry)
            print(line, flush=True)
            failures += "problem" in entry
    finally:  # when all is well, nothing is running any more
        for _, process in running.values():
            process.terminate()
        for _, process in running.values():
            process.join()
    return failures


def start(path, args, running):
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=work, args=(path, args, theirs))
    process.start()
    theirs.close()  # so that the pipe ends when the process does
    running[ours] = (path, process)


def result(end, process):
    """What a process found: the notebook's entry of the report, and its line of progress."""
    try:
        return end.recv()
    except EOFError:
        process.join()
        problem = f"its run: the process ended with status {process.exitcode}"
        return {"cells": [], "seconds": 0.0, "problem": problem}, f"FAILED in {problem}"
    finally:
        end.close()


def work(path, args, end):
    """Executes one notebook, in its own process. Ctrl-C reaches every process; the first one decides and tells the others."""
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        try:
            notebook = read(path)
        except Problem as problem:  # nothing to execute, and nothing to show
            end.send(({"cells": [], "seconds": 0.0, "problem": str(problem)}, f"FAILED in {problem}"))
            return
        entry = run(notebook, path, args.timeout, args.out / f"{path.stem}.log")
        line = summary(notebook, entry)
        nbformat.write(notebook, args.out / path.name)
        if args.save and "problem" not in entry:
            nbformat.write(stable(notebook), path)
        end.send((entry, line))
    except KeyboardInterrupt:
        sys.exit(130)


def read(path):
    """The notebook in a file; a Problem if it is none, for which the reader has exceptions of every kind."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what is mended on the way, such as missing ids
            notebook = nbformat.read(path, 4)
            nbformat.validate(notebook)
        return notebook
    except Exception as error:
        words = str(error).strip().splitlines() or [type(error).__name__]
        raise Problem(f"its file: {words[0][:300]}") from error


def run(notebook, path, timeout, log):
    """Executes the notebook and returns its entry of the report. What the kernel prints beside its answers goes to the log."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell in cells:  # what does not run shall not show old outputs
        cell.outputs, cell.execution_count = [], None
    entry = {"cells": []}
    start = time.monotonic()
    try:
        with log.open("w") as output:
            execute(notebook, path, timeout, output, entry["cells"])
    except DeadKernelError:
        entry["problem"] = f"cell {len(entry['cells'])}: the Java kernel ended{last_words(log)}"
    except (RuntimeError, NoSuchKernel, OSError) as error:  # it never answered, or is not there
        entry["problem"] = f"its start: {error}{last_words(log)}"
    except Problem as problem:
        entry["problem"] = str(problem)
    entry["seconds"] = round(time.monotonic() - start, 3)
    for cell in cells:
        cell.outputs = tidy(cell.outputs)
    return entry


def execute(notebook, path, timeout, log, seconds):
    """Fills in the outputs, and the seconds each code cell took."""
    client = NotebookClient(
        notebook,
        timeout=timeout,
        startup_timeout=60,
        record_timing=False,
        resources={"metadata": {"path": str(path.resolve().parent)}},
        kernel_name=notebook.metadata.get("kernelspec", {}).get("name", "java"),
        shutdown_kernel="immediate",
    )
    with client.setup_kernel(stdout=log, stderr=log):
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type == "code" and cell.source.strip():
                execute_cell(client, cell, index, seconds)


def execute_cell(client, cell, index, seconds):
    number = len(seconds) + 1
    start = time.monotonic()
    try:
        client.execute_cell(cell, index, execution_count=number)
    except CellExecutionError as error:
        raise Problem(f"cell {number}: {first_lines(error.ename, error.evalue)}") from error
    except CellTimeoutError as error:
        raise Problem(f"cell {number}: still running after {client.timeout} s, the limit for one cell; kernel killed") from error
    finally:
        seconds.append(round(time.monotonic() - start, 3))


def last_words(log, limit=4):
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-limit:]
    return "; the kernel said:\n    " + "\n    ".join(lines) if lines else ""


def first_lines(name, message, limit=6):
    lines = f"{name}: {message}".strip().splitlines()
    return "\n    ".join(lines[:limit] + (["..."] if len(lines) > limit else []))


def tidy(outputs):
    """One stream output where a kernel sent many, with carriage returns resolved as a terminal would."""
    merged = []
    for output in outputs:
        last = merged[-1] if merged else None
        if last and output.output_type == last.output_type == "stream" and output.name == last.name:
            last.text += output.text
        else:
            merged.append(output)
    for output in merged:
        if output.output_type == "stream":
            output.text = "\n".join(line.rstrip("\r").split("\r")[-1] for line in output.text.split("\n"))
    return merged


def records(notebook):
    """The records of what was checked, from all outputs."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if CHECKS in output.get("data", {}):
                yield output.data[CHECKS]


def summary(notebook, entry):
    checks = [check for record in records(notebook) for check in record["checks"] if is_check(record, check)]
    passed = sum(1 for check in checks if check["passed"])
    count = f"{passed} checks passed" if passed == len(checks) else f"{passed} of {len(checks)} checks passed"
    line = f"{entry['seconds']:6.1f} s  {len(entry['cells']):3d} cells  {count}"
    return f"{line}\n  FAILED in {entry['problem']}" if "problem" in entry else line


def is_check(record, line):
    """An exercise is the reader's to pass; the first line of a chain is proven by the next, and counts if it claims a row."""
    return record["kind"] != "exercise" and (line["verdict"] != "start" or bool(line["ids"]))


def report(path, name, entry):
    """Adds one notebook's entry to the report, in place of an older one."""
    entries = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    entries[name] = entry
    text = json.dumps(entries, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    whole = path.with_suffix(".new")  # an interruption leaves the old report or the new one, never half of one
    whole.write_text(text, encoding="utf-8")
    whole.replace(path)


def stable(notebook):
    """The same notebook without what differs from run to run, so that a diff shows only what changed."""
    for record in records(notebook):
        record.pop("seconds", None)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    notebook.metadata.get("language_info", {}).pop("version", None)
    return notebook


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("\ninterrupted", flush=True)
        sys.exit(130)
