"""B: 基本信息, and slips of typing in any text."""

from __future__ import annotations

import re

from forms.checks.facts import Form
from forms.checks.registry import CONFIRM, ERROR, NO_BLANKS, WARNING, Hits, TextHits, rule
from forms.checks.rows import Profile
from forms.checks.text import HAN
from forms.reading import sq

# 接待定点单位, 等待定损 and 对待定向生 are ordinary words, 待填报 tells what will be done, XXL is a size.
_PLACEHOLDER = re.compile(
    r"[*＊]{2,}|(?<![A-Za-z])[XＸ]{2,}(?![A-Za-z])|×{2,}|□|待填(?!报)|\A\s*[*＊]\s*\Z"
    rf"|(?<![等接招对看款])待定|待定(?![{HAN}])"
)
# 保障保障; on the text without line feeds.
DOUBLED = re.compile(rf"([{HAN}]{{2,4}})\1")
_BLANKS_INSIDE = re.compile(rf"[ \t\u3000]{{2}}|(?<=[{HAN}])[ \t\u3000](?=[{HAN}])")
HALF_WIDTH = re.compile(rf"(?<=[{HAN}“”‘’\"《》])[,;:?!](?=[{HAN}])|(?<=[{HAN}])[,;:?!](?=[“”‘’\"《》])")
_BLANK = "空白"
DEPARTMENT = "主管部门"


def _blank(form: Form, key: str) -> Hits:
    where = f"fields.{key}"
    if form.profile.prints(where) and not sq(form.field(key)):
        yield where, NO_BLANKS


@rule("B01", ERROR, "申评", "项目名称未填写", "表式")
def name_blank(form: Form) -> Hits:
    """项目名称 is blank."""
    yield from _blank(form, "项目名称")


@rule("B02", ERROR, "申评", "实施单位未填写", "表式")
def unit_blank(form: Form) -> Hits:
    """实施单位 is blank."""
    yield from _blank(form, "实施单位")


@rule("B03", CONFIRM, "申评", "{place}未填写", "表式")
def department_blank(form: Form) -> Hits:
    """主管部门 (主管部门及代码) is blank."""
    for field in form.edition.fields:
        if field.means == DEPARTMENT:
            yield from _blank(form, field.key)


@rule("B04", ERROR, "申评", "年度应为四位年份（2000—2099），现为“{year}”", "表式")
def year_unlikely(form: Form) -> Hits:
    """The year is none of 2000 to 2099."""
    if not 2000 <= form.year <= 2099:
        yield "year", {"year": str(form.year)}


@rule("B05", WARNING, "申", "主管部门与实施单位相同（{v}），请确认是否为部门本级", "推断", default=False)
def department_is_unit(form: Form) -> Hits:
    """主管部门 and 实施单位 are the same; normal in published forms."""
    for field in form.edition.fields:
        department = form.field(field.key).strip() if field.means == DEPARTMENT else ""
        if department and sq(department) == sq(form.field("实施单位")):
            yield f"fields.{field.key}", {"v": department}


@rule("B06", ERROR, "申", "请选择{place}", "表式")
def choice_blank(form: Form) -> Hits:
    """A field with a code list is blank."""
    for field in form.edition.fields:
        if field.kind == "choice":
            yield from _blank(form, field.key)


@rule("B07", WARNING, "申", "“{v}”不在{place}选项中", "样张 公开代码")
def choice_unknown(form: Form) -> Hits:
    """A field has a text that its code list does not have."""
    for field in form.edition.fields:
        text = form.field(field.key).strip()
        if field.kind == "choice" and text and text not in field.choices:
            yield f"fields.{field.key}", {"v": text}


def _has_pairs(profile: Profile) -> bool:
    return bool(profile.edition.pairs)


@rule("B08", WARNING, "申", "{nature}通常对应{usual}，现填{category}，请确认", "样张", when=_has_pairs)
def choices_do_not_go_together(form: Form) -> Hits:
    """项目性质 usually goes with another 项目类别 (``pairs`` of the edition)."""
    nature, category = form.field("项目性质").strip(), form.field("项目类别").strip()
    usual = [pair.get("项目类别", "") for pair in form.edition.pairs if pair.get("项目性质") == nature]
    if category and usual and category not in usual:
        yield "fields.项目类别", {"nature": nature, "category": category, "usual": "、".join(usual)}


@rule("B10", ERROR, "申评", "{place}含未填写的占位符“{v}”", "公开代码", of="content")
def placeholder(text: str) -> TextHits:
    """A placeholder was left in the name, a goal or an indicator."""
    found = _PLACEHOLDER.search(text)
    if found is not None:
        yield {"v": found[0].strip()}


@rule("B11", WARNING, "全", "{place}{more}疑似多余文字“{v}”", "推断", of="text", report="form")
def superfluous(text: str) -> TextHits:
    """Words doubled, or blanks at the ends, running or between 汉字."""
    doubled = DOUBLED.search(text.replace("\n", ""))
    if doubled is not None:
        yield {"v": doubled[0]}
    elif text.strip() and (text != text.strip() or _BLANKS_INSIDE.search(text)):
        yield {"v": _BLANK}


@rule("B12", WARNING, "全", "{place}{more}有半角标点，可一键改为全角", "推断", of="text", report="form", default=False)
def half_width(text: str) -> TextHits:
    """Half-width punctuation between 汉字; off, since conversion of published forms makes it, too."""
    if HALF_WIDTH.search(text):
        yield NO_BLANKS


@rule("P01", ERROR, "全", "字体缺少“{v}”（{place}）{more}，请更换字体或文字", "推断", of="glyph", report="form")
def glyph_missing(missing: str) -> TextHits:
    """No face that prints has a glyph for a character. Runs where the caller says what the faces have."""
    yield {"v": "".join(char if char.isprintable() else f"U+{ord(char):04X} " for char in missing).strip()}
