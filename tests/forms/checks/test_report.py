"""The report of a check, and what it says of rules and sources."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from forms.checks import RULES, Severity, check_package
from forms.checks.confirmations import confirm
from forms.checks.report import STATE_WORDS, Report, make_report, rules_run, state_of
from forms.checks.sources import SOURCES, descriptions
from forms.documents import Booklet, Package, Project, parse_path, put
from forms.known_editions import Editions
from tests.forms.checks.bases import BASES
from tests.strategies import packages

EDITIONS = Editions()
TARGET = "declaration.indicators[3].target"


def report_of(package: Package, switches: dict[str, bool] | None = None, made: str = "") -> Report:
    found = check_package(package, EDITIONS, switches=switches)
    return make_report(package, EDITIONS, found, switches=switches, made=made)


def wrong(base: str = "申2025") -> Project:
    """M02, V02 and M05."""
    project = BASES[base]()
    for where, text in {
        TARGET: "≥240.00",
        "declaration.funds.当年财政拨款": "1",
        "declaration.funds.项目资金总额": "",
    }.items():
        project = put(project, parse_path(where), text)
    return project


def test_what_was_checked_and_found() -> None:
    project = wrong()
    package = Package((project, BASES["评2022"]()))
    report = report_of(package, {"M05": False, "B12": True, "V24": True}, "2026年11月21日 8:50")
    assert [part.heading for part in report.parts] == [
        "一、检查范围",
        "二、项目1 居民技能培训",
        "三、项目2 居民技能培训",
        "四、规则的依据",
    ]
    scope = report.parts[0].lines
    assert scope[:4] == ("检查时间：2026年11月21日 8:50", "单位：示例区就业服务中心", "年度：2023、2025", "项目：2个")
    assert scope[4].startswith("表样：财政项目支出绩效目标申报表（松江区，2025年起）、")
    assert scope[6:] == (
        "另行打开的规则：B12",
        "已关闭的规则：M05",
        "默认不检查的规则：B05、I08、G02（当年完成的项目）、G11",
        "结果：错误1条，待确认1条，已确认0条，提醒1条",
    )
    first, second = report.parts[1].lines, report.parts[2].lines
    assert first[:2] == ("内容：经费说明、申报表", "状态：有错误")
    assert first[2].startswith("〔错误〕M02 申报表：年度资金申请总额（60,000.00）不等于分项合计（1.00）（依据：表式")
    assert first[3].startswith("〔提醒★〕V02 申报表：指标“参加学习的学员人数”")
    assert second == ("内容：自评表", "状态：可定稿", "没有发现问题")
    assert report.text.startswith("绩效目标校验报告\n\n一、检查范围\n检查时间：")
    assert report.text.endswith("不等于一定通过审核。\n")


def test_confirmations_with_their_notes() -> None:
    project = put(BASES["申2025"](), parse_path(TARGET), "≥240.00")
    (finding,) = check_package(Package((project,)), EDITIONS)
    assert state_of(project, [finding]) == "confirm"
    for note, line in {"": "已确认", "按人\n计": "已确认，说明：按人 计"}.items():
        after = confirm(project, finding, note).apply(project)
        assert state_of(after, [finding]) == "final"
        report = report_of(Package((after,)))
        assert report.parts[1].lines[-1] == line
        assert "状态：可定稿" in report.parts[1].lines
        assert report.parts[0].lines[-1] == "结果：错误0条，待确认0条，已确认1条，提醒0条"
    assert {"error", "confirm", "final", "draft"} == set(STATE_WORDS)


def test_a_booklet_and_a_project_of_nothing() -> None:
    report = report_of(Package((Project(),), Booklet("", "编报绩效目标的项目3个。")))
    assert report.parts[0].lines[:4] == ("单位：未填写", "年度：无", "项目：1个", "表样：无")
    assert report.parts[1].heading == "二、项目1 （未命名）"
    assert report.parts[1].lines[0] == "内容：无"
    assert report.parts[2].heading == "三、编报册"
    assert report.parts[2].lines[0].startswith("〔错误〕X01 编报册：编报说明写3个，实有0张表")


def test_rules_run_are_those_that_concern_the_package() -> None:
    declared, evaluated = (Package((BASES[name](),)) for name in ("申2022", "评2022"))
    ids = {rule.id for rule in rules_run(declared, EDITIONS, {})}
    assert {"B01", "M02", "X01"} <= ids
    assert not ids & {"S01", "N01", "C01", "B12"}
    assert {"S01"} <= {rule.id for rule in rules_run(evaluated, EDITIONS, {})}
    with_narrative = rules_run(Package((BASES["申2025"](),)), EDITIONS, {"B12": True, "M05": False})
    assert {"N01", "B12", "C01"} <= {rule.id for rule in with_narrative}
    assert "M05" not in {rule.id for rule in with_narrative}


@pytest.mark.parametrize(("count", "number"), [(9, "十一"), (18, "二十"), (19, "二十一"), (97, "九十九"), (98, "100")])
def test_headings_are_numbered(count: int, number: str) -> None:
    empty = BASES["评2022"]()._replace(evaluation=None)
    report = make_report(Package((empty,) * count), EDITIONS, [])
    assert report.parts[-1].heading == f"{number}、规则的依据"


@settings(max_examples=25)
@given(packages())
def test_any_package_has_a_report_without_odd_lines(package: Package) -> None:
    report = report_of(package)
    assert len(report.parts) >= len(package.projects) + 2
    for part in report.parts:
        for line in (part.heading, *part.lines):
            assert line.strip() == line
            assert "\n" not in line


def test_every_rule_is_described_in_one_sentence() -> None:
    assert descriptions().keys() == RULES.keys()
    for rule in RULES.values():
        assert rule.about.endswith("。"), rule.id
        assert "，。" not in rule.about
        assert 6 < len(rule.about) < 60, rule.id


def test_every_source_says_how_far_it_may_be_relied_on() -> None:
    assert SOURCES["88号"].standing == "未见原文；待核对"
    assert all("；" in one.standing for one in SOURCES.values())


def test_with_every_rule_on_none_is_named_as_left_out() -> None:
    report = report_of(Package((BASES["申2025"](),)), dict.fromkeys(RULES, True))
    assert not any("不检查的规则" in line for line in report.parts[0].lines)


def test_every_part_of_a_rule_has_a_name_in_the_report() -> None:
    off = {key: False for key, rule in RULES.items() if rule.severity is not Severity.ERROR}
    named = make_report(Package(()), EDITIONS, [], switches=off).parts[0].lines
    closed = next(line for line in named if line.startswith("已关闭的规则：")).partition("：")[2].split("、")
    assert "K01（经费说明）" in closed
    assert all("." not in one for one in closed)
