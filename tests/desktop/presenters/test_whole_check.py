"""All projects checked at once: what is between them, what was left out, what an edit makes of it."""

from __future__ import annotations

from datetime import UTC, datetime

from desktop.presenters.rule_book import chapters, read_switches, rule_book
from desktop.presenters.whole_check import Whole, check_together, check_whole, found_in, group_of, outcome, when
from forms.checks import RULES, Severity, check_package, check_set
from forms.documents import Package, Project, parse_path, put
from forms.known_editions import Editions
from tests.forms.checks.bases import BASES

EDITIONS = Editions()
AT = datetime(2025, 3, 1, 10, 32, tzinfo=UTC)


def named(name: str, base: str = "申2025", **texts: str) -> Project:
    project = put(BASES[base](), parse_path("declaration.fields.项目名称"), name)
    for path, words in texts.items():
        project = put(project, ("declaration", path), words)
    return project


def check(projects: dict[int, Project], switches: dict[str, bool] | None = None) -> Whole:
    return check_whole(projects, EDITIONS, switches or {}, lambda _made, _total: True, AT)


def test_projects_of_one_unit_and_year_are_a_set() -> None:
    first, twin = named("技能培训"), named("技能培训")
    later = put(named("技能培训"), ("declaration", "year"), 2026)
    whole = check({7: first, 3: twin, 5: later})
    assert [one.number for one in whole.projects] == [7, 3, 5]
    between = {one.number: [line.id for line in one.between] for one in whole.projects}
    assert between == {7: [], 3: ["B09", "G07"], 5: []}
    twin_lines = whole.projects[1].between
    assert [line.elsewhere for line in twin_lines] == [
        ((3, "declaration.fields.项目名称"),),
        ((3, "declaration.annual_goal"),),
    ]
    assert check_set(Package((first, twin)), EDITIONS) == check_package(Package((first, twin)), EDITIONS)


def test_lines_under_the_name_of_their_project() -> None:
    bad = put(named("甲"), parse_path("declaration.indicators[3].target"), "≥240.00")
    bad = put(bad, parse_path("declaration.funds.当年财政拨款"), "50000")
    whole = check({1: bad, 2: named("")})
    first, second = whole.projects
    assert group_of(first).heading == "■ 甲（1 处错误）"
    assert [line.id for line in group_of(first).open] == ["M02", "V02"]
    assert [line.id for line in group_of(first, "confirm").open] == ["V02"]
    assert not group_of(first, "confirmed").open
    assert [line.id for line in group_of(second).open] == ["B01", "G07"]
    assert group_of(second).heading == "■ 未命名项目（1 处错误）"
    assert outcome(whole) == "全面检查了 2 个项目：2 处错误 · 1 处待确认 · 1 处提醒。"
    assert found_in(whole.projects)[1] == 0


def test_what_cannot_be_checked_is_named() -> None:
    project = named("甲")
    assert project.declaration is not None
    strange = project._replace(declaration=project.declaration._replace(edition="xx"))
    whole = check({1: strange})
    assert whole.projects == ()
    assert outcome(whole).endswith("没有检查（表样不认识）：甲。")


def test_it_follows_edits_and_the_list() -> None:
    whole = check({1: named("甲"), 2: named("乙")})
    assert when(whole) == "10:32 全面检查的结果"
    assert when(Whole()) == ""
    assert whole.changed(9) is whole
    assert whole.kept({1, 2, 3}) is whole
    after = whole.changed(2)
    assert when(after).endswith("请按 F5 再查")
    fresh = check({2: named("丙")}).projects[0]
    renewed = after.renewed(2, named("丙"), fresh.review)
    assert [one.name for one in renewed.projects] == ["甲", "丙"]
    assert renewed.renewed(9, named("丁"), fresh.review) is renewed
    assert [one.number for one in renewed.kept({1}).projects] == [1]
    assert renewed.of(None) is None


def test_called_off_there_is_nothing() -> None:
    asked: list[tuple[int, int]] = []

    def stop(made: int, total: int) -> bool:
        asked.append((made, total))
        return False

    assert check_whole({1: named("甲"), 2: named("乙")}, EDITIONS, {}, stop) == Whole()
    assert asked == [(1, 2)]


def test_switches_reach_every_rule_but_errors() -> None:
    bad = put(named("甲"), parse_path("declaration.funds.项目资金总额"), "")
    assert [line.id for line in group_of(check({1: bad}).projects[0]).open] == ["M05"]
    assert group_of(check({1: bad}, {"M05": False}).projects[0]).open == ()
    twins = {1: named("甲"), 2: named("甲")}
    assert [line.id for line in check(twins, {"G07": False}).projects[1].between] == ["B09"]


def test_switches_that_say_nothing_are_dropped() -> None:
    kept = {"M05": False, "B12": True, "B01": False, "V12": True, "G11": False, "X99": True, "T05": "no", 3: True}
    assert read_switches(kept) == {"M05": False, "B12": True}
    assert read_switches(None) == {}
    assert read_switches(["M05"]) == {}


def test_chapters_have_every_rule_and_fix_errors() -> None:
    lines = [line for chapter in chapters() for line in chapter.rules]
    assert {line.switch for line in lines} == set(RULES)
    assert {line.switch for line in lines if line.is_fixed} == {
        key for key, rule in RULES.items() if rule.severity is Severity.ERROR
    }
    assert all(line.is_on({line.switch: False}) is line.is_fixed for line in lines)


def test_book_tells_what_was_switched() -> None:
    book = rule_book({"M05": False, "B12": True})
    assert "项目资金总额（中期资金总额）没有填写。（已关闭）" in book
    assert "半角的逗号、分号、冒号、问号或叹号。（已另行打开）" in book
    assert "默认不检查" in book


def test_the_report_finds_what_the_list_shows() -> None:
    first, twin = named("技能培训"), put(named("技能培训"), parse_path("declaration.funds.项目资金总额"), "")
    later = put(named("技能培训"), ("declaration", "year"), 2026)
    found = check_together([first, later, twin], EDITIONS, {})
    assert [(one.project, one.id) for one in found if one.project != 1] == [(2, "M05"), (2, "B09"), (2, "G07")]
    assert [one.places for one in found if one.id == "G07"] == [("projects[2].declaration.annual_goal",)]
    fewer = check_together([first, later, twin], EDITIONS, {"G07": False})
    assert {one.id for one in fewer} & {"B09", "G07"} == {"B09"}
