"""What spreadsheets put on the clipboard, in the shapes that they are described to have; the words are our own."""

from __future__ import annotations

EXCEL_HEAD = """<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:x="urn:schemas-microsoft-com:office:excel"
xmlns="http://www.w3.org/TR/REC-html40">

<head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8">
<meta name=ProgId content=Excel.Sheet>
<meta name=Generator content="Microsoft Excel 15">
<link rel=Main-File
href="file:///C:/Users/clerk/AppData/Local/Temp/msohtmlclip1/01/clip.htm">
<style>
<!--table
	{mso-displayed-decimal-separator:"\\.";
	mso-displayed-thousand-separator:"\\,";}
.xl65
	{mso-number-format:"\\@";
	text-align:center;}
-->
</style>
</head>

<body link="#0563C1" vlink="#954F72">

<table border=0 cellpadding=0 cellspacing=0 width=480 style='border-collapse:
 collapse;width:360pt'>
<!--StartFragment-->
 <col width=72 style='width:54pt'>
 <col width=120 span=3 style='mso-width-source:userset;mso-width-alt:3840;width:90pt'>
"""
EXCEL_FOOT = """<!--EndFragment-->
</table>

</body>

</html>
"""

EXCEL = (
    EXCEL_HEAD
    + """ <tr height=19 style='height:14.25pt'>
  <td height=19 class=xl65 width=72 style='height:14.25pt;width:54pt'>一级指标</td>
  <td class=xl65 width=120 style='border-left:none;width:90pt'>二级指标</td>
  <td class=xl65 width=120 style='border-left:none;width:90pt'>三级指标</td>
  <td class=xl65 width=120 style='border-left:none;width:90pt'>年度<br>
    指标值</td>
 </tr>
 <tr height=19 style='height:14.25pt'>
  <td rowspan=4 height=76 class=xl65 style='height:57.0pt;border-top:none'>产出指标</td>
  <td rowspan=2 class=xl65 style='border-top:none'>数量指标</td>
  <td class=xl66 style='border-top:none;border-left:none'>培训场次&nbsp;</td>
  <td class=xl65 style='border-top:none;border-left:none'>≥12场</td>
 </tr>
 <tr height=19 style='height:14.25pt'>
  <td height=19 class=xl66 style='height:14.25pt;border-top:none;border-left:none'>发放<font
  class="font6">手册</font><span style='mso-spacerun:yes'>&nbsp;</span></td>
  <td class=xl65 align=right style='border-top:none;border-left:none' x:num="300">300</td>
 </tr>
 <tr height=19 style='height:14.25pt'>
  <td class=xl65 style='border-top:none'>质量指标</td>
  <td class=xl66>参训人员合格率</td>
  <td class=xl67 align=right x:num="0.95">95%</td>
 </tr>
 <tr height=0 style='display:none;mso-height-source:userset'>
  <td class=xl65>时效指标</td><td class=xl66>不给人看的一行</td><td class=xl65>及时</td>
 </tr>
 <tr height=19 style='height:14.25pt'>
  <td height=19 class=xl65 style='height:14.25pt'>满意度指标</td>
  <td class=xl65>服务对象满意度指标</td>
  <td class=xl66 width=120 style='width:90pt'>参训人员<br>
    满意度</td>
  <td class=xl68 align=right x:num="0.9" x:str="">###</td>
 </tr>
 <![if supportMisalignedColumns]>
 <tr height=0 style='display:none'>
  <td width=72 style='width:54pt'></td>
  <td width=120 style='width:90pt'></td>
 </tr>
 <![endif]>
"""
    + EXCEL_FOOT
)
"""Merged cells, a hidden row, a column too narrow for its number, a heading in two lines."""

EXCEL_ROWS = (
    ("一级指标", "二级指标", "三级指标", "年度\n指标值"),
    ("产出指标", "数量指标", "培训场次", "≥12场"),
    ("产出指标", "数量指标", "发放手册", "300"),
    ("产出指标", "质量指标", "参训人员合格率", "95%"),
    ("满意度指标", "服务对象满意度指标", "参训人员\n满意度", "0.9"),
)

EXCEL_TSV = (
    '一级指标\t二级指标\t三级指标\t"年度\n指标值"\r\n'
    "产出指标\t数量指标\t培训场次 \t≥12场\r\n"
    "\t\t发放手册 \t300\r\n"
    "\t质量指标\t参训人员合格率\t95%\r\n"
    '满意度指标\t服务对象满意度指标\t"参训人员\n满意度"\t0.9\r\n'
)

WPS = """Version:0.9
StartHTML:0000000105
EndHTML:0000002300
StartFragment:0000000141
EndFragment:0000002264
<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
 xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns="http://www.w3.org/TR/REC-html40"><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8"/><meta name="ProgId" content="Excel.Sheet"/>
<meta name="Generator" content="WPS Office ET"/><!--[if gte mso 9]><xml><o:DocumentProperties></o:DocumentProperties>
</xml><![endif]--><style>
<!-- @page {margin:1.00in 0.75in;} .et2 {color:#000000;mso-number-format:"General";text-align:center;} -->
</style></head><body link="blue" vlink="purple"><!--StartFragment-->
<table width="432.00" border="0" cellpadding="0" cellspacing="0"
 style='width:324.00pt;border-collapse:collapse;table-layout:fixed;'>
<col width="48" class="et2" style='mso-width-source:userset;mso-width-alt:1536;'/><col width="96" span="5"/>
<tr height="18.00" class="et2" style='height:13.50pt;'><td class="et2" height="18" x:str>序号</td>
<td class="et2" x:str>一级指标</td><td class="et2" x:str>二级指标</td><td class="et2" x:str>指标内容</td>
<td class="et2" x:str>符号</td><td class="et2" x:str>指标值</td><td class="et2" x:str>计量单位</td></tr>
<tr height="18.00"><td class="et2" x:num>1</td><td class="et3" rowspan="3" x:str>产出目标</td>
<td class="et3" rowspan="2" x:str>产出数量</td><td x:str>培训场次</td><td x:str>≥</td><td x:num>12</td>
<td x:str>场</td></tr>
<tr height="18.00"><td class="et2" x:num>2</td><td x:str>编印手册</td><td x:str>＝</td><td x:num="1200">1,200</td>
<td x:str>册</td></tr>
<tr height="18.00"><td class="et2" x:num>3</td><td class="et3" x:str>产出质量</td><td x:str>验收结论</td>
<td x:str>定性</td><td x:str>通过验收</td><td></td></tr>
<tr height="18.00"><td class="et2" x:num>4</td><td class="et3" x:str>效果目标</td><td class="et3" x:str>社会效益</td>
<td x:str>受益人数</td><td x:str>大于等于</td><td x:num>800</td><td x:str>人次</td></tr>
</table><!--EndFragment--></body></html>
"""
"""Windows' own head in front; sign, number and unit apart; running numbers; words of other years."""
