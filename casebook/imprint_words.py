"""The fixed words of title page, copyright page and covers, in the book's language."""

from dataclasses import dataclass

from casebook.book import Language


@dataclass(frozen=True, slots=True)
class ImprintWords:
    """Patterns take `{}`. `internal` and what follows belong to internal material."""

    cip_head: str
    cip_number: str
    copyright_page: str
    internal_page: str
    title: str
    compiler: str
    publisher: str
    address: str
    printer: str
    distributor: str
    size: str
    sheets: str
    sheets_value: str
    characters: str
    characters_value: str
    edition: str
    printing: str
    print_run: str
    isbn: str
    price: str
    hotline: str
    internal: str
    permit: str
    issuer: str
    audience: str
    printed_on: str
    compiled: str
    year: str
    board: str
    colon: str
    sheet: str


CHINESE = ImprintWords(
    cip_head="图书在版编目（CIP）数据",
    cip_number="中国国家版本馆CIP数据核字{}号",
    copyright_page="版本记录",
    internal_page="编印信息",
    title="书　　名",
    compiler="编　　者",
    publisher="出　　版",
    address="地　　址",
    printer="印　　刷",
    distributor="发　　行",
    size="开　　本",
    sheets="印　　张",
    sheets_value="{}",
    characters="字　　数",
    characters_value="{}千字",
    edition="版　　次",
    printing="印　　次",
    print_run="印　　数",
    isbn="书　　号",
    price="定　　价",
    hotline="质量热线",
    internal="内部资料　免费交流",
    permit="准印证号",
    issuer="编印单位",
    audience="发送对象",
    printed_on="印刷日期",
    compiled="{}　编",
    year="{}年",
    board="编委会",
    colon="：",
    sheet="成品 {width}×{height} mm　书脊 {spine} mm　出血 {bleed} mm",
)

ENGLISH = ImprintWords(
    cip_head="Cataloguing in Publication (CIP) data",
    cip_number="National Archives of Publications and Culture of China, CIP no. {}",
    copyright_page="Publication details",
    internal_page="About this material",
    title="Title",
    compiler="Compiled by",
    publisher="Publisher",
    address="Address",
    printer="Printer",
    distributor="Distributor",
    size="Format",
    sheets="Sheets",
    sheets_value="{} of 16 pages",
    characters="Length",
    characters_value="{} thousand characters",
    edition="Edition",
    printing="Printing",
    print_run="Print run",
    isbn="ISBN",
    price="Price",
    hotline="Quality hotline",
    internal="Internal material, free of charge",
    permit="Printing permit",
    issuer="Compiled by",
    audience="Sent to",
    printed_on="Printed",
    compiled="Compiled by {}",
    year="{}",
    board="Editorial board",
    colon=": ",
    sheet="Trimmed {width} x {height} mm, spine {spine} mm, bleed {bleed} mm",
)


def imprint_words(language: Language) -> ImprintWords:
    return ENGLISH if language == "en" else CHINESE
