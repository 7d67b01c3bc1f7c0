"""The editions that a form may be of: those shipped with the program, and those put into other folders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from forms.documents import FormKind
from forms.edition import Edition, EditionError
from forms.edition_file import read_edition

SHIPPED = Path(__file__).parent / "editions"


class Editions(Mapping[str, Edition]):
    """The editions known, by id: those shipped, then those of other folders (which may replace shipped ones).

    A shipped one bears its id as the name of its file, and is read when it is first asked for.
    """

    def __init__(self, folders: Iterable[Path] = (), problems: list[str] | None = None) -> None:
        """Read all ``*.toml`` of the folders.

        Raises EditionError. With ``problems`` a wrong file of a folder that is not shipped is left out, and its
        sentence is added there: one bad file must not keep the program from starting.
        """
        self._known: dict[str, Edition | None] = {path.stem: None for path in sorted(SHIPPED.glob("*.toml"))}
        for folder in folders:
            self._add_all(folder, problems)
        for edition in [one for one in self._known.values() if one is not None]:
            try:
                self._check_link(edition)
            except EditionError as error:
                _note(error, problems)
                del self._known[edition.id]

    def _add_all(self, folder: Path, problems: list[str] | None) -> None:
        seen: dict[str, str] = {}
        for path in sorted(folder.glob("*.toml")):
            try:
                edition = read_edition(path)
                self._check_new(edition, path, seen)
            except EditionError as error:
                _note(error, problems)
            else:
                seen[edition.id] = path.name
                self._known[edition.id] = edition

    def _check_new(self, edition: Edition, path: Path, seen: Mapping[str, str]) -> None:
        if edition.id in seen:
            raise EditionError(f"表样文件“{path.name}”与“{seen[edition.id]}”的键“id”相同")
        known = self.get(edition.id)
        if known is not None and known.kind != edition.kind:
            raise EditionError(f"表样文件“{path.name}”的键“kind”与它要替换的表样“{edition.id}”不同")

    def _check_link(self, edition: Edition) -> None:
        other = edition.evaluation_edition
        if other is not None and (other not in self._known or self[other].kind != "evaluation"):
            raise EditionError(f"表样“{edition.id}”的键“evaluation_edition”所指的“{other}”不是已有的自评表表样")
        # What is no row of the evaluation would be lost in silence.
        rows = {cell.label for band in self[other].bands for cell in band.cells} if other is not None else set()
        for row in edition.evaluation_funds:
            if row not in rows:
                raise EditionError(f"表样“{edition.id}”的键“evaluation_funds”中的“{row}”不是“{other}”资金的行")

    def __getitem__(self, key: str) -> Edition:
        known = self._known[key]
        if known is None:
            known = self._known[key] = read_edition(SHIPPED / f"{key}.toml")
        return known

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def __contains__(self, key: object) -> bool:
        return key in self._known

    def for_new(self, kind: FormKind, year: int) -> tuple[Edition, ...]:
        """Editions that a new form of that year may use, the surest first."""
        fitting = [one for one in self.values() if one.kind == kind and year in one.years]
        return tuple(sorted(fitting, key=lambda one: one.doubt))


def _note(error: EditionError, problems: list[str] | None) -> None:
    if problems is None:
        raise error
    problems.append(str(error))
