"""Keys and clicks at random for some seconds; ``tests.benchmarks.monkey`` takes as long as one likes."""

from __future__ import annotations

import pytest

from tests.benchmarks import monkey


@pytest.mark.process
def test_nothing_that_is_pressed_ends_in_an_unexpected_error(capfd: pytest.CaptureFixture[str]) -> None:
    code = monkey.main(["--seconds", "4", "--seed", "7"])
    said = capfd.readouterr()
    assert (code, said.err) == (0, ""), said.out
    assert int(said.out.split(" steps")[0].rpartition(" ")[2]) > 100, said.out
