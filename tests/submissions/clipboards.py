"""What word processors put on the clipboard as HTML: shortened, with their markup as it is."""

WORD = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"><body>'
    '<h1 class=MsoNormal style="mso-outline-level:1">一、背景</h1>'
    '<p class=MsoListParagraph style="mso-list:l0 level1 lfo1"><![if !supportLists]>'
    '<span style="mso-list:Ignore">1.</span><![endif]>建立台账</p>'
    '<p class=MsoListParagraph style="mso-list:l0 level2 lfo1"><![if !supportLists]>'
    '<span style="mso-list:Ignore">a)</span><![endif]>逐户登记</p>'
    '<p class=MsoNormal><span style="font-family:宋体;color:red">当月<b>办结</b><o:p></o:p></span></p>'
    "</body></html>"
)
WORD_READ = (
    "<h2>一、背景</h2><ol><li>建立台账<ol><li>逐户登记</li></ol></li></ol><p>当月<strong>办结</strong></p>"
)

WORD_2019 = """<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns:m="http://schemas.microsoft.com/office/2004/12/omml"
xmlns="http://www.w3.org/TR/REC-html40"><head><meta name=ProgId content=Word.Document>
<meta name=Generator content="Microsoft Word 15"><!--[if gte mso
9]><xml><w:WordDocument></w:WordDocument></xml><![endif]-->
<style><!-- @list l0 {mso-list-id:1} p.MsoNormal {mso-style-parent:"";font-family:宋体} --></style></head>
<body lang=ZH-CN style='tab-interval:21.0pt'><!--StartFragment-->
<h1 style='margin-left:0cm;mso-list:l1 level1 lfo2'><a name="_Toc1"></a><![if !supportLists]><span
lang=EN-US
style='mso-bidi-font-family:Calibri'><span style='mso-list:Ignore'>一、<span
style='font:7.0pt "Times New Roman"'>&nbsp;
</span></span></span><![endif]><span style='mso-ascii-font-family:Calibri'>案例背景</span><span
lang=EN-US><o:p></o:p></span></h1>
<p class=MsoNormal style='text-indent:21.0pt;mso-char-indent-count:2.0'><span
style='font-family:宋体'>满意度由</span><span
lang=EN-US>92%</span><span style='font-family:宋体'>升至</span><span lang=EN-US>97%</span><a
style='mso-footnote-id:ftn1'
href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference><span
lang=EN-US>[1]</span></span></a><span
style='font-family:宋体'>。</span><span lang=EN-US><o:p></o:p></span></p>
<p class=MsoListParagraphCxSpFirst style='margin-left:21.0pt;mso-list:l0 level1 lfo1'><![if
!supportLists]><span lang=EN-US
style='font-family:Wingdings'><span style='mso-list:Ignore'>l<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;</span></span></span><![endif]><span
style='font-family:宋体'>登记</span></p>
<p class=MsoListParagraphCxSpLast style='margin-left:21.0pt;mso-list:l0 level1 lfo1'><![if
!supportLists]><span lang=EN-US
style='font-family:Wingdings'><span style='mso-list:Ignore'>l<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;</span></span></span><![endif]><span
style='font-family:宋体'>走访</span></p>
<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0
style='border-collapse:collapse;mso-yfti-tbllook:1184'>
<tr style='mso-yfti-irow:0'><td width=283 valign=top style='width:212.0pt'><p
class=MsoNormal><span>年份</span></p></td>
<td width=283 valign=top><p class=MsoNormal align=center style='text-align:center'><span
lang=EN-US>2025</span></p></td></tr></table>
<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p><!--EndFragment--></body></html>"""
WORD_2019_READ = (
    "<h2>一、案例背景</h2><p>满意度由92%升至97%[1]。</p><ul><li>登记</li><li>走访</li></ul>"
    "<table><tbody><tr><td>年份</td><td>2025</td></tr></tbody></table>"
)

WPS = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=ProgId content=Word.Document>
<meta name=Generator
content="Microsoft Word 14"><style>p.MsoNormal{mso-style-name:正文;font-family:仿宋_GB2312}</style></head>
<body style="tab-interval:21pt;"><!--StartFragment--><div class="Section0" style="layout-grid:15.6pt;">
<h2 style="mso-list:l1 level2 lfo1;"><!--[if !supportLists]--><span
style="font-family:楷体_GB2312;mso-ascii-font-family:'Times New Roman';"><span
style='mso-list:Ignore;'>（一）</span></span><!--[endif]--><b style="mso-bidi-font-weight:normal"><span
style="mso-spacerun:'yes';font-family:楷体_GB2312;"><font face="楷体_GB2312">建立台账</font></span></b></h2>
<p class=MsoNormal style="mso-list:l0 level1 lfo2;"><!--[if !supportLists]--><span
style="font-family:仿宋_GB2312;"><span
style='mso-list:Ignore;'>1.<span>&nbsp;</span></span></span><!--[endif]--><span
style="mso-spacerun:'yes';"><font
face="仿宋_GB2312">登记造册</font></span></p>
<p class=MsoNormal style="mso-list:l0 level1 lfo2;"><!--[if !supportLists]--><span
style="font-family:仿宋_GB2312;"><span
style='mso-list:Ignore;'>2.<span>&nbsp;</span></span></span><!--[endif]--><span
style="mso-spacerun:'yes';"><font
face="仿宋_GB2312">逐户走访</font></span></p>
<p class=MsoNormal style="text-indent:32pt;"><span style="mso-spacerun:'yes';font-size:16pt;"><font
face="仿宋_GB2312">半年化解积案</font></span><span
style="mso-spacerun:'yes';">23</span><span style="mso-spacerun:'yes';"><font
face="仿宋_GB2312">件。</font></span><span><o:p></o:p></span></p>
</div><!--EndFragment--></body></html>"""
WPS_READ = "<h2>（一）建立台账</h2><ol><li>登记造册</li><li>逐户走访</li></ol><p>半年化解积案23件。</p>"
