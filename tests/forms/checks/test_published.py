"""The published forms: no error in any of them, and exactly the findings on record.

``rules.md`` 4 lists them; here they stand as numbers of places. What the forms say stays where the forms are.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.checks import RULES, Finding, check_package
from forms.known_editions import Editions
from forms.package import read_package
from tests.published import each_published

pytestmark = pytest.mark.published
EDITIONS = Editions()

# Package: 提醒★ | 提醒; id×places. A dash: none.
TABLE = {
    "exchange-centre-2025-01": "– | M05 G04 I07 V15×3 V23 C06",
    "exchange-centre-2025-05": "V01 | M05 G04 I13 V10 C06",
    "exchange-centre-2025-07": "– | B11 M05 I11×2 I14×6 I15 I16×2 V14×2 V15×3 V20×2 C06",
    "songjiang-2025-01": "C01 | G04 I07 V12",
    "songjiang-2025-02": "– | G04 I07 V12×2 V20 C03 C07×3",
    "songjiang-2025-04": "– | G10 V03 V12×2",
    "songjiang-centre-2022-02": "V07 | G04 I13 V12×2",
    "songjiang-centre-2022-04": "I10 | T08 I11 V08×3 V12",
    "songjiang-office-2022-02": "B03 V07 N04 | I14×2 V09 V12×3",
    "songjiang-office-2023-01": "– | G08 V08 V12×4 C06 S17×2 S18×8 S19",
    "songjiang-office-2023-03": "– | G08 V09 V12×2 S10 S17×3 S18×6 S19",
    "songjiang-office-2023-05": "V02 | T05 G08 V12×2 C06 S17×3 S18×6 S19 S22",
    "songjiang-office-2023-07": "– | G08 V08 V12 S10 S17×3 S18×6 S19",
    "songjiang-office-2023-09": "V07 | T05×3 I14×2 V11 V12×5 S17 S18×6 S19",
}
# Rows of the findings that name rows, from 1.
ROWS = {
    "exchange-centre-2025-01": {"V15": [12, 13, 14], "V23": [3], "C06": [1]},
    "exchange-centre-2025-05": {"V01": [2], "V10": [4], "C06": [1]},
    "exchange-centre-2025-07": {
        "B11": [3],
        "I11": [3, 10],
        "I14": [6, 8, 9, 15, 21, 22],
        "I15": [15],
        "I16": [11, 24],
        "V14": [15, 21],
        "V15": [13, 19, 20],
        "V20": [2, 9],
        "C06": [1],
    },
    "songjiang-2025-01": {"C01": [1], "V12": [7]},
    "songjiang-2025-02": {"V12": [6, 7], "V20": [4], "C03": [1], "C07": [1, 2, 3]},
    "songjiang-2025-04": {"V03": [1], "V12": [7, 9]},
    "songjiang-centre-2022-02": {"V07": [1], "V12": [1, 4]},
    "songjiang-centre-2022-04": {"I10": [10], "I11": [5], "V08": [1, 2, 3], "V12": [7]},
    "songjiang-office-2022-02": {"V07": [1], "I14": [1, 8], "V09": [4], "V12": [1, 5, 8]},
    "songjiang-office-2023-01": {"V08": [1], "V12": [2, 5, 6, 7], "C06": [5], "S17": [1, 8], "S18": [*range(1, 9)]},
    "songjiang-office-2023-03": {"V09": [2], "V12": [4, 5], "S17": [1, 2, 6], "S18": [*range(1, 7)]},
    "songjiang-office-2023-05": {
        "V02": [1],
        "T05": [1],
        "V12": [5, 6],
        "C06": [5],
        "S17": [1, 2, 7],
        "S18": [*range(1, 7)],
        "S22": [7],
    },
    "songjiang-office-2023-07": {"V08": [1], "V12": [5], "S17": [1, 2, 6], "S18": [*range(1, 7)]},
    "songjiang-office-2023-09": {
        "V07": [1],
        "T05": [1],
        "I14": [1, 4],
        "V11": [3],
        "V12": [1, 2, 3, 4, 5],
        "S17": [6],
        "S18": [*range(1, 7)],
    },
}
_SONGJIANG_2025 = ["songjiang-2025-01", "songjiang-2025-02", "songjiang-2025-04"]
_EXCHANGE = ["exchange-centre-2025-01", "exchange-centre-2025-05", "exchange-centre-2025-07"]
_CENTRE = ["songjiang-centre-2022-02", "songjiang-centre-2022-04"]
_OFFICE_2023 = ["songjiang-office-2023-03", "songjiang-office-2023-07", "songjiang-office-2023-09"]
SWITCHED_OFF = {
    "B05": [*_SONGJIANG_2025, *_CENTRE],
    "B12": ["exchange-centre-2025-01", "exchange-centre-2025-07", *_CENTRE],
    "G02": [*_EXCHANGE, *_SONGJIANG_2025],
    "G11": ["songjiang-centre-2022-02", "songjiang-office-2022-02"],
    "I08": [*_CENTRE, "songjiang-office-2022-02", *_OFFICE_2023],
}
SWITCHED_OFF_PLACES = {"B12": 14}


def expected(stem: str) -> dict[tuple[str, str], int]:
    found = {}
    for severity, part in zip(("confirm", "warning"), TABLE[stem].split(" | "), strict=True):
        for one in part.split():
            if one != "–":
                rule_id, _, places = one.partition("×")
                found[severity, rule_id] = int(places or 1)
    return found


def rows_of(finding: Finding) -> list[int]:
    return [int(place[11:].partition("]")[0]) + 1 for place in finding.places if place.startswith("indicators[")]


@each_published()
def test_exactly_the_findings_on_record(path: Path) -> None:
    found = check_package(read_package(path, EDITIONS), EDITIONS)
    assert len({one.id for one in found}) == len(found)
    assert {(one.severity.value, one.id): len(one.places) for one in found} == expected(path.stem)
    rows = {one.id: rows_of(one) for one in found if one.id != "I07" and rows_of(one)}
    assert rows == ROWS[path.stem]


@each_published()
def test_switched_off_rules(path: Path) -> None:
    package = read_package(path, EDITIONS)
    switches = {key: True for key, rule in RULES.items() if not rule.default}
    on = {one.id for one in check_package(package, EDITIONS, switches=switches)}
    off = {one.id for one in check_package(package, EDITIONS)}
    assert on - off == {rule_id for rule_id, stems in SWITCHED_OFF.items() if path.stem in stems}


def test_places_of_switched_off_rules() -> None:
    from tests.published import published

    paths = published()
    if not paths:
        pytest.skip("the published forms do not lie beside this checkout (../shared/published)")
    assert {path.stem for path in paths} == TABLE.keys()
    for rule_id, places in SWITCHED_OFF_PLACES.items():
        found = [
            one
            for path in paths
            for one in check_package(read_package(path, EDITIONS), EDITIONS, switches={rule_id: True})
            if one.id == rule_id
        ]
        assert sum(len(one.places) for one in found) == places


@each_published()
def test_all_glyphs_of_gbk_are_enough(path: Path) -> None:
    def has_glyph(char: str) -> bool:
        try:
            char.encode("gbk")
        except UnicodeEncodeError:
            return False
        return True

    found = check_package(read_package(path, EDITIONS), EDITIONS, has_glyph=has_glyph)
    assert "P01" not in {one.id for one in found}
