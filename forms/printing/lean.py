"""reportlab's documents, imported with as little else as may be.

reportlab imports Pillow for pictures and the metrics of PDF's fourteen fonts, of which our pages have none; that takes
half of its time. So both are loaded when somebody asks for them, by the standard library's own means: never. Its
evaluator of expressions, which would be loaded with half of Python's own workings, is not had at all.
"""

from __future__ import annotations

import codecs
import sys
from importlib.util import LazyLoader, find_spec, module_from_spec
from types import ModuleType
from typing import Final

_ENCODINGS: Final = frozenset(("pdfdoc", "extpdfdoc"))
"""Those in which reportlab writes the texts of a PDF that are not on its pages."""


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


def _do_without(full: str, *names: str) -> None:
    """Have a module in which these names stand for nothing, unless the true one is loaded already."""
    module = sys.modules.setdefault(full, ModuleType(full))
    for name in names:
        vars(module).setdefault(name)


_do_without("reportlab.lib.rl_safe_eval", "rl_safe_exec", "rl_safe_eval", "safer_globals", "rl_extended_literal_eval")
_put_off("PIL", "Image")
_put_off("reportlab.pdfbase", "pdfmetrics")

from reportlab.pdfbase import pdfdoc, rl_codecs  # noqa: E402 - after these were put off

_encoding = rl_codecs.RL_Codecs._RL_Codecs__rl_codecs  # what reportlab registers itself would load the metrics
codecs.register(lambda name: _encoding(name) if name in _ENCODINGS else None)

__all__ = ["pdfdoc"]
