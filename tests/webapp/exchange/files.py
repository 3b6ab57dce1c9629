"""Makers of files to import."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence

import xlsxwriter


def table(*rows: Sequence[str]) -> bytes:
    """A CSV as Excel would write it."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def workbook(*rows: Sequence[str]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell)
    book.close()
    return out.getvalue()


def archive(members: Mapping[str, bytes], *, gbk: bool = False) -> bytes:
    """A zip; with `gbk` its names are as Windows writes them in Chinese: in GBK, and nothing says so."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            entry = (_Gbk if gbk else zipfile.ZipInfo)(name)
            target.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


class _Gbk(zipfile.ZipInfo):
    """An entry whose name goes into the file in GBK, without the mark of UTF-8."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  # zipfile's own hook
        return self.filename.encode("gbk"), self.flag_bits & ~0x800
