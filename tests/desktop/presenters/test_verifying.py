"""查验 without a window."""

from __future__ import annotations

from desktop.presenters import booklets
from desktop.presenters.booklets import Plan, planned, with_plan
from desktop.presenters.verifying import Verdict, verify
from desktop.store import Frozen, Store
from forms.check_code import booklet_code, check_code
from forms.documents import Booklet, Package
from forms.edits import set_text
from forms.package import write_package
from tests.desktop.presenters.test_freezing import EDITIONS, GOOD, NAME, freeze, renamed, store

__all__ = ["store"]


def test_a_code_is_found_wherever_it_belongs(store: Store) -> None:
    number, other = store.create_many([GOOD, renamed("别的")])
    assert verify("x", store, EDITIONS, None).kind == "unreadable"
    assert verify(check_code(GOOD), store, EDITIONS, None).kind == "current"
    freeze(store, number, GOOD)
    assert verify(check_code(GOOD), store, EDITIONS, None).kind == "both"
    project = GOOD
    for head, name in enumerate(("一", "二", "三")):
        edit = set_text(project, NAME, name, "")
        store.append(number, edit, head)
        project = edit.apply(project)
    found = verify(check_code(GOOD), store, EDITIONS, None)
    assert (found.kind, found.project_id, len(found.changes)) == ("frozen", number, 1)
    found = verify(check_code(renamed("一")), store, EDITIONS, number)
    assert (found.kind, found.project_id) == ("earlier", number)
    assert "2 步修改之前" in found.sentences[0]
    assert verify(check_code(renamed("一")), store, EDITIONS, other).kind == "neither"
    assert verify(check_code(renamed("一")), store, EDITIONS, None).kind == "neither"
    assert verify(check_code(renamed("一")), store, EDITIONS, number, lambda: False).kind == "neither"


def test_a_copy_whose_project_is_gone_is_still_told(store: Store) -> None:
    number = store.create(GOOD)
    freeze(store, number, GOOD)
    store.purge([number])
    found = verify(check_code(GOOD), store, EDITIONS, None)
    assert (found.kind, found.project_id) == ("frozen", None)
    assert "彻底删除" in found.sentences[1]


def test_a_copy_that_cannot_be_read_is_still_told(store: Store) -> None:
    number = store.create(renamed("新"))
    store.freeze(number, GOOD, check_code(GOOD), Frozen(b"{}", b"", "", ()))
    found = verify(check_code(GOOD), store, EDITIONS, None)
    assert (found.kind, found.project_id) == ("frozen", number)


# ---------------------------------------------------------------- booklets


def bind(store: Store, numbers: list[int]) -> str:
    """Bind projects as the window does, by what was decided of them; return the code on the paper."""
    found = {number: store.load(number).project for number in numbers}
    projects, booklet = planned(store.setting(booklets.SETTING, {}), found, EDITIONS)
    package = Package(tuple(projects.values()), booklet)
    store.bind(booklet_code(package), list(projects), write_package(package))
    return booklet_code(package)


def look_up(store: Store, code: str) -> Verdict:
    found = verify(code.lower().replace("-", " "), store, EDITIONS, None)
    assert found.kind == "bound"
    return found


def test_a_booklet_is_told_with_its_title_and_its_final_copies(store: Store) -> None:
    numbers = store.create_many([GOOD, renamed("别的")])
    code = bind(store, numbers)
    found = look_up(store, code)
    assert (found.changes, found.project_id) == ((), None)
    assert f"“{GOOD.unit}2026年" in found.sentences[0]
    assert "2025年3月2日 09:30装订，共 2 个项目" in found.sentences[0]
    assert found.sentences[1:] == (
        "册中的项目没有定稿，或与定稿不同。",
        "这些项目现在装订，内容与这一册完全相同。",
    )
    freeze(store, numbers[0], GOOD)
    assert look_up(store, code).sentences[1] == "册中 1 个项目与定稿相同，其余的没有定稿，或与定稿不同。"
    freeze(store, numbers[1], renamed("别的"))
    assert look_up(store, code).sentences[1] == "册中 2 个项目都与定稿相同。"
    assert bind(store, numbers) == code  # bound again, it is the one of the first time
    assert "3月2日 09:30" in look_up(store, code).sentences[0]


def test_what_differs_from_a_booklet_is_listed_by_project(store: Store) -> None:
    first, second, third = store.create_many([GOOD, renamed("乙"), renamed("丙")])
    code = bind(store, [first, second, third])
    store.append(second, set_text(renamed("乙"), "declaration.fields.主管部门", "新局", ""), 0)
    found = look_up(store, code)
    assert found.project_id == second  # the only one: it can be opened from there
    assert found.sentences[-1] == "此后改动了 1 处："
    assert len(found.changes) == 1
    assert found.changes[0].startswith("“乙”")
    store.append(third, set_text(renamed("丙"), "declaration.funds.年度资金申请总额", "1", ""), 0)
    store.purge([first])
    found = look_up(store, code)
    assert found.project_id is None
    assert f"“{GOOD.name}”已彻底删除，或不能读取" in found.changes
    assert "编报说明不同" in found.changes
    store.purge([second, third])
    assert len(look_up(store, code).changes) == 3


def test_order_and_title_belong_to_a_booklet(store: Store) -> None:
    one, other = store.create_many([GOOD, renamed("乙")])
    code = bind(store, [one, other])
    kept = with_plan({}, [GOOD], Plan("某中心编报册", "共【项目数】个项目。", (other, one)))
    store.set_setting(booklets.SETTING, kept)
    assert [line.partition("“")[0] for line in look_up(store, code).changes] == [
        "项目的次序不同",
        "封面标题由",
        "编报说明不同",
    ]
    again = bind(store, [one, other])
    assert again != code
    assert look_up(store, again).sentences[-1] == "这些项目现在装订，内容与这一册完全相同。"
    assert "“某中心编报册”" in look_up(store, again).sentences[0]


def test_a_booklet_without_a_title_or_edition_is_still_told(store: Store) -> None:
    number = store.create(GOOD)
    package = Package((GOOD,), Booklet())
    store.bind(booklet_code(package), [number], write_package(package))
    assert "（没有标题）" in look_up(store, booklet_code(package)).sentences[0]
    found = verify(booklet_code(package), store, {}, None)
    assert (found.kind, len(found.sentences), found.changes) == ("bound", 2, ())
