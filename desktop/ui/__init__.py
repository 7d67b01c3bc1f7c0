"""The window: the only user of Qt."""

import ctypes
import sys

if sys.version_info < (3, 12):
    # PySide6 6.12.0 is built as if these were immortal, as they are from Python 3.12 on: each Signal.emit gives away a
    # reference to True, each method without a result one to None. Before 3.12 the process aborts after some thousand
    # calls, unless there are references for a lifetime.
    for _one in (None, True, False, NotImplemented):
        ctypes.c_ssize_t.from_address(id(_one)).value += 1 << 40
