"""What stands against a final copy."""

from __future__ import annotations

from desktop.presenters.final_copy import SHOWN, why_not_final
from desktop.presenters.review import confirming, review
from desktop.texts import RESOURCES
from forms.documents import Project
from forms.edits import set_text
from forms.known_editions import Editions
from forms.package import read_package

EDITIONS = Editions()


def project(file: str, name: str) -> Project:
    found = read_package(RESOURCES / "samples" / f"{file}.json", EDITIONS).projects
    return next(one for one in found if one.name == name)


def test_an_error_stands_against_it_and_is_named() -> None:
    told = why_not_final([project("public-culture-2025", "数字文化馆平台运行")], EDITIONS)
    assert told.startswith("还有 1 处错误、0 处待确认")
    assert "■ 数字文化馆平台运行：年度资金申请总额（986,000.00）不等于分项合计" in told


def test_what_is_to_be_confirmed_stands_against_it_until_it_is() -> None:
    one = project("produce-testing-2026", "产地环境与投入品监测")
    assert why_not_final([one], EDITIONS).startswith("还有 0 处错误、2 处待确认")
    for finding in review(one, EDITIONS).open:
        if finding.severity == "confirm":
            one = confirming(one, finding, "按批复执行").apply(one)
    assert why_not_final([one], EDITIONS) == ""
    # What was confirmed has changed: it is to be looked at anew.
    one = set_text(one, "declaration.indicators[0].target", "≤53.00(万元)", "").apply(one)
    assert why_not_final([one], EDITIONS).startswith("还有 0 处错误、1 处待确认")


def test_reminders_do_not_stand_against_it() -> None:
    one = project("produce-testing-2026", "检测仪器设备更新")
    one = set_text(one, "declaration.indicators[0].l3", f"{one.forms[0][1].indicators[0].l3}。", "").apply(one)
    assert [finding.severity for finding in review(one, EDITIONS).open] == ["warning"]
    assert why_not_final([one], EDITIONS) == ""


def test_errors_come_first_and_many_are_counted() -> None:
    bad = project("public-culture-2025", "数字文化馆平台运行")
    open_ = project("produce-testing-2026", "产地环境与投入品监测")
    lines = why_not_final([open_, *[bad] * SHOWN], EDITIONS).splitlines()
    assert lines[0].startswith(f"还有 {SHOWN} 处错误、2 处待确认")
    assert all(line.startswith("■") for line in lines[1 : SHOWN + 1])
    assert lines[-1] == "……另有 2 处"
