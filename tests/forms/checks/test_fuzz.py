"""No document raises, and none takes long: random ones and the nastiest ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.checks import RULES, check_package, check_project
from forms.documents import Declaration, Evaluation, Indicator, Narrative, Package, Project, Section, get, parse_path
from forms.known_editions import Editions
from tests.forms.checks.bases import BASES
from tests.strategies import packages

EDITIONS = Editions()
ALL_ON = dict.fromkeys(RULES, True)


@given(packages())
@settings(max_examples=80, deadline=None)
def test_no_package_raises(package: Package) -> None:
    found = check_package(package, EDITIONS, switches=ALL_ON, has_glyph=str.isascii)
    order = [(one.project, one.severity.rank) for one in found]
    assert order == sorted(order)
    for one in found:
        assert one.where == one.places[0] or one.places[0].startswith(("projects[", "booklet."))
        assert "{" not in one.message or "{" in str(package)
        if one.project >= 0:
            # Rows of the funds that a form prints may be missing in a file.
            assert "funds" in one.path or get(package.projects[one.project], parse_path(one.path)) is not Ellipsis


_WORDS = "2024年 在 前 ≥ 8 80% 场 家 培训 ， 。 《 》 （ ） * = 万元 - 1,200 完成 率 满意度 第 至 x A . 、 １ ① ㎡ /"
_PIECES = st.sampled_from([*_WORDS.split(), "\u3000", "\n", " ", "\U0001f600"])
_TEXTS = st.lists(_PIECES, max_size=14).map("".join)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_text_in_any_field_raises(data: st.DataObject) -> None:
    project = BASES[data.draw(st.sampled_from(sorted(BASES)))]()
    changed = _everywhere(project, lambda old: data.draw(st.just(old) | _TEXTS))
    check_project(changed, EDITIONS, switches=ALL_ON, has_glyph=lambda char: char != "场")


def _everywhere(project: Project, text: Callable[[str], str]) -> Project:
    def of(one: object, *names: str) -> dict[str, str]:
        return {name: text(getattr(one, name)) for name in names}

    def rows(found: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
        names = ("l3", "target", "actual", "points", "score", "reason", "tier")
        return tuple(one._replace(**of(one, *names)) for one in found)

    def texts(found: Mapping[str, str]) -> dict[str, str]:
        return {key: text(old) for key, old in found.items()}

    declaration, evaluation, narrative = project.declaration, project.evaluation, project.narrative
    if declaration is not None:
        declaration = declaration._replace(
            **of(declaration, "overall_goal", "annual_goal"),
            fields=texts(declaration.fields),
            funds=texts(declaration.funds),
            indicators=rows(declaration.indicators),
        )
    if evaluation is not None:
        evaluation = evaluation._replace(
            **of(evaluation, "expected", "actual", "total_points", "total_score"),
            fields=texts(evaluation.fields),
            funds=tuple(texts(one) for one in evaluation.funds),
            indicators=rows(evaluation.indicators),
        )
    if narrative is not None:
        sections = tuple(one._replace(text=text(one.text)) for one in narrative.sections)
        narrative = narrative._replace(sections=sections)
    return Project(narrative, declaration, evaluation)


LONG = 200_000
NASTY = {
    "emoji": "\U0001f600\U0001f468\u200d\U0001f469" * 100,
    "one digit": "1" * LONG,
    "point digits": "1." * (LONG // 2),
    "thousands": "1,111" + ",111" * (LONG // 4),
    "exponent": "1e308",
    "huge": "9" * 309 + "." + "9" * 309,
    "forty digits": "1234567890" * 4,
    "forty digits, two decimals": "12345678901234567890123456789012345678.25",
    "titles": "《" * LONG,
    "titles closed": "《》" * (LONG // 2),
    "titles apart": "《甲" * (LONG // 2) + "》" * (LONG // 2),
    "brackets": "（" * LONG,
    "nested brackets": "(" * (LONG // 2) + ")" * (LONG // 2),
    "blanks": " " * LONG + "x",
    "lines": "\n" * LONG + "1.",
    "products": "1*" * (LONG // 2) + "1=1",
    "products of nine": "9999999999999999999*" * 50 + "2=3",
    "han": "一" * LONG,
    "doubled": "保障" * (LONG // 2),
    "years": "2024年" * (LONG // 5),
    "year ranges": "2024年-" * (LONG // 6),
    "quantities": "举办活动7场，" * (LONG // 7),
    "many quantities": "".join(f"举办{n}场" for n in range(LONG // 7)),
    "amounts": "9万元" * (LONG // 3),
    "units": "万" * LONG,
    "stars": "*" * LONG,
    "signs": ">=" * (LONG // 2),
    "minus": "-" + "9" * LONG,
    "marks": "\u0301" * LONG,
    "percent": "1%" * (LONG // 2),
    "history": "始建于2024年" * (LONG // 8),
    "comparisons": "较2024年1月" * (LONG // 8),
    "since": "2024年1月1日以" * (LONG // 10),
    "numerals": "陆佰万" * (LONG // 3) + "。",
    "closing brackets": "1）" * (LONG // 2),
    "straight quotes": '5"' * (LONG // 2),
    "spans": "30个工作" * (LONG // 5),
    "ages": "60岁以上" * (LONG // 5),
    "items": "1、" * (LONG // 2),
    "items in lines": "。1." * (LONG // 3),
}


@pytest.mark.parametrize("name", NASTY)
@pytest.mark.parametrize("base", sorted(BASES))
def test_nasty_texts_everywhere(base: str, name: str) -> None:
    """Each of these hangs or raises where a pattern backtracks or a figure is too large."""
    nasty = NASTY[name]
    short = nasty[:400]
    project = _everywhere(BASES[base](), lambda _: short)
    for where in ("annual_goal", "expected", "actual"):
        form = project.declaration or project.evaluation
        if hasattr(form, where):
            form = form._replace(**{where: nasty})
            key = "declaration" if project.declaration else "evaluation"
            project = project._replace(**{key: form})
    form = project.declaration or project.evaluation
    assert form is not None
    rows = (form.indicators[0]._replace(l3=nasty, target=nasty, actual=nasty), *form.indicators[1:])
    form = form._replace(indicators=rows)
    project = project._replace(**{"declaration" if project.declaration else "evaluation": form})
    if project.narrative is not None:
        sections = project.narrative.sections
        project = project._replace(
            narrative=Narrative(
                tuple(Section(one.title, nasty if n in (0, 5) else short) for n, one in enumerate(sections))
            ),
        )
    check_project(project, EDITIONS, switches=ALL_ON, has_glyph=str.isascii)


def test_five_thousand_rows() -> None:
    declaration = BASES["申2025"]().declaration
    assert isinstance(declaration, Declaration)
    rows = tuple(
        Indicator("产出指标", "数量指标", "组织开展活动" * (1 + n % 30) + str(n), f"≥{n}(场)") for n in range(5000)
    )
    goal = "，".join(f"举办活动{n}场" for n in range(6000, 16000))
    found = check_project(Project(None, declaration._replace(indicators=rows, annual_goal=goal)), EDITIONS)
    assert "G05" in {one.id for one in found}
    evaluation = BASES["评2022"]().evaluation
    assert isinstance(evaluation, Evaluation)
    many = tuple(evaluation.indicators[n % 6]._replace(l3=f"名{n}") for n in range(5000))
    assert check_project(Project(None, None, evaluation._replace(indicators=many)), EDITIONS)
