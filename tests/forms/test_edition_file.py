"""The strict reader of editions: every kind of error is named with the file and the key."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from forms.edition import Edition, EditionError, Years
from forms.edition_file import read_edition
from forms.known_editions import SHIPPED, Editions
from forms.strict_toml import MAX_BYTES

DECLARATION = (SHIPPED / "sh-songjiang-declaration-2025.toml").read_text(encoding="utf-8")
EVALUATION = (SHIPPED / "sh-evaluation-2025.toml").read_text(encoding="utf-8")
SHIPPED_TEXTS = {"declaration": DECLARATION, "evaluation": EVALUATION}


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


def wrong_files() -> dict[str, tuple[str, str, str, str]]:
    """The faults of the table by name: which edition, what stands there, what instead, the sentence."""
    table = tomllib.loads(Path(__file__).with_name("wrong_editions.toml").read_text(encoding="utf-8"))
    return {
        f"{kind}-{place}-{fault}": (SHIPPED_TEXTS[kind], faults["text"], *faults[fault])
        for kind, places in table.items()
        for place, faults in places.items()
        for fault in faults
        if fault != "text"
    }


WRONG = wrong_files()


@pytest.mark.parametrize(("shipped", "text", "instead", "sentence"), WRONG.values(), ids=WRONG)
def test_a_wrong_file_is_refused_with_its_sentence(
    tmp_path: Path, shipped: str, text: str, instead: str, sentence: str
):
    assert refusal(tmp_path, replaced(shipped, text, instead)) == f"表样文件“x.toml”{sentence}"


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
