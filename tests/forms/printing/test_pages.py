"""Pages as a person accepted them: rendered at 300 dpi, reduced, compared with a tolerance.

``pytest tests/forms/printing/test_pages.py --accept`` writes them anew. Whoever does that has looked at each page at
full size beside its grid.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageChops

from desktop.texts import RESOURCES
from forms.documents import Package
from forms.package import read_package
from forms.printing import PrintOptions, print_package
from tests.forms.printing.samples import EDITIONS

ACCEPTED = Path(__file__).with_name("pages")
DPI, REDUCED = 300, 3
STEP = 17
"""Of 255 shades every so many are kept."""
BLOCK = 4
"""Pixels of the reduced picture that are judged together: shades of single edges are nobody's business."""
TOLERANCE = 24
"""By so many of 255 shades a block may differ."""
MOST = 1_000_000
"""Bytes of all pictures."""


@dataclass(frozen=True)
class Page:
    """A page of a sample: which project of it (all of them: None), which page, and how it is printed."""

    sample: str
    project: int | None
    page: int
    options: dict[str, Any] = field(default_factory=dict)
    folder: Path = RESOURCES / "samples"
    edition: str = ""
    """In which its evaluation is set instead of its own; for editions without a sample."""


PAGES = {
    "sh-songjiang-declaration-2025": Page("popular-science-2025", 0, 3, {"footer": True}),
    "sh-declaration-2025": Page("public-culture-2025", 0, 1),
    "sh-declaration-2025 first of two": Page("public-culture-2026", 0, 1),
    "sh-declaration-2025 second of two": Page("public-culture-2026", 0, 2),
    "sh-declaration-2022": Page("popular-science-exhibits-2022", 0, 3),
    "sh-evaluation-2022": Page("popular-science-evaluation-2024", 0, 1),
    "sh-evaluation-2022 across": Page("public-culture-evaluation-2024", 0, 1, {"landscape_evaluation": True}),
    "sh-evaluation-2025": Page("produce-testing-2025", 0, 4),
    "cn-evaluation-2020": Page("public-culture-evaluation-2024", 0, 1, edition="cn-evaluation-2020"),
    "cn-declaration-2015": Page("wetland-restoration-2025", 0, 1, folder=Path(__file__).parents[1]),
    "draft with sign-off": Page("produce-testing-2025", 0, 4, {"draft": True, "sign_off": True, "footer": True}),
    "booklet": Page("popular-science-2025", None, 1, {"booklet": True, "numbers": "official"}),
    "narrative": Page("popular-science-2025", None, 2, {"booklet": True, "numbers": "official"}),
}


def picture(page: Page) -> Image.Image:
    """A page in shades of grey."""
    package = read_package(page.folder / f"{page.sample}.json", EDITIONS)
    if page.project is not None:
        project = package.projects[page.project]
        if page.edition and project.evaluation is not None:
            project = project._replace(evaluation=project.evaluation._replace(edition=page.edition))
        package = Package((project,))
    document = pypdfium2.PdfDocument(print_package(package, EDITIONS, PrintOptions(**page.options)).pdf)
    image = document[page.page - 1].render(scale=DPI / 72).to_pil().convert("L")
    document.close()
    return image.reduce(REDUCED)


def coarse(image: Image.Image) -> Image.Image:
    """A picture in few shades, which is small as a file."""
    return image.point([round(shade / STEP) * STEP for shade in range(256)])


def _file(name: str) -> Path:
    return ACCEPTED / f"{name.replace(' ', '-').replace(',', '')}.png"


def difference(one: Image.Image, other: Image.Image) -> int:
    """The most that a block of two pictures differs, of 255."""
    if one.size != other.size:
        return 255
    return int(ImageChops.difference(one.reduce(BLOCK), other.reduce(BLOCK)).getextrema()[1])


@pytest.mark.parametrize("name", PAGES)
def test_pages_look_as_accepted(name: str, request: pytest.FixtureRequest, tmp_path: Path):
    path, found = _file(name), picture(PAGES[name])
    if request.config.getoption("--accept"):
        ACCEPTED.mkdir(exist_ok=True)
        coarse(found).save(path, optimize=True)
    with Image.open(path) as accepted:
        differs = difference(found, accepted.convert("L"))
    if differs > TOLERANCE:
        found.save(tmp_path / "found.png")
        pytest.fail(f"{name} differs by {differs} of 255 from {path}: see {tmp_path / 'found.png'}")


def test_a_moved_line_or_a_changed_word_is_seen():
    page = PAGES["sh-songjiang-declaration-2025"]
    whole = picture(page)
    moved = whole.copy()
    moved.paste(whole.crop((0, 300, whole.width, whole.height - 3)), (0, 303))
    assert difference(whole, moved) > TOLERANCE
    cleared = whole.copy()
    cleared.paste(255, (150, 148, 190, 166))
    assert difference(whole, cleared) > TOLERANCE
    assert difference(whole, whole.crop((0, 0, 9, 9))) == 255
    assert difference(whole, coarse(whole)) < TOLERANCE / 2


def test_each_edition_has_a_page_and_all_of_them_are_small():
    editions = {edition.id for edition in EDITIONS.values()}
    assert editions <= {name.split()[0] for name in PAGES}
    files = set(ACCEPTED.glob("*"))
    assert files == set(map(_file, PAGES))
    assert sum(path.stat().st_size for path in files) < MOST
