"""The exchange file: what comes back is what was written, and nothing hostile comes in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from forms import package as package_module
from forms.documents import Declaration, Evaluation, Indicator, Package, Period, Project
from forms.edit_plain import edit_from_plain, edit_to_plain
from forms.edits import Edit, Put, Splice
from forms.package import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_INDICATORS,
    MAX_PROJECTS,
    MAX_TEXT,
    PackageError,
    parse_package,
    project_from_plain,
    project_to_plain,
    read_package,
    write_package,
)
from tests.published import each_published
from tests.strategies import EDITIONS, edits, json_values, packages, projects

ROW = {"l1": "产出指标", "l2": "数量指标", "l3": "培训场次", "value": "≥3.00(场)"}
PLAIN: dict[str, Any] = {
    "format": "jibiao-package",
    "version": 1,
    "booklet": {"title": "某中心2025年财政支出项目绩效目标申报表", "statement": "说明。"},
    "projects": [
        {
            "narrative": {"sections": [{"title": "一、项目概述", "text": "第一段\n第二段"}]},
            "declaration": {
                "edition": "sh-songjiang-declaration-2025",
                "year": 2025,
                "fields": {"项目名称": "培训", "主管部门": "某局"},
                "funds": {"年度资金申请总额": "1,000.00", "上年结转资金": ""},
                "overall_goal": "",
                "annual_goal": "办好培训。",
                "indicators": [ROW, {**ROW, "l3": "培训人次", "value": "≥90.00(人次)"}],
                "overall_period": {"from": 2025, "to": 2026},
            },
            "evaluation": {
                "edition": "sh-evaluation-2025",
                "year": 2025,
                "fields": {"项目名称": "培训"},
                "funds": [{"row": "年度资金总额", "年初预算数": "1000", "分值": "10"}],
                "expected": "办好培训。",
                "actual": "已办。",
                "indicators": [
                    {
                        "l1": "产出指标",
                        "l2": "数量指标",
                        "l3": "培训场次",
                        "target": "≥3.00(场)",
                        "actual": "4场",
                        "points": "10",
                        "score": "10",
                        "reason": "",
                        "tier": "达成年度指标",
                    }
                ],
                "total_points": "100",
                "total_score": "100.00",
            },
        }
    ],
}


def to_bytes(plain: object) -> bytes:
    return json.dumps(plain, ensure_ascii=False).encode()


def parse(data: bytes) -> Package:
    return parse_package(data, "x.json", EDITIONS)


def refusal(data: bytes) -> str:
    with pytest.raises(PackageError) as caught:
        parse(data)
    sentence = str(caught.value)
    assert sentence.startswith("文件“x.json”")
    assert sentence.endswith("。")
    assert "\n" not in sentence
    return sentence


def changed(place: str, value: object) -> bytes:
    """The package of above with another value at a place such as projects/0/declaration; ... takes it away."""
    plain = deepcopy(PLAIN)
    *steps, last = [int(step) if step.isdigit() else step for step in place.split("/")]
    at: Any = plain
    for step in steps:
        at = at[step]
    if value is ...:
        del at[last]
    else:
        at[last] = value
    return to_bytes(plain)


# ---------------------------------------------------------------- what is right


def test_a_package_is_read():
    package = parse(to_bytes(PLAIN))
    assert package.booklet is not None
    assert package.booklet.statement == "说明。"
    (project,) = package.projects
    assert project.narrative is not None
    assert project.narrative.sections[0].text == "第一段\n第二段"
    declaration, evaluation = project.declaration, project.evaluation
    assert declaration is not None
    assert evaluation is not None
    assert declaration.overall_period == Period(2025, 2026)
    assert declaration.indicators[0] == Indicator("产出指标", "数量指标", "培训场次", "≥3.00(场)")
    assert evaluation.indicators[0].tier == "达成年度指标"
    assert evaluation.funds == ({"row": "年度资金总额", "年初预算数": "1000", "分值": "10"},)


def test_keys_stand_in_the_order_of_the_published_files():
    data = write_package(parse(to_bytes(PLAIN)))
    assert data == (json.dumps(PLAIN, ensure_ascii=False, indent=1) + "\n").encode()


def test_keys_in_another_order_are_put_in_order_and_unknown_ones_come_last():
    plain = {"app": {"id": 7}, **dict(reversed(PLAIN.items()))}
    written = json.loads(write_package(parse(to_bytes(plain))))
    assert list(written) == ["format", "version", "booklet", "projects", "app"]
    assert written["app"] == {"id": 7}


def test_unknown_keys_are_kept_everywhere():
    plain = deepcopy(PLAIN)
    odd = {"x-id": [1, None, True, 1.5, {"深": "值"}]}
    project = plain["projects"][0]
    for part in (
        plain,
        plain["booklet"],
        project,
        project["narrative"],
        project["narrative"]["sections"][0],
        project["declaration"],
        project["declaration"]["indicators"][1],
        project["declaration"]["overall_period"],
        project["evaluation"],
        project["evaluation"]["indicators"][0],
    ):
        part.update(odd)
    assert json.loads(write_package(parse(to_bytes(plain)))) == plain


def test_absent_texts_count_as_blank():
    plain = {
        "format": "jibiao-package",
        "version": 1,
        "projects": [{"declaration": {"edition": "sh-declaration-2025", "year": 2025}}, {}],
    }
    assert parse(to_bytes(plain)) == Package((Project(declaration=Declaration("sh-declaration-2025", 2025)), Project()))


def test_tier_is_written_only_where_one_was_chosen():
    row = Indicator("产出指标", "数量指标", target="3", reason="无")
    project = Project(
        declaration=Declaration("sh-declaration-2025", 2025, indicators=(row,)),
        evaluation=Evaluation("sh-evaluation-2025", 2025, indicators=(row,)),
    )
    plain = project_to_plain(project)
    assert plain["declaration"]["indicators"] == [
        {"l1": "产出指标", "l2": "数量指标", "l3": "", "value": "3", "reason": "无"}
    ]
    row_keys = ["l1", "l2", "l3", "target", "actual", "points", "score", "reason"]
    assert list(plain["evaluation"]["indicators"][0]) == row_keys
    assert "overall_period" not in plain["declaration"]


def test_a_known_key_wins_over_an_unknown_one_carried_from_another_form():
    row = Indicator("产出指标", "数量指标", target="3", extra={"target": "4", "x": 1})
    project = Project(evaluation=Evaluation("sh-evaluation-2025", 2025, indicators=(row,)))
    assert project_to_plain(project)["evaluation"]["indicators"][0]["target"] == "3"


def test_a_bom_and_crlf_are_taken():
    plain = deepcopy(PLAIN)
    plain["booklet"]["statement"] = "一\r\n二\t三"
    data = b"\xef\xbb\xbf" + json.dumps(plain, ensure_ascii=False, indent=2).replace("\n", "\r\n").encode()
    booklet = parse(data).booklet
    assert booklet is not None
    assert booklet.statement == "一\n二\t三"


def test_a_file_is_read(tmp_path: Path):
    path = tmp_path / "项目.json"
    path.write_bytes(to_bytes(PLAIN))
    assert read_package(path, EDITIONS) == parse(to_bytes(PLAIN))
    with pytest.raises(FileNotFoundError):
        read_package(tmp_path / "没有.json", EDITIONS)


@given(packages())
def test_write_read_write(package: Package):
    data = write_package(package)
    again = parse(data)
    assert again == package
    assert write_package(again) == data


@given(projects())
def test_a_project_round_trips_through_the_database(project: Project):
    stored = json.dumps(project_to_plain(project))
    assert project_from_plain(json.loads(stored), "数据库") == project
    assert project_from_plain(json.loads(stored), "数据库", EDITIONS) == project


@pytest.mark.published
@each_published()
def test_published_packages_come_back_as_they_are(path: Path):
    original = path.read_bytes()
    data = write_package(read_package(path, EDITIONS))
    assert json.loads(data) == json.loads(original)
    assert data.rstrip() == original.rstrip()


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "第1行第1列起不是有效的JSON"),
        (b"{", "不是有效的JSON"),
        (b'{"a" 1}', "第1行第6列起不是有效的JSON"),
        (b'{"format": "jibiao-package"} x', "不是有效的JSON"),
        (b'{"a": "\x01"}', "不是有效的JSON"),
        (b'"' + b'\\"' * 1_000_000, "不是有效的JSON"),
        ("{}".encode("utf-16"), "不是UTF-8编码"),
        ('{"项": 1}'.encode("gbk"), "不是UTF-8编码"),
        (b"[]", "应为一组键和值"),
        (b"{}", "不是绩表的数据文件"),
        (b"null", "应为一组键和值"),
        (b"NaN", "不是有效的数（NaN）"),
        (b'{"a": 1, "b": 1, "a": 2}', "中的键“a”重复"),
        (b"[" * (MAX_DEPTH + 1), f"嵌套超过{MAX_DEPTH}层"),
        (b"[" * 10_000 + b"]" * 10_000, f"嵌套超过{MAX_DEPTH}层"),
        (b'{"a":' * 100_000, f"嵌套超过{MAX_DEPTH}层"),
        (b"]" * 100_000, "不是有效的JSON"),
        (b" " * (MAX_BYTES + 1), "超过20 MB"),
    ],
)
def test_what_is_no_package(data: bytes, words: str):
    assert words in refusal(data)


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        ("format", ..., "不是绩表的数据文件"),
        ("format", "other", "不是绩表的数据文件"),
        ("version", ..., "版本号"),
        ("version", True, "版本号"),
        ("version", "1", "版本号"),
        ("version", 0, "版本号"),
        ("version", 2, "由更新版本的绩表保存。请先升级本程序。"),
        ("projects", ..., "缺少“项目”（projects）"),
        ("projects", {}, "中“项目”应为列表"),
        ("projects", [[]], "中第1个项目应为一组键和值"),
        ("projects", [{}] * (MAX_PROJECTS + 1), "有2001个项目，超过2000个"),
        ("booklet", None, "中编报册应为一组键和值"),
        ("booklet/title", 5, "中编报册的“标题”应为文字"),
        ("projects/0/narrative", [], "中第1个项目的项目经费情况说明应为一组键和值"),
        ("projects/0/narrative/sections", ..., "中第1个项目的项目经费情况说明缺少“各节”（sections）"),
        ("projects/0/narrative/sections/0/title", ..., "第1节缺少“标题”（title）"),
        ("projects/0/narrative/sections/0/text", None, "第1个项目的项目经费情况说明的第1节的“正文”应为文字"),
        ("projects/0/declaration/edition", ..., "中第1个项目的申报表缺少“表样”（edition）"),
        ("projects/0/declaration/edition", 1, "中第1个项目的申报表的“表样”应为文字"),
        ("projects/0/declaration/year", ..., "缺少“年度”（year）"),
        ("projects/0/declaration/year", "2025", "“年度”应为1至9999的整数年份"),
        ("projects/0/declaration/year", True, "“年度”应为1至9999的整数年份"),
        ("projects/0/declaration/year", 2025.0, "“年度”应为1至9999的整数年份"),
        ("projects/0/declaration/year", 0, "“年度”应为1至9999的整数年份"),
        ("projects/0/declaration/year", 10_000, "“年度”应为1至9999的整数年份"),
        ("projects/0/declaration/year", 10**15, "“年度”是超过15位的整数"),
        ("projects/0/declaration/year", 10**4000, "“年度”是超过15位的整数"),
        ("projects/0/declaration/fields", "x", "“基本信息”应为一组键和值"),
        ("projects/0/declaration/fields/项目名称", 1, "中第1个项目的申报表的“项目名称”应为文字"),
        ("projects/0/declaration/funds", [], "“资金”应为一组键和值"),
        ("projects/0/declaration/funds/上年结转资金", 0, "中第1个项目的申报表的“上年结转资金”应为文字"),
        ("projects/0/declaration/overall_period", "2025", "“总体目标期间”应为一组键和值"),
        ("projects/0/declaration/overall_period/from", ..., "“总体目标期间”缺少“起始年度”（from）"),
        ("projects/0/declaration/overall_period/to", -1, "“总体目标期间”的“截止年度”应为1至9999的整数年份"),
        ("projects/0/declaration/annual_goal", None, "“年度总体目标”应为文字"),
        ("projects/0/declaration/indicators", {}, "“绩效指标”应为列表"),
        ("projects/0/declaration/indicators/1", "x", "中第1个项目的申报表的绩效指标第2行应为一组键和值"),
        ("projects/0/declaration/indicators/1/value", 3, "的绩效指标第2行的“指标值”应为文字"),
        ("projects/0/declaration/indicators/1/l2", ..., "的绩效指标第2行缺少“二级指标”（l2）"),
        ("projects/0/declaration/indicators", [ROW] * (MAX_INDICATORS + 1), "“绩效指标”有5001行，超过5000行"),
        ("projects/0/evaluation/funds", {}, "中第1个项目的自评表的“资金”应为列表"),
        ("projects/0/evaluation/funds/0", [], "中第1个项目的自评表的资金第1行应为一组键和值"),
        ("projects/0/evaluation/funds/0/分值", 10, "中第1个项目的自评表的资金第1行的“分值”应为文字"),
        ("projects/0/evaluation/actual", 1, "中第1个项目的自评表的“实际完成情况”应为文字"),
        ("projects/0/evaluation/indicators/0/actual", 1, "绩效指标第1行的“实际完成值”应为文字"),
        ("projects/0/evaluation/total_score", 100, "“总分的得分”应为文字"),
    ],
)
def test_a_wrong_part_is_named(place: str, value: object, words: str):
    assert words in refusal(changed(place, value))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("响\x07铃", "中第1个项目的申报表的“项目名称”含有不能使用的控制字符（U+0007）"),
        ("\x85", "（U+0085）"),
        ("\x7f", "（U+007F）"),
        ("a\rb", "（U+000D）"),
        ("\v", "（U+000B）"),
        ("长" * (MAX_TEXT + 1), "有200001字，超过200000字"),
    ],
)
def test_a_text_that_no_file_may_hold(value: str, words: str):
    assert words in refusal(changed("projects/0/declaration/fields/项目名称", value))


def test_the_longest_text_is_taken():
    assert parse(changed("projects/0/declaration/annual_goal", "长" * MAX_TEXT))


@pytest.mark.parametrize(
    ("json_text", "words"),
    [
        (r'"\ud800"', "“x”含有不能使用的控制字符（U+D800）"),
        (r'"\udfff\ud83d"', "（U+DFFF）"),
        ("NaN", "“x”不是有效的数（NaN）"),
        ("[-Infinity]", "“x”第1项不是有效的数（-Infinity）"),
        ("[[1e999]]", "“0”第1项是过大的数"),
        ("123456789012345678901234567890", "“x”是超过15位的整数"),
        ('{"k": 1, "k": 2}', "“x”中的键“k”重复"),
        (r'{"k\u0000": 1}', "“x”的键“k�”过长或含有不能使用的字符"),
        (r'{"k\nl": 1}', "“x”的键“k l”过长"),
        ('{"{0}{n}": [NaN]}', "“x”的“{0}{n}”第1项"),
        ('{"' + "k" * 40 + '": NaN}', "“" + "k" * 30 + "…”不是有效的数"),
    ],
)
def test_unknown_keys_hold_nothing_hostile(json_text: str, words: str):
    plain = to_bytes({**PLAIN, "x": "HERE"}).replace(b'"HERE"', json_text.encode())
    assert words in refusal(plain)


def test_keys_and_texts_are_measured_one_by_one():
    long = {letter * (MAX_TEXT - 1): letter * MAX_TEXT for letter in "abc"}
    package = parse_package(to_bytes({**PLAIN, "x": long}), "x.json", EDITIONS)
    assert json.loads(write_package(package))["x"] == long


def test_an_unknown_edition_is_refused_with_the_known_ones():
    sentence = refusal(changed("projects/0/evaluation/edition", "beijing-2025"))
    assert sentence == (
        "文件“x.json”中第1个项目的自评表的“表样”“beijing-2025”本程序没有。"
        "可用的有：cn-evaluation-2020、sh-evaluation-2022、sh-evaluation-2025。请改用其中之一，或先装入该表样文件。"
    )


def test_an_edition_of_the_other_kind_is_refused():
    sentence = refusal(changed("projects/0/declaration/edition", "sh-evaluation-2025"))
    assert "的“表样”“sh-evaluation-2025”不是申报表的表样。可用的有：cn-declaration-2015、" in sentence


def test_the_name_of_the_file_is_shown_on_one_line():
    with pytest.raises(PackageError, match=r"文件“a b�.json”"):
        parse_package(b"", "a\nb\x00.json", EDITIONS)


def test_a_file_that_grew_too_large_is_not_read_whole(tmp_path: Path):
    path = tmp_path / "大.json"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES * 3)
    with pytest.raises(PackageError, match=r"文件“大\.json”超过20 MB"):
        read_package(path, EDITIONS)


def mutated(plain: object) -> st.SearchStrategy[Any]:
    """The package of above with one value replaced by arbitrary JSON."""

    def walk(value: object, rebuild: Callable[[Any], Any]) -> list[Callable[[Any], Any]]:
        found = [rebuild]
        if isinstance(value, dict):
            for key, one in value.items():
                found += walk(one, lambda new, key=key: rebuild({**value, key: new}))
        if isinstance(value, list):
            for n, one in enumerate(value):
                found += walk(one, lambda new, n=n: rebuild([*value[:n], new, *value[n + 1 :]]))
        return found

    return st.builds(lambda rebuild, new: rebuild(new), st.sampled_from(walk(plain, lambda new: new)), json_values)


@given(json_values | mutated(PLAIN))
def test_arbitrary_json_is_read_or_refused(plain: Any):
    try:
        package = parse(to_bytes(plain))
    except PackageError:
        refusal(to_bytes(plain))
    else:
        assert parse(write_package(package)) == package


@given(
    st.binary() | st.text(st.sampled_from('{}[]":,\\ntrue1e-.項\ud800')).map(lambda t: t.encode(errors="surrogatepass"))
)
@example(b"\xef\xbb\xbf\xef\xbb\xbf{}")
@example(b'"\\')
def test_arbitrary_bytes_raise_nothing_else(data: bytes):
    with pytest.raises(PackageError):
        parse(data)


# ---------------------------------------------------------------- writing never gives what reading refuses


@pytest.mark.parametrize(
    ("package", "words"),
    [
        (Package((Project(),) * (MAX_PROJECTS + 1)), "有2001个项目"),
        (
            Package(
                (Project(declaration=Declaration("x", 2025, indicators=(Indicator("", ""),) * (MAX_INDICATORS + 1))),)
            ),
            "第1个项目的申报表的“绩效指标”有5001行",
        ),
        (Package((Project(declaration=Declaration("x", 2025, {"a": "\x00"})),)), "控制字符（U\\+0000）"),
        (
            Package((Project(declaration=Declaration("x", 2025, {str(n): "长" * MAX_TEXT for n in range(34)})),)),
            "超过20 MB",
        ),
    ],
)
def test_what_could_not_be_read_back_is_not_written(package: Package, words: str):
    with pytest.raises(PackageError, match=f"^要导出的内容.*{words}"):
        write_package(package)


def test_what_the_database_holds_stays_readable():
    project = Project(
        declaration=Declaration("gone", 2025, {"a": "\x07" * (MAX_TEXT + 1)}, indicators=(Indicator("", ""),) * 6000)
    )
    plain = json.loads(json.dumps(project_to_plain(project)))
    assert project_from_plain(plain, "数据库") == project
    with pytest.raises(PackageError, match=r"^数据库中申报表的“表样”“gone”本程序没有"):
        project_from_plain(plain, "数据库", EDITIONS)


# ---------------------------------------------------------------- edits in the journal


@given(projects(), st.data())
def test_edits_round_trip_through_the_journal(project: Project, data: st.DataObject):
    edit = data.draw(edits(project))
    stored = json.dumps(edit_to_plain(edit))
    read = edit_from_plain(json.loads(stored))
    assert read == edit
    assert read.apply(project) == edit.apply(project)


def test_a_path_with_dots_and_brackets_keeps_its_steps():
    edit = Edit("改", (Put(("declaration", "fields", "a.b[0]"), None, "x"),))
    plain = edit_to_plain(edit)
    assert plain["changes"][0]["put"] == ["declaration", "fields", "a.b[0]"]
    assert edit_from_plain(plain) == edit


def test_a_row_of_a_declaration_keeps_its_value_in_the_journal():
    row = Indicator("产出指标", "数量指标", "场次", "≥3.00(场)", tier="x", extra={"id": 1})
    edit = Edit(
        "粘贴", (Splice(("declaration", "indicators"), 0, (), (row,)), Put(("declaration", "extra", "k", "m"), 1, None))
    )
    plain = edit_to_plain(edit)
    assert plain["changes"][0]["inserted"][0]["value"] == "≥3.00(场)"
    assert edit_from_plain(json.loads(json.dumps(plain))) == edit


@pytest.mark.parametrize(
    "path",
    [
        ("nothing",),
        ("declaration", "name"),
        ("declaration", "fields", 0),
        ("declaration", "indicators", "target"),
        ("declaration", "year", "x"),
        ("extra", 0),
        ("evaluation", "funds", "row"),
    ],
)
def test_an_edit_of_no_place_is_not_written(path: tuple[str | int, ...]):
    with pytest.raises(LookupError):
        edit_to_plain(Edit("改", (Put(path, "", "x"),)))


PUT = {"put": ["declaration", "annual_goal"], "old": "", "new": "x"}
SPLICE = {"splice": ["declaration", "indicators"], "at": 0, "removed": [], "inserted": []}


def test_the_plain_edits_of_below_are_right():
    assert edit_from_plain({"name": "改", "changes": [PUT, SPLICE]}).name == "改"


@pytest.mark.parametrize(
    "plain",
    [
        None,
        [],
        {"name": "改"},
        {"name": "改", "changes": {}},
        {"name": 1, "changes": []},
        {"name": "改", "changes": [], "more": 1},
        *(
            {"name": "改", "changes": [change]}
            for change in (
                None,
                {},
                {"put": ["declaration"], "new": None},
                {**PUT, "put": "declaration.annual_goal"},
                {**PUT, "put": ["declaration", True]},
                {**PUT, "put": ["declaration", "nothing"]},
                {**PUT, "put": [["declaration"]]},
                {**PUT, "new": None},
                {**PUT, "new": 5},
                {**PUT, "put": ["declaration", "year"]},
                {**PUT, "put": ["declaration", "indicators"]},
                {**SPLICE, "splice": ["declaration", "fields"]},
                {**SPLICE, "at": -1},
                {**SPLICE, "at": True},
                {**SPLICE, "at": "0"},
                {**SPLICE, "removed": None},
                {**SPLICE, "inserted": [{}]},
            )
        ),
    ],
)
def test_a_damaged_journal_is_told(plain: object):
    with pytest.raises(PackageError, match=r"^修改记录.*。$"):
        edit_from_plain(plain)


@given(json_values)
def test_arbitrary_json_is_an_edit_or_refused(plain: Any):
    with pytest.raises(PackageError):
        edit_from_plain(plain)


def test_every_limit_has_a_name():
    names = {name for name in vars(package_module) if re.fullmatch("MAX_[A-Z]+", name)}
    assert names == {"MAX_BYTES", "MAX_DEPTH", "MAX_DIGITS", "MAX_INDICATORS", "MAX_PROJECTS", "MAX_TEXT"}
