"""A published PDF carries the data that its pages show, and nothing beside."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from forms.check_code import check_code
from forms.documents import Booklet, Confirmation, Package, Project
from forms.package import parse_package, write_package
from forms.printing import PrintOptions, print_package, read_attachment
from forms.printing.public import printed_only
from tests.forms.printing.samples import EDITIONS, FILLED, declaration, evaluation, narrative
from tests.published import each_published
from tests.strategies import plain_projects

FORM = declaration(FILLED, fields={"项目性质": "不印的栏目"}, extra={"app": {"note": "内部说明"}})
KEPT = Project(
    narrative(50),
    FORM._replace(indicators=tuple(row._replace(tier="内部档次", extra={"library": 7}) for row in FORM.indicators)),
    evaluation()._replace(funds=tuple({**row, "备注": "不印的备注"} for row in evaluation().funds)),
    extra={"id": 12},
    confirmations=(Confirmation("I05", "declaration", "缺少成本指标", note="领导已同意"),),
)
SET = Package((KEPT,), Booklet("题名", "说明", {"by": "某人"}), {"app": 1})
SECRETS = ("不印的栏目", "内部说明", "内部档次", "library", "不印的备注", "领导已同意", "confirmations", "某人", '"id"')


def attached(**options: bool) -> str:
    return read_attachment(print_package(SET, EDITIONS, PrintOptions(**options)).pdf).decode()


def test_nothing_goes_along_that_is_not_printed():
    whole, public = attached(), attached(printed_only=True)
    assert all(secret in whole for secret in SECRETS)
    assert not [secret for secret in SECRETS if secret in public]
    assert "narrative" in public
    assert "narrative" not in attached(printed_only=True, forms_only=True)
    read = parse_package(public.encode(), "a.json", EDITIONS).projects[0]
    assert check_code(read) == check_code(printed_only(SET, EDITIONS, narratives=True).projects[0])


def test_what_is_published_has_no_check_code_either() -> None:
    options = PrintOptions(booklet=True, footer=True, barcode=True).for_public()
    assert options == PrintOptions(booklet=True, printed_only=True)


def test_the_pages_are_the_same():
    one, other = (
        print_package(printed_only(SET, EDITIONS, narratives=True), EDITIONS, PrintOptions()),
        print_package(SET, EDITIONS, PrintOptions(printed_only=True)),
    )
    assert one.pdf == other.pdf


@given(plain_projects())
def test_what_is_left_is_a_package_and_nothing_more_can_be_left_out(project: Project):
    once = printed_only(Package((project,)), EDITIONS, narratives=True)
    assert printed_only(once, EDITIONS, narratives=True) == once
    assert write_package(once)


@pytest.mark.published
@each_published()
def test_published_forms_lose_nothing(path: Path):
    package = parse_package(path.read_bytes(), path.name, EDITIONS)
    left = printed_only(package, EDITIONS, narratives=True)
    assert [check_code(one) for one in left.projects] == [check_code(one) for one in package.projects]
