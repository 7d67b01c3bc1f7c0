"""reportlab's documents, imported with as little else as may be, and always alike.

reportlab imports Pillow for pictures and the metrics of PDF's fourteen fonts, of which our pages have none; that takes
half of its time. So both are loaded when somebody asks for them, by the standard library's own means: never. What else
it imports for parts of it that no page of ours has, above all its evaluator of expressions and Python's parser and
pickles, stands for nothing while it is imported: reportlab keeps the nothing, everybody else gets the true modules.
So do the modules and files, in the home folder and anywhere Python looks, by which a computer could change it, and the
settings of its environment: the same data give the same bytes on every computer.
"""

from __future__ import annotations

import codecs
import os
import sys
from importlib.util import LazyLoader, find_spec, module_from_spec
from types import ModuleType
from typing import Final

_ENCODINGS: Final = frozenset(("pdfdoc", "extpdfdoc"))
"""Those in which reportlab writes the texts of a PDF that are not on its pages."""

_CHANGES: Final = (
    "reportlab.local_rl_mods",
    "reportlab_mods",
    "reportlab.local_rl_settings",
    "reportlab_settings",
)
"""Modules that change reportlab, where a computer has them. Where the last one of a pair is, no file of the home folder
is run."""

_NOT_HAD: Final = {
    "ast": ("literal_eval",),
    "glob": ("glob",),
    "pickle": (),
    "platform": (),  # asked only whether this is PyPy, and it may fail
    "reportlab.lib.rl_safe_eval": ("rl_safe_exec", "rl_safe_eval", "safer_globals", "rl_extended_literal_eval"),
    "_rl_accel": (),  # looked for eleven times
}
"""What reportlab imports and no page of ours has, with the names that it takes from there."""


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


def _stand_in(full: str, *names: str) -> bool:
    """Have a module in which these names stand for nothing, unless the true one is loaded; tell whether it stands."""
    module = ModuleType(full)
    for name in names:
        setattr(module, name, None)
    return sys.modules.setdefault(full, module) is module


def _is_alone() -> bool:
    """Whether no other thread could import the same modules in this moment, and mean the true ones."""
    threading = sys.modules.get("threading")
    return threading is None or threading.active_count() == 1


_missed = [one for one in _CHANGES if _stand_in(one)]
if _is_alone():
    _missed += [one for one, names in _NOT_HAD.items() if _stand_in(one, *names)]
_settings = {name: os.environ.pop(name) for name in tuple(os.environ) if name.startswith("RL_")}
_put_off("PIL", "Image")
_put_off("reportlab.pdfbase", "pdfmetrics")

from reportlab.pdfbase import pdfdoc, rl_codecs  # noqa: E402 - after these were put off

os.environ |= _settings
for _one in _missed:
    del sys.modules[_one]

_encoding = rl_codecs.RL_Codecs._RL_Codecs__rl_codecs  # what reportlab registers itself would load the metrics
codecs.register(lambda name: _encoding(name) if name in _ENCODINGS else None)

__all__ = ["pdfdoc"]
