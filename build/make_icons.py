"""Draw resources/icons/jibiao.png and jibiao.ico from jibiao.svg beside them, and the installer's side picture.

    .venv/bin/python build/make_icons.py

The results are committed; run this after a change of the drawing.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parents[1] / "resources" / "icons"
SMALL = (16, 24, 32, 48)
"""Sizes that the window takes by themselves: title bar and task bar, at 100 % and more of scale."""
SIDE, GROUND = (328, 628), "#2F5D7C"
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""What Windows asks for at 100 % to 250 % of scale, and the large views of the Explorer."""


def draw(renderer: QSvgRenderer, size: int) -> Image.Image:
    """Return the drawing in a square of ``size`` pixels on a transparent ground; each size is drawn anew."""
    picture = QImage(size, size, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs take the format as bytes, Qt takes str
    return Image.open(io.BytesIO(bytes(buffer.data().data())))


def side_picture(renderer: QSvgRenderer) -> Image.Image:
    """Return what stands at the left of the installer's first and last page, twice as fine as at 100 % of scale."""
    picture = Image.new("RGB", SIDE, GROUND)
    icon = draw(renderer, SIDE[0] // 2)
    picture.paste(icon, (SIDE[0] // 4, SIDE[0] // 3), icon)
    return picture.quantize(64)


def main() -> None:
    """Write all files."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication([])
    renderer = QSvgRenderer(str(ICONS / "jibiao.svg"))
    if not renderer.isValid():
        raise SystemExit("jibiao.svg cannot be drawn")
    pictures = [draw(renderer, size) for size in SIZES]
    pictures[-1].save(ICONS / "jibiao.png", optimize=True)
    for picture in pictures:
        if picture.width in SMALL:
            picture.save(ICONS / f"jibiao-{picture.width}.png", optimize=True)
    pictures[-1].save(ICONS / "jibiao.ico", sizes=[(size, size) for size in SIZES], append_images=pictures[:-1])
    side_picture(renderer).save(Path(__file__).with_name("installer.bmp"))
    print(f"{ICONS}: {len(pictures)} sizes")
    app.quit()


if __name__ == "__main__":
    main()
