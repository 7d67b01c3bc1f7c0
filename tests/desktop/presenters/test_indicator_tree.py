"""What the tree shows, and where."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.presenters.findings import Mark, marks_by_path
from desktop.presenters.indicator_tree import Head, gravest_first, heads, marks_by_row, row_of, signs
from forms.checks import Finding, Severity
from forms.documents import Indicator
from forms.indicators import Levels, branches, insert_under
from forms.known_editions import Editions

EDITION = Editions()["sh-songjiang-declaration-2025"]
LEVELS = [(one.name, two.name) for one in EDITION.taxonomy for two in one.l2]
COST, COUNT, QUALITY, TIME, SOCIAL = LEVELS[0], LEVELS[3], LEVELS[4], LEVELS[5], LEVELS[7]


def rows_of(*levels: Levels) -> tuple[Indicator, ...]:
    return tuple(Indicator(*pair, chr(ord("a") + at)) for at, pair in enumerate(levels))


def shown(rows: tuple[Indicator, ...]) -> tuple[Head, ...]:
    return heads(rows, EDITION, branches(rows))


def written(rows: tuple[Indicator, ...]) -> list[str]:
    """The first two levels, one a line: their names, their rows, what is odd about them."""
    found = []
    for head in shown(rows):
        beneath = "".join(row.l3 for row in rows[head.start : head.stop])
        odd = "" if head.standing == "fine" else f"({head.standing})"
        found.append(f"{head.levels[0]}{odd}" if head.depth == 1 else f"  {head.levels[1]} {beneath}{odd}")
    return found


def test_an_empty_form_offers_what_the_edition_expects() -> None:
    assert written(()) == [
        "成本指标(offered)",
        "  经济成本指标 (offered)",
        "产出指标(offered)",
        "  数量指标 (offered)",
        "  质量指标 (offered)",
        "  时效指标 (offered)",
        "效益指标(offered)",
        "  社会效益指标 (offered)",
        "满意度指标(offered)",
        "  服务对象满意度指标 (offered)",
    ]


def test_what_is_there_is_merged_with_what_is_missing() -> None:
    rows = rows_of(COUNT, COUNT, TIME, LEVELS[9])
    assert written(rows) == [
        "成本指标(offered)",
        "  经济成本指标 (offered)",
        "产出指标",
        "  数量指标 ab",
        "  质量指标 (offered)",
        "  时效指标 c",
        "效益指标",
        "  社会效益指标 (offered)",
        "  可持续影响指标 d",
        "满意度指标(offered)",
        "  服务对象满意度指标 (offered)",
    ]


def test_strangers_and_the_displaced_show_in_the_order_of_the_form() -> None:
    rows = rows_of(SOCIAL, ("怪指标", "甲"), TIME, ("产出指标", "成本指标"), COUNT, COST, COUNT)
    lines = written(rows)
    assert lines[:9] == [
        "效益指标",
        "  社会效益指标 a",
        "怪指标(outside)",
        "  甲 b(outside)",
        "产出指标(displaced)",
        "  时效指标 c",
        "  成本指标 d(outside)",
        "  数量指标 e(displaced)",
        "成本指标(displaced)",
    ]
    # 数量指标 stands a second time; what 产出指标 lacks is offered here, in its last branch.
    assert lines[lines.index("产出指标(displaced)", 5) :][:3] == [
        "产出指标(displaced)",
        "  数量指标 g(displaced)",
        "  质量指标 (offered)",
    ]


def test_parents_sum_points() -> None:
    rows = (
        Indicator(*COUNT, "a", points="12.5", score="12"),
        Indicator(*COUNT, "b", points="７.5", score="—"),
        Indicator(*TIME, "c", points="x"),
    )
    evaluation = Editions()["sh-evaluation-2025"]
    sums = {head.levels: (head.points, head.score) for head in heads(rows, evaluation, branches(rows))}
    assert sums["产出指标", ""] == ("20", "12")
    assert sums[COUNT] == ("20", "12")
    assert sums[TIME] == ("", "")
    assert {(head.points, head.score) for head in shown(rows)} == {("", "")}, "a declaration has no points"


def test_marks_come_once_and_the_gravest_first() -> None:
    amber, red = Mark("confirm", "▲", "甲"), Mark("error", "■", "乙")
    assert gravest_first([amber, red, amber]) == (red, amber)


def finding(severity: Severity, where: str, *places: str) -> Finding:
    return Finding("X1", severity, 0, "declaration", where, f"{severity}：{where}", "", places)


def test_findings_stand_at_their_rows_the_gravest_first() -> None:
    found = [
        finding(Severity.WARNING, "indicators[1].l3", "indicators[1].l3", "indicators[1].target", "indicators[2].l3"),
        finding(Severity.ERROR, "indicators[1].target"),
        finding(Severity.ERROR, "indicators"),
        finding(Severity.CONFIRM, "funds.财政资金"),
    ]
    marks = marks_by_row("declaration", marks_by_path(found))
    assert {row: [mark.severity for mark in here] for row, here in marks.items()} == {
        1: ["error", "warning"],
        2: ["warning"],
    }
    assert signs(marks[1]) == "■ 2"
    assert signs(marks[2]) == "·"
    assert signs(()) == ""
    assert marks_by_row("evaluation", marks_by_path(found)) == {}


def test_rows_of_paths() -> None:
    assert row_of("declaration", "declaration.indicators[3].target") == 3
    assert row_of("declaration", "declaration.indicators[3]") == 3
    for other in ("declaration.indicators", "evaluation.indicators[3].target", "declaration.funds.其他资金", ""):
        assert row_of("declaration", other) == -1


@given(st.lists(st.sampled_from([*LEVELS, ("产出指标", "成本指标"), ("怪指标", "甲")]), max_size=10))
def test_every_row_shows_in_order_and_offers_keep_their_promise(drawn: list[Levels]) -> None:
    rows = rows_of(*drawn)
    lines = shown(rows)
    assert [at for head in lines if head.depth == 2 for at in range(head.start, head.stop)] == list(range(len(rows)))
    assert len({head.key for head in lines}) == len(lines)
    for at, head in enumerate(lines):
        if head.depth == 2 and head.standing == "offered":
            # The row that comes when the offer is taken stands where the offer stood.
            edit = insert_under("declaration", rows, EDITION, head.levels)
            assert edit.changes[0].at == max((one.stop for one in lines[:at] if one.depth == 2), default=0)
