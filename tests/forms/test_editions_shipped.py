"""The shipped editions against the official forms: labels to the character and in order, merges, taxonomy, weights."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from forms.documents import get, parse_path
from forms.edition import Amounts, Band, Edition
from forms.known_editions import SHIPPED, Editions
from forms.package import read_package
from forms.parameters import parameters_of
from tests.published import each_published

EDITIONS = Editions()

NAME_ROWS_2025 = ["项目名称", "项目性质", "项目类别", "主管部门", "实施单位", "计划开始日期", "计划完成日期"]
NAME_ROWS_2022 = ["项目名称", "项目类别", "主管部门", "实施单位", "计划开始日期", "计划完成日期"]
FUNDS = [
    "项目资金（元）",
    "项目资金总额",
    "年度资金申请总额",
    "其中：财政资金",
    "其中：当年财政拨款",
    "上年结转资金",
    "其他资金",
    "其他资金",
]
EVALUATION = [
    *("项目名称", "主管部门", "实施单位"),
    *("项目资金（元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
    *("年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金"),
    *("年度总体目标", "预期目标", "实际完成情况"),
    *("绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"),
    *("偏差原因分析及改进措施", "总分", ""),
]

LABELS = {
    "sh-songjiang-declaration-2025": [
        *NAME_ROWS_2025,
        *FUNDS,
        *("项目绩效目标", "项目总体目标({from}年-{to}年)", "年度总体目标"),
        *("绩效指标", "一级指标", "二级指标", "三级指标", "年度(/项目)指标值"),
    ],
    "sh-declaration-2025": [
        *NAME_ROWS_2025,
        *("项目资金(元)", "项目资金总额：", "年度资金申请总额："),
        *FUNDS[3:],
        *("项目绩效目标", "项目总目标", "年度总体目标"),
        *("绩效指标", "一级指标", "二级指标", "三级指标", "年度(/项目)指标值"),
    ],
    "sh-declaration-2022": [
        *NAME_ROWS_2022,
        *FUNDS,
        *("项目绩效目标", "项目总目标（{from}年-{to}年）", "年度总目标"),
        *("绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值"),
    ],
    "cn-declaration-2015": [
        *("项目名称", "主管部门及代码", "实施单位", "项目属性", "项目期"),
        *(
            "项目资金（万元）",
            "中期资金总额：",
            "年度资金总额：",
            "其中：财政拨款",
            "其中：财政拨款",
            "其他资金",
            "其他资金",
        ),
        *("总体目标", "中期目标（{from}年—{to}年）", "年度目标"),
        *("绩效指标", "一级指标", *("二级指标", "三级指标", "指标值") * 2),
    ],
    "sh-evaluation-2022": EVALUATION,
    "cn-evaluation-2020": [
        *("项目名称", "主管部门", "实施单位"),
        *("项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
        *("年度资金总额", "其中：当年财政拨款", "—", "上年结转资金", "—", "其他资金", "—"),
        *EVALUATION[15:],
    ],
    "sh-evaluation-2025": EVALUATION,
}

OUTPUT = ["数量指标", "质量指标", "时效指标"]
BENEFIT = ["经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"]
TAXONOMY_2022 = {"产出指标": [*OUTPUT, "成本指标"], "效益指标": BENEFIT, "满意度指标": ["服务对象满意度指标"]}
TAXONOMY_2025 = {
    "成本指标": ["经济成本指标", "社会成本指标", "生态环境成本指标"],
    "产出指标": OUTPUT,
    "效益指标": BENEFIT,
    "满意度指标": ["服务对象满意度指标"],
}
EXPECTED = {"经济成本指标", *OUTPUT, "社会效益指标", "服务对象满意度指标"}

shipped = pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)


def labels(edition: Edition) -> list[str]:
    """All labels from top to bottom and from left to right, without the line breaks within them."""
    found: list[str | None] = []
    for band in edition.bands:
        if band.side is not None:
            found.append(band.side.label)
        found += [cell.label for cell in sorted(band.cells, key=lambda cell: (cell.row, cell.column))]
        found += [column.label for column in band.columns]
    return [label.replace("\n", "") for label in found if label is not None]


def test_these_editions_are_shipped():
    assert set(EDITIONS) == set(LABELS)


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_a_shipped_edition_is_found_by_the_name_of_its_file(path: Path):
    editions = Editions()
    edition = editions[path.stem]
    assert edition.id == path.stem
    assert edition is editions[path.stem]
    other = edition.evaluation_edition
    assert other is None or EDITIONS[other].kind == "evaluation"


@shipped
def test_labels_are_those_of_the_form_in_its_order(edition: Edition):
    assert labels(edition) == LABELS[edition.id]


@pytest.mark.parametrize(
    ("id_", "title", "numbered", "year_line", "years"),
    [
        ("sh-songjiang-declaration-2025", "财政项目支出绩效目标申报表", True, "（{year}年度）", (2025, None)),
        ("sh-declaration-2025", "财政项目支出绩效目标申报表", False, "({year}年度)", (2025, None)),
        ("sh-declaration-2022", "财政项目支出绩效目标填报表", True, "（{year}年度）", (2022, 2024)),
        ("sh-evaluation-2022", "财政项目支出绩效自评表", False, "({year}年度)", (2022, 2024)),
        ("sh-evaluation-2025", "财政项目支出绩效自评表", False, "({year}年度)", (2025, None)),
        ("cn-evaluation-2020", "项目支出绩效自评表", False, "（{year}年度）", (2020, None)),
        ("cn-declaration-2015", "项目支出绩效目标申报表", False, "（{year}年度）", (2015, None)),
    ],
)
def test_heads(id_: str, title: str, numbered: bool, year_line: str, years: tuple[int, int | None]):
    edition = EDITIONS[id_]
    assert (edition.title, edition.title_numbered, edition.year_line) == (title, numbered, year_line)
    assert (edition.years.first, edition.years.last) == years
    unseen = {"sh-evaluation-2025": "推断", "cn-evaluation-2020": "记忆", "cn-declaration-2015": "记忆"}
    assert edition.evidence == unseen.get(id_, "样张")
    assert edition.verified == (id_ not in unseen)
    assert edition.amounts == (Amounts("万元", 10_000) if id_.startswith("cn-") else Amounts("元", 1))
    assert edition.sources


@shipped
def test_the_taxonomy_and_what_is_expected(edition: Edition):
    wanted = TAXONOMY_2025 if edition.id.endswith("2025") else TAXONOMY_2022
    assert {one.name: [two.name for two in one.l2] for one in edition.taxonomy} == wanted
    assert [one.name for one in edition.taxonomy] == list(wanted)
    expected = {two.name for one in edition.taxonomy for two in one.l2 if two.expected}
    assert expected == EXPECTED & {name for names in wanted.values() for name in names}
    assert {one.open for one in edition.taxonomy} == {edition.id.startswith("cn-")}


@pytest.mark.parametrize(
    ("id_", "signs", "decimals", "brackets", "percent"),
    [
        ("sh-songjiang-declaration-2025", "≥ ≤ = > <", "two", "()", "%"),
        ("sh-declaration-2025", "≥ ≤ = > <", "two-except-counts", "()", "百分比"),
        ("sh-declaration-2022", ">= <= = > <", "none", "", "%"),
        ("sh-evaluation-2022", ">= <= = > <", "none", "", "%"),
        ("sh-evaluation-2025", "≥ ≤ = > <", "two", "()", "%"),
        ("cn-evaluation-2020", "≥ ≤ = > <", "as-needed", "", "%"),
        ("cn-declaration-2015", "≥ ≤ = > <", "as-needed", "", "%"),
    ],
)
def test_value_styles(id_: str, signs: str, decimals: str, brackets: str, percent: str):
    style = EDITIONS[id_].value_style
    assert (" ".join(style.signs), style.decimals, style.brackets, style.percent) == (
        signs,
        decimals,
        brackets,
        percent,
    )


def test_declarations_name_their_evaluation():
    links = {one.id: one.evaluation_edition for one in EDITIONS.values() if one.kind == "declaration"}
    assert links == {
        "sh-songjiang-declaration-2025": "sh-evaluation-2025",
        "sh-declaration-2025": "sh-evaluation-2025",
        "sh-declaration-2022": "sh-evaluation-2022",
        "cn-declaration-2015": "cn-evaluation-2020",
    }


PRESETS_2020 = [(10, {"产出指标": 50, "效益指标": 30, "满意度指标": 10}), (10, {"产出指标": 50, "效益指标": 40})]
PRESETS_2021 = [
    (10, {"成本指标": 20, "产出指标": 40, "效益指标": 20, "满意度指标": 10}),
    (10, {"成本指标": 20, "产出指标": 40, "效益指标": 30}),
    (10, {"产出指标": 50, "效益指标": 30, "满意度指标": 10}),
]


@shipped
def test_weights(edition: Edition):
    known = {"sh-evaluation-2022": PRESETS_2020, "cn-evaluation-2020": PRESETS_2020, "sh-evaluation-2025": PRESETS_2021}
    wanted = known.get(edition.id, [])
    assert [(preset.execution, dict(preset.points)) for preset in edition.weights] == wanted


@shipped
def test_parameters_are_known(edition: Edition):
    assert parameters_of(edition)


def edges(edition: Edition) -> list[tuple[str, list[Decimal]]]:
    return [(band.part, list(band.edges)) for band in edition.bands]


def mm(text: str) -> list[Decimal]:
    return [Decimal(one) for one in text.split("·")]


NAMES_2025 = [("fields", mm("0·16·66·88·118·136·170")), ("fields", mm("0·16·66·88·170"))]
EVALUATION_EDGES = [
    ("fields", mm("0·15·170")),
    ("fields", mm("0·15·78·96·170")),
    ("funds", mm("0·15·55·79·103·127·138·156·170")),
    ("goals", mm("0·15·92.5·170")),
    ("indicators", mm("0·15·29·49·85·104·123·133·144·170")),
    ("total", mm("0·123·133·144·170")),
]
FUNDS_EDGES = ("funds", mm("0·16·48·88·128·170"))
ROWS_EDGES = ("indicators", mm("0·16·32·54·130·170"))


@shipped
def test_column_edges(edition: Edition):
    wanted = {
        "sh-songjiang-declaration-2025": [*NAMES_2025, FUNDS_EDGES, ("goals", mm("0·16·88·170")), ROWS_EDGES],
        "sh-declaration-2025": [*NAMES_2025, FUNDS_EDGES, ("goals", mm("0·16·88·170")), ROWS_EDGES],
        "sh-declaration-2022": [
            ("fields", mm("0·16·66·88·170")),
            FUNDS_EDGES,
            ("goals", mm("0·16·93·170")),
            ROWS_EDGES,
        ],
        "cn-declaration-2015": [
            ("fields", mm("0·27·170")),
            ("fields", mm("0·27·85·112·170")),
            ("funds", mm("0·27·60·98·132·170")),
            ("goals", mm("0·14·92·170")),
            ("indicators", mm("0·14·28·47·75·92·111·147·170")),
        ],
    }.get(edition.id, EVALUATION_EDGES)
    assert edges(edition) == wanted


def band_of(edition: Edition, part: str) -> Band:
    return next(band for band in edition.bands if band.part == part)


def grid(band: Band) -> list[list[str]]:
    """What each place of the grid belongs to; a merged cell stands at each of its places."""
    rows = [[""] * (len(band.edges) - 1) for _ in range(band.row_count)]
    for cell in band.cells:
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                rows[row][column] = cell.path if cell.path is not None else f"“{cell.label}”"
    return rows


@pytest.mark.parametrize("id_", ["sh-songjiang-declaration-2025", "sh-declaration-2022"])
def test_the_funds_of_a_declaration(id_: str):
    assert grid(band_of(EDITIONS[id_], "funds")) == [
        ["“项目资金（元）”", "“项目资金总额”", "funds.项目资金总额", "“年度资金申请总额”", "funds.年度资金申请总额"],
        ["“项目资金（元）”", "“其中：财政资金”", "funds.财政资金", "“其中：当年财政拨款”", "funds.当年财政拨款"],
        ["“项目资金（元）”", "“其中：财政资金”", "funds.财政资金", "“上年结转资金”", "funds.上年结转资金"],
        ["“项目资金（元）”", "“其他资金”", "funds.其他资金", "“其他资金”", "funds.年度其他资金"],
    ]


def test_the_national_declaration_has_two_halves():
    edition = EDITIONS["cn-declaration-2015"]
    assert grid(band_of(edition, "funds")) == [
        ["“项目资金\n（万元）”", "“中期资金总额：”", "funds.中期资金总额", "“年度资金总额：”", "funds.年度资金总额"],
        ["“项目资金\n（万元）”", "“其中：财政拨款”", "funds.中期财政拨款", "“其中：财政拨款”", "funds.年度财政拨款"],
        ["“项目资金\n（万元）”", "“其他资金”", "funds.中期其他资金", "“其他资金”", "funds.年度其他资金"],
    ]
    assert grid(band_of(edition, "goals"))[1] == ["“总体目标”", "overall_goal", "annual_goal"]
    keys = [column.key for column in edition.columns]
    assert keys == ["l1", "l2", "mid_l3", "mid_target", "l2", "l3", "target"]
    assert band_of(edition, "goals").edges[2] == band_of(edition, "indicators").edges[5], "one line parts the halves"
    assert [one.id for one in EDITIONS.values() if one.has_mid_term] == ["cn-declaration-2015"]


@shipped
def test_the_sums_are_those_of_the_form(edition: Edition):
    found = {one.total: (one.of, *one.parts) for one in edition.sums}
    if edition.kind == "evaluation":
        columns = ("年初预算数", "全年预算数", "全年执行数")
        assert found == {f"funds[0].{key}": ("", *(f"funds[{n}].{key}" for n in (1, 2, 3))) for key in columns}
    elif edition.id.startswith("cn-"):
        assert found == {
            "funds.年度资金总额": ("year", "funds.年度财政拨款", "funds.年度其他资金"),
            "funds.中期资金总额": ("whole", "funds.中期财政拨款", "funds.中期其他资金"),
        }
    else:
        assert found == {
            "funds.年度资金申请总额": ("year", "funds.当年财政拨款", "funds.上年结转资金", "funds.年度其他资金"),
            "funds.项目资金总额": ("whole", "funds.财政资金", "funds.其他资金"),
        }


@pytest.mark.parametrize("id_", ["sh-evaluation-2022", "sh-evaluation-2025"])
def test_the_funds_and_the_total_of_an_evaluation(id_: str):
    columns = ["年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
    rows = ["年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金"]
    assert grid(band_of(EDITIONS[id_], "funds")) == [
        ["“项目资金（元）”", "“”", *(f"“{column}”" for column in columns)],
        *(
            ["“项目资金（元）”", f"“{row}”", *(f"funds[{n}].{column}" for column in columns)]
            for n, row in enumerate(rows)
        ),
    ]
    assert grid(band_of(EDITIONS[id_], "total")) == [["“总分”", "total_points", "total_score", "“”"]]
    keys = [column.key for column in EDITIONS[id_].columns]
    assert keys == ["l1", "l2", "l3", "target", "actual", "points", "score", "reason"]


@pytest.mark.parametrize(
    ("id_", "goals", "rows"),
    [
        ("sh-songjiang-declaration-2025", 1, 1),
        ("sh-declaration-2025", 2, 2),
        ("sh-declaration-2022", 2, 2),
        ("sh-evaluation-2022", 2, 1),
        ("sh-evaluation-2025", 2, 1),
        ("cn-evaluation-2020", 2, 1),
        ("cn-declaration-2015", 2, 2),
    ],
)
def test_upright_labels(id_: str, goals: int, rows: int):
    edition = EDITIONS[id_]
    assert [cell.upright for cell in band_of(edition, "goals").cells] == [goals, 0, 0, 0, 0]
    side = band_of(edition, "indicators").side
    assert side is not None
    assert side.upright == rows


@shipped
def test_amounts_stand_right_and_goals_on_top(edition: Edition):
    for cell in (cell for band in edition.bands for cell in band.cells if cell.path is not None):
        assert cell.path is not None
        if cell.path.endswith(("goal", "expected", "actual")):
            assert cell.align == "top-left"
        elif cell.path.startswith("funds") and not cell.path.endswith(("分值", "执行率", "得分")):
            assert cell.align == "right"


def test_code_lists():
    nature = EDITIONS["sh-declaration-2025"].field("项目性质")
    assert nature == EDITIONS["sh-songjiang-declaration-2025"].field("项目性质")
    assert nature is not None
    assert nature.choices == (
        *("其他经常性项目", "其他一次性项目"),
        *("一次性项目", "阶段性项目", "经常性项目"),
    )
    category = EDITIONS["sh-declaration-2025"].field("项目类别")
    assert category is not None
    assert category.choices == ("其他运转类", "特定目标类", "人员类", "公用经费")
    assert EDITIONS["sh-declaration-2022"].field("项目性质") is None
    category = EDITIONS["sh-declaration-2022"].field("项目类别")
    assert category is not None
    assert category.choices == ("经常性项目", "一次性项目")
    pairs = [
        {"项目性质": "其他经常性项目", "项目类别": "其他运转类"},
        {"项目性质": "其他一次性项目", "项目类别": "特定目标类"},
    ]
    for edition in EDITIONS.values():
        assert list(edition.pairs) == (pairs if edition.field("项目性质") else [])


def test_which_editions_a_new_form_may_use():
    def ids(kind: str, year: int) -> list[str]:
        return [one.id for one in EDITIONS.for_new("declaration" if kind == "d" else "evaluation", year)]

    assert ids("d", 2022) == ids("d", 2023) == ids("d", 2024) == ["sh-declaration-2022", "cn-declaration-2015"]
    assert ids("d", 2025) == ["sh-declaration-2025", "sh-songjiang-declaration-2025", "cn-declaration-2015"]
    assert ids("e", 2021) == ["cn-evaluation-2020"]
    assert ids("e", 2024) == ["sh-evaluation-2022", "cn-evaluation-2020"]
    assert ids("e", 2026) == ["sh-evaluation-2025", "cn-evaluation-2020"]
    assert ids("d", 2015) == ids("d", 2021) == ["cn-declaration-2015"]
    assert ids("d", 2014) == ids("e", 2019) == []


@pytest.mark.published
@each_published()
def test_the_editions_print_every_key_of_the_published_forms(path: Path):
    for project in read_package(path, EDITIONS).projects:
        for kind, form in project.forms:
            edition = EDITIONS[form.edition]
            assert edition.kind == kind
            printed = {cell.path for band in edition.bands for cell in band.cells if cell.path is not None}
            for place in printed:
                get(form, parse_path(place))
            assert {f"fields.{key}" for key in form.fields} <= printed
            assert [field.key for field in edition.fields] == list(form.fields)
            funds = enumerate(form.funds) if isinstance(form.funds, tuple) else ()
            assert {f"funds[{n}].{key}" for n, row in funds for key in row if key != "row"} <= printed
            for row in form.indicators:
                assert edition.order_of(row.l1, row.l2) is not None


@pytest.mark.published
@each_published()
def test_the_row_labels_of_the_funds_are_those_of_the_published_forms(path: Path):
    for project in read_package(path, EDITIONS).projects:
        if project.evaluation is not None:
            rows = [row["row"] for row in project.evaluation.funds]
            assert labels(EDITIONS[project.evaluation.edition])[11:15] == rows
