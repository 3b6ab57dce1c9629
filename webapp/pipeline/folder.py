"""The output folder: ours alone, begun afresh by every run."""

from __future__ import annotations

import json
import shutil
from dataclasses import fields, is_dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from foundation.text import Text
from webapp.pipeline.values import CannotRun, Report

MARK = ".exemplar-pipeline"
REPORT = "report.json"
MARKS = "marks.csv"
DATA = "data"
_OURS = (REPORT, "casebook.docx", "standings.csv")


def prepare(out: Path) -> bool:
    """Make the folder, or clear an earlier run out of it; says whether there was one.

    Raises:
        CannotRun: it holds something that no pipeline has put there.
    """
    if out.is_file():
        raise CannotRun(f"{out} is a file; --out names a folder.")
    earlier = (out / MARK).exists()
    if out.exists() and not earlier and any(out.iterdir()):
        raise CannotRun(
            f"{out} is not empty and was not made by the pipeline: choose another folder for --out."
        )
    out.mkdir(parents=True, exist_ok=True)
    (out / MARK).write_text("Made by `exemplar pipeline`. A new run begins afresh.\n", encoding="utf-8")
    shutil.rmtree(out / DATA, ignore_errors=True)
    for name in _OURS:
        (out / name).unlink(missing_ok=True)
    return earlier


def write_report(out: Path, report: Report) -> Path:
    """The report for machines. Sentences are written in the language in use."""
    file = out / REPORT
    file.write_text(json.dumps(_plain(report), ensure_ascii=False, indent=1), encoding="utf-8")
    return file


def _plain(value: Any) -> Any:
    """Values as JSON knows them; a Text is the sentence it says."""
    if isinstance(value, Text):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
