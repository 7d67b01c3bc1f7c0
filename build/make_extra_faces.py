"""Make resources/fonts/NotoSerif*-Extra.ttf: the Han characters that the faces for simplified Chinese lack.

    python build/make_extra_faces.py NotoSerifJP-Regular.ttf NotoSerifHK-Regular.ttf

Rare characters of names (𠮷 is one) stand in the Japanese and Hong Kong faces of the same family. Only what the
shipped faces have not is kept, so both files together are 1.2 MB. Needs fontTools, at this one occasion only.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[1] / "resources" / "fonts"
BASE = ("NotoSerifSC-Regular", "NotoSerifSC-Bold", "NotoSansSC-Medium")
FIRST_HAN = 0x2E80


def main() -> None:
    """Subset each face named to what the faces before it lack."""
    known = {char for name in BASE for char in TTFont(FONTS / f"{name}.ttf").getBestCmap()}
    for source in sys.argv[1:]:
        face = TTFont(source)
        wanted = {char for char in face.getBestCmap() if char >= FIRST_HAN} - known
        options = subset.Options()
        options.layout_features = []
        options.hinting = False
        options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
        options.drop_tables += ["GSUB", "GPOS", "vhea", "vmtx", "VORG", "BASE"]
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=wanted)
        subsetter.subset(face)
        name = f"{Path(source).stem.replace('_400Regular', '').replace('-Regular', '')}-Extra"
        face["name"].setName(name, 6, 3, 1, 0x409)
        face.save(FONTS / f"{name}.ttf")
        known |= wanted
        print(f"{name}: {len(wanted)} characters")


if __name__ == "__main__":
    main()
