"""One case as two word processors wrote it: pandoc from Markdown, and LibreOffice from pandoc's file."""

from pathlib import Path

import pytest

from submissions.intake.assemble import assemble
from submissions.intake.word import read_word

FILES = Path(__file__).parent / "files"
BODY = (
    "<h2>一、背景</h2><p>村里积下的矛盾有 23 件，最长的一件拖了九年<sup>[1]</sup>。</p>"
    "<h2>二、做法</h2><h3>（一）登记</h3><p>党员包户，逐户走访，<em>每件</em>都记进<strong>台账</strong>。</p>"
    "<ol><li>第一步，先听；</li><li>第二步，再议；</li><li>第三步，回访。</li></ol>"
    '<table><thead><tr><th>年份</th><th><p class="ta-right">登记</p></th><th><p class="ta-right">办结</p>'
    '</th></tr></thead><tbody><tr><td>2024</td><td><p class="ta-right">23</p></td>'
    '<td><p class="ta-right">11</p></td></tr><tr><td>2025</td><td><p class="ta-right">12</p></td>'
    '<td><p class="ta-right">24</p></td></tr></tbody></table>'
    "<h2>三、成效</h2><p>半年化解 23 件，群众满意度由 71% 升到 96%。</p>"
    "<h2>四、启示</h2><p>小事不出组，难事不出村。</p>"
    "<p><strong>注释</strong></p><ol><li>见村委会 2015 年会议记录。</li></ol>"
)


@pytest.mark.parametrize("name", ["made_by_pandoc", "saved_again_by_libreoffice"])
def test_the_same_case_is_understood(name: str) -> None:
    document = read_word((FILES / f"{name}.docx").read_bytes())
    case = assemble(document.elements, pictures=document.pictures, notes=document.notes)
    assert (case.title, case.unit) == ("一本台账解开老疙瘩", "青溪镇上河村党支部")
    assert case.body_html == BODY
