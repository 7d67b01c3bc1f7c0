from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from desktop.presenters.new_project import make
from desktop.presenters.rollup import Item, chosen, files_beneath, outcome, read_all, taken, update_edit
from forms.documents import Package, Project
from forms.known_editions import Editions
from forms.package import write_package
from forms.printing import PrintOptions, print_package
from tests.desktop.presenters.listed_rows import listed

EDITIONS = Editions()
THEN = datetime(2026, 1, 10, 9, 30).astimezone()


def project(name: str = "培训", unit: str = "甲中心", goal: str = "办班8场") -> Project:
    made = make(EDITIONS["sh-declaration-2025"], 2026, unit, name)
    return made._replace(declaration=made.declaration._replace(annual_goal=goal))


def put(folder: Path, name: str, *projects: Project, at: datetime = THEN) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(write_package(Package(projects)))
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def read(files: list[Path], there: dict[int, Project] | None = None) -> tuple[Item, ...]:
    there = there or {}
    rows = [listed(number, one.unit, one.year, one.name) for number, one in there.items()]
    return read_all(files, EDITIONS, rows, there.__getitem__, lambda _made, _total: True)


def verdicts(items: tuple[Item, ...]) -> list[tuple[str, bool]]:
    return [(one.verdict, one.chosen) for one in items]


def test_files_are_found_beneath_a_folder_in_order(tmp_path: Path) -> None:
    for name in ("b/2.PDF", "a/1.json", "a/x.docx", "c.xlsx", "d.jibiao"):
        put(tmp_path, name)
    (tmp_path / "round").symlink_to(tmp_path, target_is_directory=True)
    assert [path.relative_to(tmp_path).as_posix() for path in files_beneath(tmp_path)] == [
        "a/1.json",
        "b/2.PDF",
        "c.xlsx",
        "d.jibiao",
    ]
    assert files_beneath(tmp_path / "nowhere") == []


def test_new_equal_other_and_unreadable_are_told_apart(tmp_path: Path) -> None:
    later = THEN.replace(day=11)
    files = [
        put(tmp_path, "1.json", project()),
        put(tmp_path, "2.json", project(goal="办班9场"), at=later),
        put(tmp_path, "3.json", project("宣传"), project("宣传")),
        put(tmp_path, "4.json", project("宣传", goal="另一个")),
        put(tmp_path, "5.json", project("设备", goal="旧"), at=THEN.replace(day=1)),
        tmp_path / "6.json",
    ]
    files[5].write_text("{", encoding="utf-8")
    there = {7: project(), 8: project("设备")}
    items = read(files, there)
    assert verdicts(items) == [
        ("same", False),
        ("version", True),
        ("new", True),
        ("same", False),
        ("version", False),
        ("version", False),
        ("refused", False),
    ]
    assert [one.instead for one in items] == [7, 7, None, None, None, 8, None]
    assert "2026-01-10 09:30）新" in items[1].sentence
    assert "旧" in items[5].sentence
    assert "6.json" in items[6].sentence
    assert outcome(items) == "读取 6 个文件：新项目 1 个，已有且相同 2 个，内容不同 3 个，不能读取 1 个。"


def test_another_unit_or_year_or_form_is_another_project(tmp_path: Path) -> None:
    evaluation = make(EDITIONS["sh-evaluation-2025"], 2026, "甲中心", "培训")
    file = put(tmp_path, "1.json", project(unit="乙中心"), evaluation)
    assert verdicts(read([file], {7: project()})) == [("new", True), ("new", True)]


def test_two_versions_of_one_that_is_there_are_left_to_the_clerk(tmp_path: Path) -> None:
    later = THEN.replace(day=12)
    files = [put(tmp_path, f"{n}.json", project(goal=f"办班{n}场"), at=later) for n in (1, 2)]
    assert verdicts(read(files, {7: project()})) == [("version", True), ("version", False)]


def test_a_paper_with_its_data_is_read_like_the_data(tmp_path: Path) -> None:
    pdf = tmp_path / "1.pdf"
    pdf.write_bytes(print_package(Package((project(),)), EDITIONS, PrintOptions()).pdf)
    assert verdicts(read([pdf], {7: project()})) == [("same", False)]


def test_called_off_nothing_is_returned(tmp_path: Path) -> None:
    files = [put(tmp_path, f"{n}.json", project(f"第{n}个")) for n in range(3)]
    asked: list[int] = []

    def stop(made: int, _total: int) -> bool:
        asked.append(made)
        return made < 2

    assert read_all(files, EDITIONS, [], _never, stop) == ()
    assert asked == [1, 2]


_never: Callable[[int], Project] = {}.__getitem__


def test_what_is_chosen_is_added_or_takes_the_place_of_what_is_there(tmp_path: Path) -> None:
    files = [put(tmp_path, "1.json", project("宣传")), put(tmp_path, "2.json", project(goal="办班9场"))]
    items = read(files, {7: project()})
    new, instead = taken(chosen(items, [0, 1]))
    assert [one.name for one in new] == ["宣传"]
    assert [number for number, _ in instead] == [7]
    assert taken(chosen(items, [])) == ([], [])
    edit = update_edit(project(), instead[0][1])
    assert edit.apply(project()) == project(goal="办班9场")
    assert edit.inverse().apply(edit.apply(project())) == project()


def test_a_file_that_went_away_counts_as_old(tmp_path: Path) -> None:
    file = put(tmp_path, "1.json", project(goal="办班9场"))

    def gone(_made: int, _total: int) -> bool:
        return True

    def load(_number: int) -> Project:
        file.unlink(missing_ok=True)
        return project()

    items = read_all([file], EDITIONS, [listed(7, "甲中心", 2026, "培训")], load, gone)
    assert verdicts(items) == [("version", False)]
