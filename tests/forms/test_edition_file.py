"""The strict reader of editions: every kind of error is named with the file and the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.edition import Edition, EditionError, Years
from forms.edition_file import read_edition
from forms.known_editions import SHIPPED, Editions
from forms.strict_toml import MAX_BYTES

DECLARATION = (SHIPPED / "sh-songjiang-declaration-2025.toml").read_text(encoding="utf-8")
EVALUATION = (SHIPPED / "sh-evaluation-2025.toml").read_text(encoding="utf-8")


def write(folder: Path, text: str, name: str = "x.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def replaced(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def refusal(folder: Path, text: str) -> str:
    path = write(folder, text)
    with pytest.raises(EditionError) as caught:
        read_edition(path)
    sentence = str(caught.value)
    assert sentence.startswith("表样文件“x.toml”")
    return sentence


# ---------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        # unknown and missing keys, at every depth
        ('id = "', 'colour = "red"\nid = "', "有不认识的键“colour”"),
        ('id = "sh-songjiang-declaration-2025"\n', "", "缺少键“id”"),
        ('kind = "declaration"\n', "", "缺少键“kind”"),
        ("title_numbered = true ", "", "缺少键“title_numbered”"),
        ("years = { from = 2025 }", "years = { from = 2025, until = 2026 }", "的years有不认识的键“until”"),
        ("years = { from = 2025 }", "years = { to = 2025 }", "的years缺少键“from”"),
        ('unit = "元"\n', "", "的amounts缺少键“unit”"),
        ('percent = "%"', 'percent = "%"\nspace = 1', "的value_style有不认识的键“space”"),
        ('key = "主管部门"\nkind', 'key = "主管部门"\nhint = ""\nkind', "的fields第4项有不认识的键“hint”"),
        ('part = "funds"', 'part = "funds"\nwidth = 3', "的bands第3项有不认识的键“width”"),
        (
            '{ at = [1, 1], label = "项目名称" }',
            '{ at = [1, 1], label = "项目名称", bold = true }',
            "第1项有不认识的键“bold”",
        ),
        ('key = "l1", label', 'key = "l1", width = 3, label', "的columns第1项有不认识的键“width”"),
        ('of = "year"', 'of = "month"', "的sums第1项的键“of”应为year、whole、之一"),
        ('of = "whole"', 'of = "year"', "的键“sums”中“year”重复"),
        ('total = "funds.项目资金总额"', 'total = "funds.总额"', "的键“sums”中的“funds.总额”不是这种表上的金额"),
        ('款", "funds.上年结转资金"', '款", "fields.项目名称"', "的键“sums”中的“fields.项目名称”不是"),
        ('"其他资金" = "年度其他资金"', '"其他资金" = "别的"', "的键“evaluation_funds”中的“别的”不是这种表上的金额"),
        ('l1 = "产出指标"', 'l1 = "产出指标"\nmore = 1', "的taxonomy第2项有不认识的键“more”"),
        (
            '{ name = "社会成本指标" }',
            '{ name = "社会成本指标", note = "" }',
            "的taxonomy第1项的l2第2项有不认识的键“note”",
        ),
        # types and bounds
        ('id = "sh-songjiang-declaration-2025"', "id = 5", "的键“id”类型不对"),
        ('id = "sh-songjiang-declaration-2025"', 'id = " "', "的键“id”不能为空"),
        ("title_numbered = true ", "title_numbered = 1 ", "的键“title_numbered”类型不对"),
        ('title = "财政项目支出绩效目标申报表"', 'title = "财政\\u0007"', "的键“title”含有控制字符"),
        ('kind = "declaration"', 'kind = "plan"', "的键“kind”应为declaration、evaluation之一"),
        ('orientation = "portrait"', 'orientation = "square"', "的键“orientation”应为portrait、landscape之一"),
        ('evidence = "样张"', 'evidence = "听说"', "的键“evidence”应为样张、公开网页、公开代码、推断、记忆之一"),
        ('sources = ["创新研究中心 2025 申报表"]', "sources = [1]", "的键“sources”应为文字列表"),
        ('sources = ["创新研究中心 2025 申报表"]', 'sources = ["\\u0000"]', "的键“sources”含有控制字符"),
        ('sources = ["创新研究中心 2025 申报表"]', 'sources = "x"', "的键“sources”类型不对"),
        ("years = { from = 2025 }", "years = 2025", "的键“years”类型不对"),
        ("years = { from = 2025 }", "years = { from = true }", "的years的键“from”类型不对"),
        ("years = { from = 2025 }", "years = { from = 0 }", "的years的键“from”应为1至9999的整数"),
        ("years = { from = 2025 }", "years = { from = 2025, to = 2024 }", "的years的键“to”应为2025至9999的整数"),
        ('year_line = "（{year}年度）"', 'year_line = "（{Year}年度）"', "的键“year_line”中的花括号只能用于{year}"),
        ('year_line = "（{year}年度）"', 'year_line = "（{year.real}年度）"', "的键“year_line”中的花括号"),
        ("per_unit = 1 ", "per_unit = 0 ", "的amounts的键“per_unit”应为1至"),
        ('signs = ["≥", "≤", "=", ">", "<"]', 'signs = ["≥"]', "的value_style的键“signs”应有五项"),
        ('signs = ["≥", "≤", "=", ">", "<"]', 'signs = ["≥", "", "=", ">", "<"]', "的键“signs”应有五项"),
        ('decimals = "two" ', 'decimals = "three" ', "的键“decimals”应为none、two、two-except-counts、as-needed之一"),
        ('brackets = "()"', 'brackets = "("', "的键“brackets”应为空或一对括号"),
        ('kind = "choice"', 'kind = "list"', "的fields第2项的键“kind”应为text、choice、date之一"),
        ('key = "主管部门"', 'key = "主管.部门"', "的fields第4项的键“key”不能含有点和方括号"),
        ('key = "主管部门"', 'key = "项目名称"', "的键“fields”中“项目名称”重复"),
        ('"项目性质" = "其他经常性项目"', '"性质" = "其他经常性项目"', "的pairs第1项的键“性质”不在fields里"),
        ('"项目性质" = "其他经常性项目"', '"项目性质" = 1', "的pairs第1项的键“项目性质”类型不对"),
        (
            "[parameters]",
            "[parameters]\nthreshold = 3",
            "：表样“sh-songjiang-declaration-2025”的parameters有不认识的键“threshold”",
        ),
        ("[parameters]", '[parameters]\ngoal_min_chars = "x"', "的parameters的键“goal_min_chars”"),
        # the taxonomy
        ('l1 = "产出指标"', 'l1 = "成本指标"', "的键“taxonomy”中“成本指标”重复"),
        ('{ name = "社会成本指标" }', '{ name = "经济成本指标" }', "的taxonomy第1项的键“l2”中“经济成本指标”重复"),
        ('{ name = "社会成本指标" }', '"社会成本指标"', "的taxonomy第1项的l2第2项应为表（table）"),
        (
            '{ name = "经济成本指标", expected = true }',
            '{ name = "经济成本指标", expected = 1 }',
            "的键“expected”类型不对",
        ),
        # the grid
        ("edges = [0, 16, 88, 170]", "edges = [0, 16, 88, true]", "的bands第4项的键“edges”应为数的列表"),
        ("edges = [0, 16, 88, 170]", "edges = [0, 16, nan, 170]", "的键“edges”应为数的列表"),
        ("edges = [0, 16, 88, 170]", "edges = [0, 88, 16, 170]", "的键“edges”应从0起递增，至多210"),
        ("edges = [0, 16, 88, 170]", "edges = [1, 16, 88, 170]", "的键“edges”应从0起递增"),
        ("edges = [0, 16, 88, 170]", "edges = [0, 16, 88, 211]", "的键“edges”应从0起递增，至多210"),
        ("edges = [0, 16, 88, 170]", "edges = [0]", "的键“edges”应从0起递增"),
        ("edges = [0, 16, 88, 170]", "edges = [0, 16, 88, 169.5]", "的键“bands”各项的edges应止于同一个数（表宽）"),
        ("edges = [0, 16, 88, 170]", "edges = [0, 16, 88, 100, 170]", "的bands第4项的键“cells”应恰好铺满网格"),
        ("edges = [0, 16, 88, 170]", "edges = [0, 16, 170]", "的bands第4项的键“cells”第3项超出网格"),
        ('{ at = [2, 3], path = "annual_goal"', '{ at = [2, 2], path = "annual_goal"', "的键“cells”第5项与前面的重叠"),
        (
            '{ at = [2, 3], path = "annual_goal"',
            '{ at = [0, 3], path = "annual_goal"',
            "的cells第5项的键“at”应为两个1至100的整数",
        ),
        ('{ at = [2, 3], path = "annual_goal"', '{ at = [2], path = "annual_goal"', "的键“at”应为两个"),
        ('{ at = [2, 3], path = "annual_goal"', '{ at = [2, true], path = "annual_goal"', "的键“at”应为两个"),
        (
            '{ at = [2, 3], path = "annual_goal"',
            '{ at = [2, 3], span = [100, 1], path = "annual_goal"',
            "第5项超出网格",
        ),
        (
            '{ at = [2, 3], path = "annual_goal"',
            '{ at = [2, 3], span = [1, 1000000], path = "annual_goal"',
            "的键“span”应为两个",
        ),
        ('path = "annual_goal"', 'path = "expected"', "的键“path”“expected”不是这种表上的位置"),
        ('path = "annual_goal"', 'path = "annual..goal"', "的键“path”“annual..goal”不是这种表上的位置"),
        ('path = "annual_goal"', 'path = "fields.年度目标"', "的键“path”“fields.年度目标”不在fields里"),
        ('path = "annual_goal"', 'path = "annual_goal", label = "x"', "的cells第5项应恰有label与path之一"),
        ('path = "annual_goal", align', "align", "的cells第5项应恰有label与path之一"),
        (
            'path = "annual_goal", align = "top-left"',
            'path = "annual_goal", align = "middle"',
            "的键“align”应为left、center",
        ),
        ('label = "年度总体目标"', 'label = "年度{goal}"', "的键“label”中的花括号只能用于{from}、{to}"),
        ('label = "项目绩效目标", upright = 1', 'label = "项目绩效目标", upright = 99', "的键“upright”应为0至20的整数"),
        ("header_rows = 1 ", "header_rows = 3 ", "的bands第4项的键“header_rows”应为0至2的整数"),
        ('part = "goals"', 'part = "aims"', "的bands第4项的键“part”应为fields、funds、goals、indicators、total之一"),
        ('part = "goals"', 'part = "indicators"', "的bands第4项缺少键“side”"),
        # the indicator band
        ('part = "indicators"', 'part = "total"', "的bands第5项缺少键“cells”"),
        (
            'side = { label = "绩效指标", upright = 1 }',
            'side = { path = "annual_goal" }',
            "的bands第5项的键“side”应有label",
        ),
        ("edges = [0, 16, 32, 54, 130, 170]", "edges = [0, 16, 32, 54, 170]", "的键“columns”应与edges相配"),
        ('key = "l2", label = "二级指标"', 'key = "l1", label = "二级指标"', "的键“columns”中“l1”重复"),
        ('key = "l2", label = "二级指标"', 'key = "l9", label = "二级指标"', "的columns第2项的键“key”应为l1、l2"),
        (
            'key = "target", label',
            'key = "score", label',
            "的键“columns”应以l1、l2开头，含有l3，只能用l1、l2、l3、",
        ),
    ],
)
def test_an_error_of_a_declaration_is_named(tmp_path: Path, old: str, new: str, words: str):
    assert words in refusal(tmp_path, replaced(DECLARATION, old, new))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("execution = 10", "execution = 11", "的weights第1项的键“points”与execution合计应为100"),
        ("execution = 10", "execution = nan", "的weights第1项的键“execution”应为0至100的数"),
        ("execution = 10", "execution = -10", "的键“execution”应为0至100的数"),
        ("execution = 10", 'execution = "10"', "的weights第1项的键“execution”类型不对"),
        ('"成本指标" = 20', '"成本指标" = inf', "的weights第1项的points的键“成本指标”应为0至100的数"),
        ('"成本指标" = 20', '"成本指标" = true', "的键“成本指标”类型不对"),
        ('"成本指标" = 20', '"费用指标" = 20', "的weights第1项的键“points”中的“费用指标”不在taxonomy里"),
        ('name = "2021年版，含成本指标"\n', "", "的weights第1项缺少键“name”"),
        ('name = "2021年版，含成本指标"\n', 'name = "x"\nmark = "x"\n', "的weights第1项有不认识的键“mark”"),
        ('path = "funds[0].年初预算数"', 'path = "funds.年初预算数"', "“funds.年初预算数”不是这种表上的位置"),
        ('path = "funds[0].年初预算数"', 'path = "funds[0]"', "“funds[0]”不是这种表上的位置"),
        ('path = "total_points"', 'path = "overall_goal"', "“overall_goal”不是这种表上的位置"),
        ("sources =", 'evaluation_edition = "sh-evaluation-2025"\nsources =', "的键“evaluation_edition”只用于申报表"),
    ],
)
def test_an_error_of_an_evaluation_is_named(tmp_path: Path, old: str, new: str, words: str):
    assert words in refusal(tmp_path, replaced(EVALUATION, old, new))


def test_a_form_has_one_indicator_band(tmp_path: Path):
    begin, rest = DECLARATION.index('[[bands]]\npart = "indicators"'), DECLARATION.index("# What adds up")
    band = DECLARATION[begin:rest]
    wanted = "的键“bands”应恰有一个part为indicators的项"
    assert wanted in refusal(tmp_path, DECLARATION[:begin] + DECLARATION[rest:])
    assert wanted in refusal(tmp_path, DECLARATION[:rest] + band + DECLARATION[rest:])


def test_a_band_of_cells_has_cells(tmp_path: Path):
    text = DECLARATION[: DECLARATION.index("[[bands]]")] + '[[bands]]\npart = "goals"\nedges = [0, 170]\ncells = []\n'
    assert "的bands第1项的键“cells”应恰好铺满网格" in refusal(
        tmp_path, text + DECLARATION[DECLARATION.index("[[bands]]") :]
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "缺少键“kind”"),
        (b"id = ", "不是有效的TOML"),
        (b'id = "x', "不是有效的TOML"),
        (b"id = 1\nid 2", "第2行第4列起不是有效的TOML"),
        (b"a = " + b"[" * 5000, "不是有效的TOML"),
        (b"a = " + b"9" * 5000, "不是有效的TOML"),
        ("id = '项'".encode("gbk"), "不是UTF-8编码"),
        (b"#" * (MAX_BYTES + 1), "超过1 MB"),
    ],
)
def test_what_is_no_toml(tmp_path: Path, data: bytes, words: str):
    path = tmp_path / "x.toml"
    path.write_bytes(data)
    with pytest.raises(EditionError, match=rf"^表样文件“x\.toml”{words}"):
        read_edition(path)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path):
    with pytest.raises(EditionError, match=r"^表样文件“没有\.toml”无法读取"):
        read_edition(tmp_path / "没有.toml")


def test_a_bom_is_taken(tmp_path: Path):
    path = tmp_path / "x.toml"
    path.write_bytes(b"\xef\xbb\xbf" + DECLARATION.encode())
    assert read_edition(path).id == "sh-songjiang-declaration-2025"


# ---------------------------------------------------------------- a form put into the data folder

COPY = replaced(
    replaced(DECLARATION, '"sh-songjiang-declaration-2025"', '"某区-2027"'), 'label = "主管部门"', 'label = "上级部门"'
)


def test_a_copy_with_other_labels_works_without_code(tmp_path: Path):
    write(tmp_path, replaced(COPY, "from = 2025", "from = 2027, to = 2027"))
    editions = Editions([tmp_path])
    edition = editions["某区-2027"]
    labels = [cell.label for band in edition.bands for cell in band.cells]
    assert "上级部门" in labels
    assert "主管部门" not in labels
    assert edition in editions.for_new("declaration", 2027)
    assert edition not in editions.for_new("declaration", 2026)
    assert edition not in editions.for_new("evaluation", 2027)
    assert set(editions) == set(Editions()) | {"某区-2027"}


def test_a_file_of_a_folder_may_replace_a_shipped_edition(tmp_path: Path):
    write(tmp_path, replaced(DECLARATION, 'label = "主管部门"', 'label = "上级部门"'))
    editions = Editions([tmp_path])
    assert len(editions) == len(Editions())
    labels = [cell.label for band in editions["sh-songjiang-declaration-2025"].bands for cell in band.cells]
    assert "上级部门" in labels


def test_an_absent_folder_holds_nothing(tmp_path: Path):
    assert dict(Editions([tmp_path / "没有"])) == dict(Editions())


def test_one_bad_file_does_not_stop_the_program(tmp_path: Path):
    write(tmp_path, "id = 5", "坏的.toml")
    write(tmp_path, COPY, "好的.toml")
    (tmp_path / "文件夹.toml").mkdir()
    with pytest.raises(EditionError, match=r"^表样文件“坏的\.toml”缺少键“kind”$"):
        Editions([tmp_path])
    problems: list[str] = []
    editions = Editions([tmp_path], problems)
    assert "某区-2027" in editions
    assert len(editions) == len(Editions()) + 1
    assert len(problems) == 2
    assert problems[0] == "表样文件“坏的.toml”缺少键“kind”"
    assert problems[1].startswith("表样文件“文件夹.toml”无法读取")


def test_two_files_of_one_id(tmp_path: Path):
    write(tmp_path, COPY, "a.toml")
    write(tmp_path, COPY, "b.toml")
    problems: list[str] = []
    assert "某区-2027" in Editions([tmp_path], problems)
    assert problems == ["表样文件“b.toml”与“a.toml”的键“id”相同"]


def test_an_edition_keeps_its_kind(tmp_path: Path):
    write(tmp_path, replaced(EVALUATION, '"sh-evaluation-2025"', '"sh-declaration-2022"'))
    problems: list[str] = []
    assert Editions([tmp_path], problems)["sh-declaration-2022"].kind == "declaration"
    assert problems == ["表样文件“x.toml”的键“kind”与它要替换的表样“sh-declaration-2022”不同"]


@pytest.mark.parametrize("other", ["没有", "sh-declaration-2025"])
def test_the_evaluation_of_a_declaration_must_be_there(tmp_path: Path, other: str):
    write(tmp_path, replaced(COPY, 'evaluation_edition = "sh-evaluation-2025"', f'evaluation_edition = "{other}"'))
    problems: list[str] = []
    assert "某区-2027" not in Editions([tmp_path], problems)
    assert problems == [f"表样“某区-2027”的键“evaluation_edition”所指的“{other}”不是已有的自评表表样"]
    with pytest.raises(EditionError, match="evaluation_edition"):
        Editions([tmp_path])


def test_the_evaluation_edition_may_be_left_open(tmp_path: Path):
    alone = replaced(COPY, 'evaluation_edition = "sh-evaluation-2025"\n', "")
    begin, end = alone.index("# What the rows of the evaluation"), alone.index("[[taxonomy]]")
    write(tmp_path, alone[:begin] + alone[end:])
    assert Editions([tmp_path])["某区-2027"].evaluation_edition is None
    assert "有不认识的键“evaluation_funds”" in refusal(tmp_path, alone)


def test_what_the_evaluation_begins_with_are_rows_of_it(tmp_path: Path):
    write(tmp_path, replaced(COPY, '"上年结转资金" = "上年结转资金"', '"结转结余" = "上年结转资金"'))
    with pytest.raises(EditionError, match="“evaluation_funds”中的“结转结余”不是“sh-evaluation-2025”资金的行"):
        Editions([tmp_path])


def test_halves_stand_side_by_side(tmp_path: Path):
    national = (SHIPPED / "cn-declaration-2015.toml").read_text(encoding="utf-8")
    assert "的键“columns”中“mid_l3”重复" in refusal(tmp_path, replaced(national, 'key = "l3"', 'key = "mid_l3"'))
    assert "应以l1、l2开头，含有l3" in refusal(tmp_path, replaced(national, 'key = "l3"', 'key = "l2"'))
    mid = 'key = "actual", label = "实际'
    assert "只能用l1、l2、l3、target、actual" in refusal(
        tmp_path, replaced(EVALUATION, mid, 'key = "mid_target", label = "实际')
    )


# ---------------------------------------------------------------- what an edition answers


def test_years():
    assert 2025 in Years(2025, None)
    assert 2024 not in Years(2025, None)
    assert 2023 in Years(2022, 2024)
    assert 2025 not in Years(2022, 2024)
    assert "2025" not in Years(2025, None)


@pytest.fixture
def edition() -> Edition:
    return Editions()["sh-songjiang-declaration-2025"]


def test_fields_and_columns(edition: Edition):
    field = edition.field("项目性质")
    assert field is not None
    assert field.kind == "choice"
    assert field.choices[0] == "其他经常性项目"
    assert edition.field("项目属性") is None
    assert [column.key for column in edition.columns] == ["l1", "l2", "l3", "target"]


def test_the_taxonomy(edition: Edition):
    level1 = edition.level1("效益指标")
    assert level1 is not None
    assert [two.name for two in level1.l2 if two.expected] == ["社会效益指标"]
    assert edition.level1("投入指标") is None
    assert edition.order_of("成本指标", "经济成本指标") == (0, 0)
    assert edition.order_of("产出指标", "时效指标") == (1, 2)
    assert edition.order_of("产出指标", "成本指标") is None
    assert edition.order_of("投入指标", "数量指标") is None


def test_rows_of_a_band(edition: Edition):
    assert [band.row_count for band in edition.bands] == [1, 2, 4, 2, 0]
