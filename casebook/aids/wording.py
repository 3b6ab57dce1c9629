"""How kinds, seriousness and rules are called on pages."""

from __future__ import annotations

from casebook.aids.values import Kind, Seriousness
from foundation.text import Text, _

KINDS: dict[Kind, Text] = {
    Kind.PUNCTUATION: _("标点"),
    Kind.NUMBERS: _("数字和计量"),
    Kind.WIDTH: _("全角半角和异常字符"),
    Kind.NAMES: _("名称不一致"),
    Kind.REPEATS: _("重复文字"),
    Kind.FIGURES: _("图片和表格"),
    Kind.LEFTOVERS: _("“我单位”和相对时间"),
    Kind.TERMS: _("规范用语"),
    Kind.CHARACTERS: _("用字"),
    Kind.FACTS: _("前后矛盾"),
}

SERIOUSNESS: dict[Seriousness, Text] = {
    Seriousness.MUST: _("应改"),
    Seriousness.SHOULD: _("建议改"),
    Seriousness.LOOK: _("请核对"),
}

TAGS: dict[Seriousness, str] = {Seriousness.MUST: "err", Seriousness.SHOULD: "todo", Seriousness.LOOK: "info"}
"""The colour of its tag."""

RULES: dict[str, Text] = {
    "punctuation.half": _("半角标点"),
    "punctuation.brackets": _("半角括号"),
    "punctuation.doubled": _("标点重复"),
    "punctuation.ellipsis": _("省略号的形式"),
    "punctuation.ellipsis_etc": _("省略号和“等”重复"),
    "punctuation.dash": _("破折号的形式"),
    "punctuation.full_in_english": _("英文里的全角标点"),
    "punctuation.straight": _("直引号"),
    "punctuation.quote_turned": _("引号方向"),
    "punctuation.quote_nested": _("引号嵌套"),
    "punctuation.title_nested": _("书名号嵌套"),
    "punctuation.unbalanced": _("引号、括号不配对"),
    "punctuation.enumeration": _("引号、书名号之间的顿号"),
    "punctuation.blank": _("多余的空格"),
    "punctuation.paragraph_end": _("段末缺标点"),
    "punctuation.label_end": _("标题、题名末尾的标点"),
    "punctuation.numbering": _("序号的标点"),
    "numbers.zero": _("汉字年份的零"),
    "numbers.percent_range": _("百分数范围"),
    "numbers.range": _("数值范围"),
    "numbers.ten_thousands_range": _("带“万、亿”的范围"),
    "numbers.year_range": _("年份范围简写"),
    "numbers.year_dash": _("年份的连接号"),
    "numbers.short_year": _("年份简写"),
    "numbers.mixed_date": _("日期写法混用"),
    "numbers.dotted_date": _("用点写的日期"),
    "numbers.thousands": _("千分撇"),
    "numbers.hundreds": _("阿拉伯数字接“百、千”"),
    "numbers.about": _("概数"),
    "numbers.about_twice": _("概数重复"),
    "numbers.two": _("二和两"),
    "numbers.decade": _("世纪和年代"),
    "numbers.ordinal": _("序数写法混用"),
    "numbers.unit": _("计量单位"),
    "width.full": _("全角字母和数字"),
    "width.squared": _("合成的单位符号"),
    "width.radical": _("部首符号"),
    "width.unseen": _("看不见的字符"),
    "width.private": _("缺字的字符"),
    "width.pinyin": _("网页带来的注音"),
    "names.unit": _("单位名称"),
    "names.person": _("人名"),
    "names.title": _("职务"),
    "repeats.across": _("两篇重复"),
    "repeats.within": _("同一篇重复"),
    "figures.caption": _("缺图注"),
    "figures.resolution": _("照片精度不够"),
    "figures.table_caption": _("缺表题"),
    "figures.table_head": _("缺表头"),
    "leftovers.ours": _("“我单位”一类"),
    "leftovers.when": _("“今年”一类"),
    "terms.replace": _("规范写法"),
    "terms.forbid": _("禁用词"),
    "terms.order": _("固定提法的顺序"),
    "characters.confused": _("易混的字"),
    "characters.until": _("截止和截至"),
    "characters.like": _("象和像"),
    "characters.particle": _("的、地、得"),
    "characters.traditional": _("简体里的繁体字"),
    "characters.simplified": _("繁体里的简体字"),
    "facts.date": _("不存在的日期"),
    "facts.weekday": _("日期和星期"),
    "facts.shares": _("占比之和"),
    "facts.parts": _("部分和总数"),
    "facts.total": _("表格合计"),
    "facts.summary": _("摘要和正文的数"),
}
"""Every rule has its name here (a test says so)."""
