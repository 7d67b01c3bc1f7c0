"""Forms of any size for the tests of printing; none of their sentences is from a published form."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from forms.documents import (
    NARRATIVE_TITLES,
    Declaration,
    Evaluation,
    Indicator,
    Narrative,
    Package,
    Period,
    Project,
    Section,
)
from forms.known_editions import Editions
from forms.package import write_package
from forms.printing import Printed, PrintOptions, print_package
from forms.printing.fonts import shipped
from tests.published import FOLDER
from tests.scripts import loaded

EDITIONS = Editions()
MEASURE = shipped().measure()
SONGJIANG, SHANGHAI, FILLED = "sh-songjiang-declaration-2025", "sh-declaration-2025", "sh-declaration-2022"
EVALUATED = "sh-evaluation-2022"
CHECKER = FOLDER.parent / "tools" / "check_pdf.py"
HUGE = "999,999,999,999.99"
FUNDS = ("项目资金总额", "财政资金", "其他资金", "年度资金申请总额", "当年财政拨款", "上年结转资金", "年度其他资金")
TAXONOMY = (
    ("成本指标", "经济成本指标"),
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("产出指标", "时效指标"),
    ("效益指标", "社会效益指标"),
    ("效益指标", "可持续影响指标"),
    ("满意度指标", "服务对象满意度指标"),
)
FIELDS = ("项目名称", "主管部门", "实施单位", "项目类别", "计划开始日期", "计划完成日期")
_HAN = "按要求完成年度任务组织开展活动提升服务水平保障系统平稳运行形成报告推动成果应用支持企业参与合作"
_WORDS = (
    *("G60", "COVID-19", "A/B测试", "7*24小时", "100%", "98.5％", "≥35家", "1,234,567.89元", "2024年12月31日前"),
    *(
        "2025-06-30",
        "“双碳”",
        "《关于进一步的意见》",
        "（一）",
        "——",
        "……",
        "<b>",
        "&amp;",
        "=SUM(A1)",
        "𠮷",
        "㎡",
        "①",
    ),
    *("https://example.cn/a/b_c?d=e&f=1", "·", '"quoted"', "(half)", "3.5万元/次", "1-2场", "5～8次", "第145次", "2、"),
)


def prose(length: int, seed: int = 1) -> str:
    """Chinese-looking text with numbers, words and marks of every kind in it."""
    rng = random.Random(seed)  # noqa: S311  it makes sample texts
    text = ""
    while len(text) < length:
        kind = rng.random()
        text += rng.choice(_WORDS) if kind < 0.1 else rng.choice("，。、；：") if kind < 0.2 else rng.choice(_HAN)
    return text[:length].rstrip("《（“")


def declaration(edition: str = SONGJIANG, **changes: Any) -> Declaration:
    """A declaration of an ordinary size; given fields are added to its own."""
    year = 2022 if edition == FILLED else 2025
    fields = {"项目名称": "测试项目", "主管部门": "某某局", "实施单位": "某某中心", "项目类别": "其他运转类"}
    fields |= {"计划开始日期": f"{year}-01-01", "计划完成日期": f"{year}-12-31"}
    if year == 2025:
        fields["项目性质"] = "其他经常性项目"
    plain: dict[str, Any] = {
        "edition": edition,
        "year": year,
        "fields": fields | changes.pop("fields", {}),
        "funds": dict.fromkeys(FUNDS, "1,515,000.00"),
        "overall_period": None if edition == SHANGHAI else Period(year, year),
        "overall_goal": "",
        "annual_goal": prose(150),
        "indicators": rows(8),
    }
    return Declaration(**(plain | changes))


def rows(count: int, name: int = 18, target: str | int = "≥85.00(%)", **more: Any) -> tuple[Indicator, ...]:
    """Indicator rows over the whole taxonomy; names and, given as a number, targets of a length."""
    return tuple(
        Indicator(
            *TAXONOMY[n * len(TAXONOMY) // count],
            prose(name, n + 1),
            target if isinstance(target, str) else prose(target, n + 99),
            **more,
        )
        for n in range(count)
    )


def evaluation(edition: str = EVALUATED, *, amount: str = "893,544.77", **changes: Any) -> Evaluation:
    """An evaluation of an ordinary size."""
    names = ("年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金")
    columns = ("年初预算数", "全年预算数", "全年执行数")
    funds = [{"row": name, **dict.fromkeys(columns, amount), "分值": "—"} for name in names]
    if amount:
        funds[0] |= {"分值": "10", "执行率": "100.00%", "得分": "10"}
    plain: dict[str, Any] = {
        "edition": edition,
        "year": 2023,
        "fields": {"项目名称": "测试项目(二级构成)", "主管部门": "某某局", "实施单位": "某某中心"}
        | changes.pop("fields", {}),
        "funds": tuple(funds),
        "expected": prose(120),
        "actual": prose(120, 2),
        "indicators": rows(
            7, target="2023年12月31日前", actual="2023年12月31日前", points="10", score="10", reason="无"
        ),
        "total_points": "100",
        "total_score": "80.00",
    }
    return Evaluation(**(plain | changes))


def narrative(length: int = 300) -> Narrative:
    """A narrative whose last section is empty."""
    texts = [prose(length, n) for n in range(5)] + ["\n".join(prose(length // 3, n) for n in range(3)), ""]
    return Narrative(tuple(Section(title, text) for title, text in zip(NARRATIVE_TITLES, texts, strict=True)))


def package(*forms: Declaration | Evaluation | Project) -> Package:
    """A package of projects with one form each."""
    found = []
    for one in forms:
        if isinstance(one, Project):
            found.append(one)
        elif isinstance(one, Declaration):
            found.append(Project(declaration=one))
        else:
            found.append(Project(evaluation=one))
    return Package(tuple(found))


def printed(*forms: Declaration | Evaluation | Project, **options: Any) -> Printed:
    """Print forms."""
    return print_package(package(*forms), EDITIONS, PrintOptions(**options))


@cache
def checker_module() -> ModuleType:
    """The judge of PDFs."""
    if not CHECKER.exists():
        pytest.skip("the judge of PDFs does not lie beside this checkout (../shared/tools/check_pdf.py)")
    return loaded(CHECKER)


def judged(one: Package, folder: Path, **options: Any) -> list[str]:
    """Print a package and return all findings and warnings of the judge."""
    checker = checker_module()
    path = folder / "judged.pdf"
    path.write_bytes(print_package(one, EDITIONS, PrintOptions(**options)).pdf)
    return [str(finding) for finding in checker.check(json.loads(write_package(one)), str(path))]
