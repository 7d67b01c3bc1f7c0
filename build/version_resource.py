"""The version resource of jibiao.exe, as the Explorer shows it under 属性 · 详细信息; only on Windows (or Wine)."""

from __future__ import annotations

from typing import Any

CHINESE, UNICODE = 0x0804, 0x04B0


def version_resource(version: str, description: str) -> Any:
    """Return PyInstaller's object for a version such as ``1.2.3``."""
    from PyInstaller.utils.win32 import versioninfo as info

    numbers = (*(int(part) for part in version.split(".")[:3]), 0)
    words = {
        "CompanyName": "绩表",
        "ProductName": "绩表",
        "FileDescription": description,
        "FileVersion": version,
        "ProductVersion": version,
        "InternalName": "jibiao",
        "OriginalFilename": "jibiao.exe",
        "LegalCopyright": "MIT",
    }
    table = info.StringTable("080404B0", [info.StringStruct(key, value) for key, value in words.items()])
    return info.VSVersionInfo(
        ffi=info.FixedFileInfo(filevers=numbers, prodvers=numbers),
        kids=[info.StringFileInfo([table]), info.VarFileInfo([info.VarStruct("Translation", [CHINESE, UNICODE])])],
    )
