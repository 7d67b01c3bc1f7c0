"""What printing leaves behind: every key of the clerk prints, and rings of objects are let go late."""

from __future__ import annotations

import gc

from forms.documents import Package
from forms.known_editions import Editions
from forms.printing import print_package
from tests.benchmarks.bench_editing import sample

FEW = 100
"""Objects in rings that the standard library makes, whatever the length of the form."""


def test_printing_makes_no_rings_of_objects() -> None:
    editions = Editions()
    project = sample(60, editions)
    print_package(Package((project,)), editions)  # what is kept for good
    gc.collect()
    gc.disable()
    try:
        print_package(Package((project._replace(extra={"x": 1}),)), editions)
        assert gc.collect() < FEW
    finally:
        gc.enable()
