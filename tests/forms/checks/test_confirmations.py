"""Confirming findings: kept in the project, undone, lapsed when what raised it changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.checks import Finding, Severity, check_project
from forms.checks.confirmations import confirm, confirm_all, earlier_note, is_confirmed, open_confirms, withdraw
from forms.documents import Confirmation, Indicator, Package, Project, parse_path, put
from forms.edit_plain import edit_from_plain, edit_to_plain
from forms.edits import Edit, set_text
from forms.indicators import insert
from forms.known_editions import Editions
from forms.package import PackageError, parse_package, write_package
from tests.forms.checks.bases import BASES

EDITIONS = Editions()
TARGET = "declaration.indicators[3].target"


def found(project: Project, rule: str) -> list[Finding]:
    return [one for one in check_project(project, EDITIONS) if one.id == rule]


def without_unit() -> Project:
    """V02 at the fourth row, and M07."""
    return put(BASES["申2025"](), parse_path(TARGET), "≥240")


def change(project: Project, where: str, text: str) -> Project:
    return set_text(project, where, text, "改").apply(project)


def test_confirmed_with_a_note_and_taken_back() -> None:
    project = without_unit()
    (finding,) = found(project, "V02")
    assert is_confirmed(project, finding) is None
    assert open_confirms(project, check_project(project, EDITIONS)) == [finding]
    edit = confirm(project, finding, " 按人计\r\n")
    after = edit.apply(project)
    assert edit.name.startswith("确认“指标“参加学习的学员人数”的指标值")
    expected = Confirmation(
        "V02", TARGET, finding.message, ("产出指标", "数量指标", "参加学习的学员人数", "≥240"), "按人计"
    )
    assert after.confirmations == (expected,)
    assert is_confirmed(after, finding) == expected
    assert open_confirms(after, check_project(after, EDITIONS)) == []
    assert edit.inverse().apply(after) == project
    again = confirm(after, finding, "按人次计").apply(after)
    assert [one.note for one in again.confirmations] == ["按人次计"]
    assert earlier_note(again, finding) == "按人次计"
    back = withdraw(again, finding)
    assert back.apply(again) == project
    assert withdraw(project, finding).is_empty


def test_all_that_is_open_is_confirmed_in_one_step() -> None:
    project = change(without_unit(), "declaration.indicators[1].target", "≤9.00(万元)")
    (first,) = found(project, "V02")
    project = confirm(project, first, "按人计").apply(project)
    findings = check_project(project, EDITIONS)
    assert [one.id for one in open_confirms(project, findings)] == ["C01", "C02"]
    edit = confirm_all(project, findings, "全部确认")
    after = edit.apply(project)
    assert edit.name == "全部确认"
    assert [(one.rule, one.note) for one in after.confirmations] == [("V02", "按人计"), ("C01", ""), ("C02", "")]
    assert open_confirms(after, check_project(after, EDITIONS)) == []
    assert edit.inverse().apply(after) == project
    assert confirm_all(after, check_project(after, EDITIONS), "全部确认").is_empty


def test_errors_and_warnings_are_not_confirmed() -> None:
    project = change(BASES["申2025"](), "declaration.fields.项目名称", "")
    (finding,) = found(project, "B01")
    with pytest.raises(ValueError, match="B01"):
        confirm(project, finding)
    confirmed = project._replace(confirmations=(Confirmation("B01", finding.path, finding.message, ("",)),))
    assert is_confirmed(confirmed, finding) is None


def test_lapses_when_the_text_changes_and_offers_its_note() -> None:
    project = without_unit()
    (finding,) = found(project, "V02")
    project = confirm(project, finding, "按人计").apply(project)
    project = change(project, TARGET, "≥250")
    (finding,) = found(project, "V02")
    assert is_confirmed(project, finding) is None
    assert open_confirms(project, [finding]) == [finding]
    assert earlier_note(project, finding) == "按人计"
    back = change(project, TARGET, "≥240")
    assert open_confirms(back, found(back, "V02")) == []


def test_lapses_when_only_the_message_changes() -> None:
    """C01 compares sums: its place is the first cost, its message tells of all."""
    project = change(BASES["申2025"](), "declaration.indicators[1].target", "≤9.00(万元)")
    (finding,) = found(project, "C01")
    project = confirm(project, finding).apply(project)
    assert open_confirms(project, found(project, "C01")) == []
    project = change(project, "declaration.indicators[1].target", "≤9.50(万元)")
    assert len(open_confirms(project, found(project, "C01"))) == 1
    assert earlier_note(project, finding) == ""


def test_a_row_may_move_but_another_row_is_not_meant() -> None:
    project = without_unit()
    (finding,) = found(project, "V02")
    project = confirm(project, finding).apply(project)
    assert project.declaration is not None
    new = Indicator("产出指标", "数量指标", "发放教材数量", "≥240")
    project = insert("declaration", project.declaration.indicators, 3, [new]).apply(project)
    first, second = found(project, "V02")
    assert is_confirmed(project, first) is None
    assert is_confirmed(project, second) is not None
    project = confirm(project, first).apply(project)
    assert len(project.confirmations) == 2
    assert open_confirms(project, found(project, "V02")) == []


def test_what_concerns_all_rows_or_an_absent_field() -> None:
    project = BASES["申2025"]()
    assert project.declaration is not None
    rows = project.declaration.indicators[:-1]
    fields = {key: text for key, text in project.declaration.fields.items() if key != "主管部门"}
    project = project._replace(declaration=project.declaration._replace(indicators=rows, fields=fields))
    for rule in ("I04", "B03"):
        (finding,) = found(project, rule)
        project = confirm(project, finding).apply(project)
        assert project.confirmations[-1].texts == ()
    assert open_confirms(project, check_project(project, EDITIONS)) == []


@given(st.sampled_from(["", "x", "a..b", "declaration.indicators[99].l3", "declaration.fields.a.b"]))
def test_findings_and_confirmations_of_another_state_do_no_harm(where: str) -> None:
    project = without_unit()._replace(confirmations=(Confirmation("V02", where, "x"),))
    (finding,) = found(project, "V02")
    assert is_confirmed(project, finding) is None
    other = Finding("V02", Severity.CONFIRM, 0, "declaration", where, "x", "", (where,))
    assert is_confirmed(project, other) is None or where in ("", "x")


def test_kept_in_package_and_journal() -> None:
    project = without_unit()
    (finding,) = found(project, "V02")
    edit: Edit = confirm(project, finding, "按人计")
    assert edit_from_plain(edit_to_plain(edit)) == edit
    after = edit.apply(project)
    package = Package((project, after))
    data = write_package(package)
    assert parse_package(data, "x.json", EDITIONS) == package
    assert data.count(b'"confirmations"') == 1
    wrong = data.replace(b'"rule": "V02"', b'"rule": 2')
    with pytest.raises(PackageError, match="第2个项目的已确认的提醒第1条的“规则编号”应为文字"):
        parse_package(wrong, "x.json", EDITIONS)
