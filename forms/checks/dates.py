"""T: 时间."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from forms.checks.facts import Form, Told
from forms.checks.registry import CONFIRM, ERROR, WARNING, Hits, rule
from forms.checks.text import years_named
from forms.reading import sq

PLAN_DATES = ("计划开始日期", "计划完成日期")
_DATE = re.compile(
    r"(?:([0-9]{4})年)?([0-9]{1,2})月(?:([0-9]{1,2})日)?|([0-9]{4})[-./]([0-9]{1,2})(?:[-./]([0-9]{1,2}))?"
)


@rule("T01", ERROR, "申", "{place}未填写或无效{what}", "表式")
def date_missing(form: Form) -> Hits:
    """A plan date is blank or no day of the calendar."""
    for key in PLAN_DATES:
        where = f"fields.{key}"
        if form.profile.prints(where) and form.day(key) is None:
            text = form.field(key).strip()
            yield where, {"what": f"（{text[:20]}），请写成如2025-01-31" if text else ""}


@rule("T02", ERROR, "申", "计划完成日期（{end}）早于开始日期（{start}）", "公开代码")
def end_before_start(form: Form) -> Hits:
    """计划完成日期 lies before 计划开始日期."""
    if form.start is not None and form.end is not None and form.end < form.start:
        yield "fields.计划完成日期", {"start": f"{form.start}", "end": f"{form.end}"}


@rule("T03", ERROR, "申", "项目周期（{start}至{end}）不包含{year}年度", "逻辑")
def year_outside_period(form: Form) -> Hits:
    """The year of the form lies outside the period."""
    if form.start is None or form.end is None or form.end < form.start:
        return
    if not form.start.year <= form.year <= form.end.year:
        where = "fields.计划开始日期" if form.year < form.start.year else "fields.计划完成日期"
        yield where, {"start": f"{form.start}", "end": f"{form.end}", "year": str(form.year)}


@rule("T04", WARNING, "申", "项目周期（{start}至{end}）超出{year}年度，若为跨年项目请选阶段性项目", "公开代码")
def period_too_long(form: Form) -> Hits:
    """The period reaches beyond the year, but the project is 经常性 or 一次性."""
    if form.start is None or form.end is None:
        return
    words = form.field("项目性质") + form.field("项目类别")
    beyond = form.start.year < form.year or form.end.year > form.year
    if beyond and ("经常性" in words or "一次性" in words):
        where = "fields.计划完成日期" if form.end.year > form.year else "fields.计划开始日期"
        yield where, {"start": f"{form.start}", "end": f"{form.end}", "year": str(form.year)}


@rule("T05", WARNING, "申评", "{place}出现{y}年{more}，与表年度{year}年不一致", "指向明确", report="form")
def strange_year(form: Form) -> Hits:
    """The name, a goal or an indicator names a year that is none of the form's."""
    for place in form.texts:
        if place.is_content:
            strange = [year for year in years_named(place.text) if _is_strange(form, place.where, year)]
            if strange:
                yield place.where, {"y": "、".join(map(str, strange)), "year": str(form.year)}
    for at, row in enumerate(form.rows):
        if row.years:
            yield from _strange_in_row(form, at, row.years)
    for at, row in form.mids.items():
        yield from _strange_in_row(form, at, [(f"mid_{column}", year) for column, year in row.years])


def _is_strange(form: Form, where: str, year: int) -> bool:
    of_all_years = where == "overall_goal" or where.startswith("mid_")
    if of_all_years and form.period is not None and form.period.start <= year <= form.period.end:
        return False
    return form.is_strange(year)


def _strange_in_row(form: Form, at: int, named: Iterable[tuple[str, int]]) -> Hits:
    found: dict[str, list[str]] = {}
    for column, year in named:
        if _is_strange(form, column, year):
            found.setdefault(column, []).append(str(year))
    for column, years in found.items():
        yield f"indicators[{at}].{column}", {"y": "、".join(years), "year": str(form.year)}


@rule("T06", CONFIRM, "申", "指标“{i}”完成时间（{deadline}）晚于项目完成日期（{end}）", "公开代码")
def deadline_after_end(form: Form) -> Hits:
    """The deadline of a 时效指标 lies after 计划完成日期."""
    for at, row in enumerate(form.rows):
        deadline = row.value.deadline
        if row.is_time and deadline is not None and form.end is not None and deadline > form.end:
            yield f"indicators[{at}].target", {"deadline": f"{deadline}", "end": f"{form.end}"}


@rule("T07", WARNING, "说", "实施周期（{told}）与申报表日期（{start}至{end}）不一致", "相应匹配", of="narrative")
def told_period_differs(told: Told) -> Hits:
    """The first two dates of 五、实施周期 are not the plan dates."""
    section = told.section(5)
    form = told.form
    if section is None or form is None or form.start is None or form.end is None:
        return
    at, text = section
    first = list(_dates(text))[:2]
    if len(first) == 2 and not (_fits(first[0], form.start) and _fits(first[1], form.end)):
        shown = "至".join("-".join(f"{part:02d}" for part in parts if part) for parts in first)
        yield told.where(at), {"told": shown, "start": f"{form.start}", "end": f"{form.end}"}


def _dates(text: str) -> Iterator[tuple[int, int, int]]:
    """Year, month and day (0: none) of the dates of a text; one without a year is of the year before it."""
    year = 0
    for match in _DATE.finditer(sq(text)):
        named, month, day, named2, month2, day2 = match.groups()
        year = int(named or named2 or year)
        if year:
            yield year, int(month or month2), int(day or day2 or 0)


def _fits(parts: tuple[int, int, int], day: date) -> bool:
    return parts[:2] == (day.year, day.month) and parts[2] in (0, day.day)


@rule("T08", WARNING, "说", "{place}出现{y}年{more}，与表年度{year}年不一致", "指向明确", of="narrative", report="form")
def strange_year_told(told: Told) -> Hits:
    """A section of the narrative names a year that is none of the form's."""
    if told.form is None:
        return
    for place in told.texts:
        strange = [str(year) for year in years_named(place.text) if told.form.is_strange(year)]
        if strange:
            yield place.where, {"y": "、".join(strange), "year": str(told.form.year)}
