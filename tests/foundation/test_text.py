"""Sentences are made once and spoken in the language of the moment."""

import io
from concurrent.futures import ThreadPoolExecutor
from gettext import GNUTranslations

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from foundation.text import _, n_, use_translations, verbatim

GREETING = "您好，%(name)s"  # also said through variables here: these are not messages of the product


@pytest.fixture(scope="module")
def english() -> GNUTranslations:
    catalog = Catalog(locale="en")
    catalog.add(GREETING, "Hello %(name)s")
    catalog.add("完成", "Done")
    catalog.add(("%(n)s 个案例", "%(n)s 个案例"), ("%(n)s case", "%(n)s cases"))
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return GNUTranslations(compiled)


def test_without_a_catalogue_a_sentence_is_chinese() -> None:
    assert str(_(GREETING, name="王芳")) == "您好，王芳"


def test_the_same_sentence_speaks_the_language_of_the_moment(english: GNUTranslations) -> None:
    sentence = _(GREETING, name="王芳")
    with use_translations(english):
        inside = str(sentence)
    assert (inside, str(sentence)) == ("Hello 王芳", "您好，王芳")


@pytest.mark.parametrize(("count", "expected"), [(0, "0 cases"), (1, "1 case"), (2, "2 cases")])
def test_plurals(english: GNUTranslations, count: int, expected: str) -> None:
    cases = "%(n)s 个案例"
    with use_translations(english):
        assert str(n_(cases, cases, count)) == expected


def test_a_language_belongs_to_its_thread(english: GNUTranslations) -> None:
    sentence = _("完成")
    with use_translations(english), ThreadPoolExecutor(1) as pool:
        elsewhere = pool.submit(str, sentence).result()
        here = str(sentence)
    assert (here, elsewhere) == ("Done", "完成")


def test_a_percent_sign_in_a_sentence_without_parameters_stays() -> None:
    sentence = "权重合计须为 100%"
    assert str(_(sentence)) == sentence


def test_own_words_are_not_read_as_a_pattern() -> None:
    assert str(verbatim("增收 30%(约 2 万元)")) == "增收 30%(约 2 万元)"


def test_equal_sentences_are_equal() -> None:
    assert _(GREETING, name="甲") == _(GREETING, name="甲")
    assert _(GREETING, name="甲") != _(GREETING, name="乙")
