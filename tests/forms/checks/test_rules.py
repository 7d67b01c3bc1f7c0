"""The register against the table of rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from forms.checks import RULES, TOPICS, Severity, check_project
from forms.checks.sources import SOURCES, cited
from forms.known_editions import Editions
from tests.forms.checks.bases import BASES

TABLE = Path(__file__).parents[4] / "shared" / "domain" / "rules.md"
COUNTS = {"B": 12, "M": 11, "T": 8, "G": 11, "I": 17, "V": 24, "C": 7, "S": 22, "N": 8, "X": 4, "P": 1}
UNUSED = {"V13", "V22"}
IDS = [f"{topic}{n:02d}" for topic, count in COUNTS.items() for n in range(1, count + 1)]
IDS = [rule_id for rule_id in IDS if rule_id not in UNUSED]
OWN = ["K01"]
"""Rules of the program itself, which the table does not have."""


def test_all_rules_are_there() -> None:
    assert sorted({rule.id for rule in RULES.values()}) == sorted(IDS + OWN)
    assert {key for key in RULES if key != RULES[key].id} == {"G02.single", "K01.narrative"}
    assert all(rule.switch == key for key, rule in RULES.items())


def test_severity_report_and_default_are_those_of_the_table() -> None:
    if not TABLE.is_file():
        pytest.skip("the table of rules does not lie beside this checkout (../shared/domain)")
    severities = {"错误": Severity.ERROR, "提醒★": Severity.CONFIRM, "提醒": Severity.WARNING}
    reports = {"格": "cell", "表": "form", "集": "set"}
    row = re.compile(
        r"^\| ([A-Z]\d\d) \| (错误|提醒★|提醒) \| (.*) \| ([^|]*) \| (格|表|集) \| [^|]* \|$", re.MULTILINE
    )
    found = {match[1]: match for match in row.finditer(TABLE.read_text(encoding="utf-8"))}
    assert sorted(found) == sorted(IDS)
    for rule_id, match in found.items():
        rule = RULES[rule_id]
        assert rule.severity is severities[match[2]], rule_id
        assert rule.report == reports[match[5]], rule_id
        assert rule.default == ("**关**" not in match[4] or rule_id == "G02"), rule_id


def test_every_source_is_on_record_and_every_record_is_used() -> None:
    used = {key for rule in RULES.values() for key in rule.sources}
    assert used == SOURCES.keys()
    assert all(rule.source for rule in RULES.values())
    with pytest.raises(KeyError):
        cited(("某号",))


def test_records_are_honest() -> None:
    for key, source in SOURCES.items():
        assert source.mark in ("样张", "公开网页", "公开代码", "推断", "记忆"), key
        assert source.shown, key
        assert source.title, key
        if source.number:
            assert source.date, key
        if source.mark in ("样张", "公开网页"):
            assert source.verified, key


def test_every_rule_says_what_it_looks_for() -> None:
    for rule in RULES.values():
        assert rule.what, rule.id
        assert rule.what.endswith("."), rule.id


def test_rules_stand_in_the_topics() -> None:
    topics = {topic.__name__ for topic in TOPICS}
    assert {rule.check.__module__ for rule in RULES.values()} == topics


def test_errors_cannot_be_switched_off() -> None:
    project = BASES["申2025"]()
    switches = dict.fromkeys(RULES, False)
    assert project.declaration is not None
    changed = project._replace(declaration=project.declaration._replace(fields={}, annual_goal=""))
    found = check_project(changed, Editions(), switches=switches)
    assert {one.severity for one in found} == {Severity.ERROR}
    assert {"B01", "B02", "G01"} <= {one.id for one in found}
