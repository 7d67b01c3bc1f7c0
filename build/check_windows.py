"""What can be seen of a Windows bundle without running it. Wine has DLLs of its own and would hide that one is missing.

    python build/check_windows.py DIST/jibiao      needs pefile, which PyInstaller brings along on Windows

Every DLL that a program, library or module of the bundle imports must be in the bundle or a part of Windows 10; the
program must have its icon, its version and a manifest that asks for no administrator and allows long paths.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pefile

# fmt: off
WINDOWS = frozenset((
    "advapi32", "authz", "bcrypt", "bcryptprimitives", "cfgmgr32", "comctl32", "comdlg32", "crypt32", "d2d1",
    "d3d11", "d3d12", "d3d9", "dbghelp", "dcomp", "dnsapi", "dwmapi", "dwrite", "dxgi", "gdi32", "icu", "icuin",
    "icuuc", "imm32", "iphlpapi", "kernel32", "mpr", "mscms", "msimg32", "msvcrt", "ncrypt", "netapi32", "normaliz",
    "ntdll", "ole32", "oleacc", "oleaut32", "opengl32", "powrprof", "propsys", "psapi", "rpcrt4", "runtimeobject",
    "secur32", "setupapi", "shcore", "shell32", "shlwapi", "ucrtbase", "uiautomationcore", "user32", "userenv",
    "usp10", "uxtheme", "version", "winhttp", "winmm", "winspool.drv", "wldap32", "ws2_32", "wtsapi32",
))
# fmt: on
"""DLLs of every Windows 10, in small letters and without ``.dll``; ``api-ms-win-*`` come with it, too."""
NEEDED = ("PySide6/plugins/platforms/qwindows.dll", "PySide6/plugins/platforms/qoffscreen.dll", "sqlite3.dll")
"""What nothing imports, or the program would only miss late."""
NOT_OURS = ("icuuc.dll", "mscms.dll", "bcryptprimitives.dll")
"""Stubs of the proof under Wine, which must never come along."""
AMD64 = 0x8664
_SUBSYSTEM_WINDOW = 2
_ICON, _VERSION, _MANIFEST = (pefile.RESOURCE_TYPE[f"RT_{name}"] for name in ("GROUP_ICON", "VERSION", "MANIFEST"))


def problems(bundle: Path) -> list[str]:
    """Return what is wrong with a bundle."""
    inside = bundle / "_internal"
    binaries = sorted(path for path in bundle.rglob("*") if path.suffix.lower() in {".exe", ".dll", ".pyd"})
    there = {path.name.lower() for path in binaries}
    found = [f"{name} is not in the bundle" for name in NEEDED if not (inside / name).is_file()]
    found += [f"{name} is in the bundle" for name in NOT_OURS if name in there]
    missing: dict[str, list[str]] = {}
    for path in binaries:
        with pefile.PE(str(path), fast_load=True) as one:
            one.parse_data_directories([pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_IMPORT"]])
            if one.FILE_HEADER.Machine != AMD64:
                found.append(f"{path.name} is not for 64-bit Windows")
            for entry in getattr(one, "DIRECTORY_ENTRY_IMPORT", []):
                name = entry.dll.decode().lower()
                if name not in there and not _of_windows(name):
                    missing.setdefault(name, []).append(path.name)
    found += [f"{name} is missing, needed by {', '.join(users)}" for name, users in sorted(missing.items())]
    return found + _problems_of_program(bundle / "jibiao.exe")


def _of_windows(name: str) -> bool:
    return name.startswith(("api-ms-win-", "ext-ms-win-")) or name.removesuffix(".dll") in WINDOWS


def _problems_of_program(path: Path) -> list[str]:
    with pefile.PE(str(path)) as program:
        resources = {entry.id: entry for entry in program.DIRECTORY_ENTRY_RESOURCE.entries}
        names = {_ICON: "icon", _VERSION: "version", _MANIFEST: "manifest"}
        found = [f"jibiao.exe has no {name}" for kind, name in names.items() if kind not in resources]
        if program.OPTIONAL_HEADER.Subsystem != _SUBSYSTEM_WINDOW:
            found.append("jibiao.exe opens a console")
        if _MANIFEST in resources:
            manifest = _content(program, resources[_MANIFEST]).decode("utf-8", "replace")
            found += [f"the manifest lacks {word}" for word in ("asInvoker", "longPathAware") if word not in manifest]
        if _VERSION in resources and "绩表".encode("utf-16-le") not in _content(program, resources[_VERSION]):
            found.append("the version resource does not name the program")
    return found


def _content(program: pefile.PE, entry: object) -> bytes:
    data = entry.directory.entries[0].directory.entries[0].data.struct  # type: ignore[attr-defined]  # pefile makes these at run time
    return bytes(program.get_data(data.OffsetToData, data.Size))


def main() -> None:
    """Say what is wrong; the exit code is 1 where something is."""
    found = problems(Path(sys.argv[1]))
    print("\n".join(found) or "every import is in the bundle or a part of Windows 10")
    raise SystemExit(bool(found))


if __name__ == "__main__":
    main()
