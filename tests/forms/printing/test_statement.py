"""Title and statement of a bound set."""

from __future__ import annotations

import pytest

from forms.documents import Narrative, Package, Project
from forms.printing.statement import TOKENS, filled, numeral, statement, template, title
from tests.forms.printing.samples import EDITIONS, FILLED, declaration, evaluation, narrative, package


def test_titles_after_the_published_patterns():
    assert title(package(Project(narrative(5), declaration()))) == "某某中心2025年财政支出项目绩效目标申报表"
    assert title(package(declaration())) == "某某中心2025年度项目绩效目标汇总表"
    assert title(package(evaluation())) == ""
    assert title(package(declaration(fields={"实施单位": ""}))) == ""
    assert title(Package((Project(Narrative(())),))) == ""


def test_the_statement_of_2025_and_of_2022():
    amount = {"年度资金申请总额": "650,000.00"}
    one = package(declaration(funds=amount), declaration(funds=amount), declaration(funds={"年度资金申请总额": "不详"}))
    assert statement(one, EDITIONS) == (
        "按照本市预算绩效管理工作的总体要求，本部门1个预算单位开展了2025年项目预算绩效目标编报工作，"
        "编报绩效目标的项目3个，涉及项目预算资金130万元。"
    )
    old = package(declaration(FILLED, funds={"年度资金申请总额": "12,141,500"}), evaluation())
    assert statement(old, EDITIONS, "科创建设", 2) == (
        "按照本市预算绩效管理工作的总体要求，本部门2个预算单位开展了2022年项目预算绩效目标编报工作。"
        "“科创建设”项目包含一个二级项目，编报绩效目标的项目1个，涉及项目预算资金1,214.15万元。"
    )
    assert statement(package(evaluation()), EDITIONS) == ""
    assert "涉及项目预算资金0万元" in statement(one, {}), "amounts of an edition not known cannot be counted"
    assert "1.2345万元" in statement(package(declaration(funds={"年度资金申请总额": "12345"})), EDITIONS)
    assert "65.50万元" in statement(package(declaration(funds={"年度资金申请总额": "655000"})), EDITIONS)


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "零"), (3, "三"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九"), (100, "一百"), (105, "一百零五"),
     (110, "一百一十"), (215, "二百一十五"), (1005, "一千零五"), (2050, "二千零五十")],
)  # fmt: skip
def test_numerals(number: int, text: str):
    assert numeral(number) == text


def test_a_template_is_filled_with_the_figures_of_the_set():
    one = package(declaration(funds={"年度资金申请总额": "650,000.00"}))
    assert "【项目数】" in template(one)
    assert filled(template(one), one, EDITIONS) == statement(one, EDITIONS)
    assert "一级项目" not in template(one)
    assert "【一级项目】" in template(one, "科创建设")
    every = "".join(f"【{token}】" for token in TOKENS)
    assert filled(every, one, EDITIONS) == "某某中心20251165一"
    assert filled("【别的】", one, EDITIONS) == "【别的】"
    assert filled(every, package(evaluation()), EDITIONS) == "00零"
    assert template(package(evaluation())) == ""
