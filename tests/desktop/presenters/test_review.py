"""Findings for the window: what is open, what is confirmed, what can be mended; the book of rules."""

from __future__ import annotations

import re

from desktop.presenters.findings import Worst, confirmed_lines, count_line, lines, state, worst
from desktop.presenters.review import Review, confirming, fixing, note_of, review, withdrawing
from desktop.presenters.rule_book import rule_book
from forms.checks import RULES
from forms.checks.sources import SOURCES
from forms.documents import Project, parse_path, put
from forms.known_editions import Editions
from tests.forms.checks.bases import BASES

EDITIONS = Editions()
TARGET = "declaration.indicators[3].target"


def sample() -> Project:
    """V02, V23 and I15 at one row."""
    project = put(BASES["申2025"](), parse_path(TARGET), "≥240")
    return put(project, parse_path(TARGET.replace("target", "l3")), "参加学习的学员人数。")


def test_open_confirmed_and_fixable() -> None:
    project = sample()
    found = review(project, EDITIONS)
    by_id = {one.id: one for one in found.open}
    assert by_id.keys() == {"V02", "V23", "I15"}
    assert found.confirmed == ()
    assert {one.id for one in found.fixable} == {"V23", "I15"}
    assert worst(found.open) == Worst("confirm", 1)
    after = confirming(project, by_id["V02"], "按人计").apply(project)
    again = review(after, EDITIONS)
    assert again.confirmed == ((by_id["V02"], "按人计"),)
    assert {one.id for one in again.open} == {"V23", "I15"}
    assert note_of(after, by_id["V02"]) == "按人计"
    assert withdrawing(after, by_id["V02"]).apply(after) == project
    assert worst(again.open) == Worst("warning", 2)


def test_fixing_needs_its_places() -> None:
    project = sample()
    finding = next(one for one in review(project, EDITIONS).open if one.id == "I15")
    assert fixing(project, finding, EDITIONS) is not None
    assert project.declaration is not None
    shorter = project._replace(declaration=project.declaration._replace(indicators=()))
    assert fixing(shorter, finding, EDITIONS) is None


def test_lines_and_counts() -> None:
    project = sample()
    found = review(project, EDITIONS)
    assert [line.id for line in lines(found.open)] == ["V02", "I15", "V23"]
    assert lines(found.open)[0].spoken.startswith("待确认：指标“参加学习的学员人数。”")
    finding = lines(found.open)[0].finding
    (bare,), (noted,) = confirmed_lines([(finding, "")]), confirmed_lines([(finding, "按人计")])
    assert bare.words == finding.message
    assert noted.words == f"{finding.message}　说明：按人计"
    assert noted.spoken == f"已确认：{noted.words}"
    assert noted.mark.sign == "✓"
    assert count_line(found.open) == "检查：0 错误 · 1 待确认 · 2 提醒"
    assert count_line(found.open[1:], 1) == "检查：0 错误 · 0 待确认 · 2 提醒 · 1 已确认"


def test_states() -> None:
    found = (None, Worst("error", 2), Worst("confirm", 1), Worst("warning", 3), Worst("clean", 0))
    assert [state(one) for one in found] == ["草稿", "有错误", "待确认", "可定稿", "可定稿"]
    assert Review().open == ()


def test_book_names_every_rule_and_source() -> None:
    book = rule_book()
    rows = re.findall(r"^\| ([A-Z]\d\d) \| (错误|提醒★|提醒) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", book, re.MULTILINE)
    assert len(rows) == len(RULES)
    assert {row[0] for row in rows} == {rule.id for rule in RULES.values()}
    assert ("V02", "提醒★", "指标值是数，但没有计量单位。", "申报表、自评表", "各地通行做法") in rows
    assert next(row for row in rows if row[0] == "P01")[3] == "全部"
    assert next(row for row in rows if row[0] == "B12")[2].endswith("（默认不检查）")
    assert all(one.shown in book for one in SOURCES.values())
    assert "| 财预〔2015〕88号 | 中央部门预算绩效目标管理办法 | 未见原文；待核对 |" in book
    assert str(len(RULES)) in book
