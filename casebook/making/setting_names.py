"""What the settings of a manifest are called on pages: as on the page 书籍信息与版式."""

from __future__ import annotations

from collections.abc import Mapping

from foundation.text import Text, _

SETTING_NAMES: Mapping[str, Text] = {
    "title": _("书名"),
    "subtitle": _("副书名"),
    "publisher": _("出版单位"),
    "year": _("年份"),
    "language": _("书中固定用语"),
    "board": _("编委会"),
    "front": _("书前的文字"),
    "back": _("书后的文字"),
    "indexes": _("书后索引"),
    "blurb": _("封底文字"),
    "imprint.compiler": _("编者（编印单位）"),
    "imprint.isbn": _("书号（ISBN）"),
    "imprint.cip": _("CIP 数据核字号"),
    "imprint.cip_data": _("图书在版编目（CIP）数据"),
    "imprint.edition": _("版次"),
    "imprint.printing": _("印次"),
    "imprint.remark": _("附注"),
    "imprint.staff": _("责任人员"),
    "imprint.address": _("出版单位地址"),
    "imprint.printer": _("印刷单位"),
    "imprint.distributor": _("发行"),
    "imprint.print_run": _("印数"),
    "imprint.price": _("定价"),
    "imprint.characters": _("字数"),
    "imprint.rights": _("版权声明"),
    "imprint.hotline": _("质量热线"),
    "imprint.permit": _("准印证号"),
    "imprint.audience": _("发送对象"),
    "imprint.printed_on": _("印刷日期"),
    "format.profile": _("这本书是"),
    "format.trim": _("开本"),
    "format.colours": _("印色"),
    "format.reference": _("Word 模板"),
    "format.fonts": _("字体"),
}
