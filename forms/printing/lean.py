"""reportlab's documents, imported with as little else as may be.

reportlab imports Pillow for pictures, of which our pages have none; that takes a third of its time. So Pillow is
loaded when somebody asks for a picture, by the standard library's own means, and that is never.
"""

from __future__ import annotations

import sys
from importlib.util import LazyLoader, find_spec, module_from_spec


def _put_off(package: str, name: str) -> None:
    """Have a module of a package loaded when something of it is first asked for, unless it is loaded already."""
    full = f"{package}.{name}"
    spec = find_spec(full)
    if full in sys.modules or spec is None or spec.loader is None:
        return
    spec.loader = LazyLoader(spec.loader)
    module = sys.modules[full] = module_from_spec(spec)
    setattr(sys.modules[package], name, module)
    spec.loader.exec_module(module)


_put_off("PIL", "Image")

from reportlab.pdfbase import pdfdoc  # noqa: E402 - after Pillow was put off

__all__ = ["pdfdoc"]
