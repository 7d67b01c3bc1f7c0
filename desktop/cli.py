"""The command line: what it takes, what it calls, how it ends."""

from __future__ import annotations

import argparse
import errno
import os
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from desktop.texts import text


class _Help(argparse.HelpFormatter):
    """The help's own headings in Chinese."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, text("cli.usage") if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        titles = {"positional arguments": text("cli.positionals"), "options": text("cli.options")}
        super().start_section(titles.get(heading or "", heading))


class _Parser(argparse.ArgumentParser):
    """Tells what is wrong with a call in Chinese and ends with code 2."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"formatter_class": _Help, **more, "add_help": False})
        if more.get("add_help", True):
            self.add_argument("-h", "--help", action="help", help=text("cli.help_help"))

    def error(self, message: str) -> NoReturn:
        say = re.sub(r"^argument ([^:]+): ", r"\1：", message)
        for english, key in _PHRASES:
            match = re.search(english, say)
            if match:
                say = text(f"cli.{key}", what=match[1])
                break
        self.exit(2, text("cli.usage_error", message=say) + "\n")


class _Version(argparse.Action):
    """Reads the version only where it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from desktop.version import version

        print(version())
        parser.exit()


_PHRASES = (
    (r"unrecognized arguments: (.*)", "arg_unknown"),
    (r"the following arguments are required: (.*)", "arg_required"),
    (r"^(.*)：expected .*argument", "arg_value"),
    (r"invalid choice: ('[^']*')", "arg_choice"),
    (r"invalid int value: ('[^']*')", "arg_int"),
    (r"^(.*)：not allowed with", "arg_conflict"),
)


class _Command(NamedTuple):
    """A command: its name, what it runs, and what it takes."""

    name: str
    module: str
    function: str
    take: Callable[[argparse.ArgumentParser], object] = lambda _: None


def build_parser(words: Sequence[str] = ()) -> argparse.ArgumentParser:
    """Return the parser for a call: of the commands it knows those that are named, or all where none is or help is."""
    top = _Parser(prog="jibiao", description=text("cli.help_program"))
    _add_common(top, data_dir=None, debug=False)
    top.add_argument("--version", action=_Version, nargs=0, help=text("cli.help_version"))
    top.set_defaults(module="desktop.commands.window", function="window", files=[])
    commands = top.add_subparsers(metavar=text("cli.command"), parser_class=_Parser, prog=top.prog)
    named = () if _HELP.intersection(words) else tuple(one for one in _COMMANDS if one.name in words)
    for one in named or _COMMANDS:
        told: dict[str, Any] = {}
        if one is not _SERVICE:
            told = dict.fromkeys(("help", "description"), text(f"cli.help_{one.name}"))
        parser = commands.add_parser(one.name, **told)
        parser.set_defaults(module=f"desktop.commands.{one.module}", function=one.function)
        # Given again after the command; there, silence must not undo what stood before it.
        _add_common(parser, data_dir=argparse.SUPPRESS, debug=argparse.SUPPRESS)
        one.take(parser)
    return top


def _add_common(one: argparse.ArgumentParser, *, data_dir: str | None, debug: str | bool) -> None:
    one.add_argument("--data-dir", type=Path, default=data_dir, metavar="DIR", help=text("cli.help_data_dir"))
    one.add_argument("--debug", action="store_true", default=debug, help=text("cli.help_debug"))


def _files(one: argparse.ArgumentParser) -> None:
    one.add_argument("files", nargs="+", type=Path, metavar="FILE", help=text("cli.help_file"))


def _sources(one: argparse.ArgumentParser) -> None:
    one.add_argument("files", nargs="*", type=Path, metavar="FILE", help=text("cli.help_file"))
    _project(one)


def _project(one: argparse.ArgumentParser) -> None:
    one.add_argument("--project", nargs="+", type=int, metavar="ID", default=[], help=text("cli.help_project"))


def _list(one: argparse.ArgumentParser) -> None:
    one.add_argument("--year", type=int, help=text("cli.help_year"))
    one.add_argument("--unit", help=text("cli.help_unit"))
    one.add_argument("--json", action="store_true", help=text("cli.help_json"))


def _check(one: argparse.ArgumentParser) -> None:
    _sources(one)
    one.add_argument("--json", action="store_true", help=text("cli.help_json"))
    one.add_argument("--report", metavar="FILE", help=text("cli.help_check_report"))
    for flag in ("rules-on", "rules-off"):
        name = flag.replace("-", "_")
        one.add_argument(f"--{flag}", nargs="+", metavar="RULE", default=[], help=text(f"cli.help_{name}"))


def _print(one: argparse.ArgumentParser) -> None:
    _sources(one)
    one.add_argument("--out", required=True, metavar="OUT", help=text("cli.help_out"))
    styles = ("dash", "of", "official", "none")
    one.add_argument("--numbers", choices=styles, default="dash", help=text("cli.help_numbers"))
    for flag in ("forms-only", "booklet", "sign-off", "landscape", "public", "barcode", "installed-faces"):
        one.add_argument(f"--{flag}", action="store_true", help=text(f"cli.help_{flag.replace('-', '_')}"))
    state = one.add_mutually_exclusive_group()
    state.add_argument("--final", action="store_true", help=text("cli.help_final"))
    state.add_argument("--draft", action="store_true", help=text("cli.help_draft"))


def _export(one: argparse.ArgumentParser) -> None:
    _project(one)
    one.add_argument("--all", action="store_true", help=text("cli.help_all"))
    one.add_argument("--out", required=True, metavar="FILE", help=text("cli.help_export_out"))


def _backup(one: argparse.ArgumentParser) -> None:
    one.add_argument("--out", metavar="FILE", help=text("cli.help_backup_out"))


def _pack(one: argparse.ArgumentParser) -> None:
    one.add_argument("--out", required=True, metavar="FILE", help=text("cli.help_pack_out"))


def _restore(one: argparse.ArgumentParser) -> None:
    one.add_argument("file", type=Path, metavar="FILE", help=text("cli.help_restore_file"))


def _selftest(one: argparse.ArgumentParser) -> None:
    one.add_argument("--report", metavar="FILE", help=text("cli.help_report"))
    one.add_argument("--window", action="store_true", help=text("cli.help_window"))
    one.add_argument("--step", nargs="+", metavar="STEP", help=text("cli.help_step"))


_HELP = frozenset(("-h", "--help"))
_SERVICE = _Command("printer-service", "printer_service", "serve")
"""For the window alone, which starts the program so in order to print: the help is silent of it."""
_COMMANDS = (
    _Command("demo", "demo", "demo"),
    _Command("open", "window", "window", _files),
    _Command("import", "data", "import_files", _files),
    _Command("list", "data", "list_projects", _list),
    _Command("check", "files", "check", _check),
    _Command("print", "files", "print_forms", _print),
    _Command("export", "files", "export", _export),
    _Command("backup", "data", "backup", _backup),
    _Command("pack", "data", "pack", _pack),
    _Command("restore", "data", "restore", _restore),
    _Command("selftest", "selftest", "selftest", _selftest),
    _SERVICE,
)


def _with_open(arguments: list[str]) -> list[str]:
    """A file alone, as the system hands it over on a double click or a drop, is opened."""
    return (
        ["open", *arguments] if arguments and Path(arguments[0]).suffix and Path(arguments[0]).exists() else arguments
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; no traceback reaches the clerk without ``--debug``."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    words = _with_open(list(sys.argv[1:] if arguments is None else arguments))
    parsed = build_parser(words).parse_args(words)
    from desktop.commands.common import Exit, say

    try:
        code = int(getattr(import_module(parsed.module), parsed.function)(parsed))
        if sys.stdout is not None:
            sys.stdout.flush()  # a result that nobody gets is no result
        return code  # noqa: TRY300 - the flush belongs to the work
    except BrokenPipeError:
        code = Exit.DONE  # nobody reads any more
    except (KeyboardInterrupt, Exception) as error:  # noqa: BLE001 - the last net: a sentence instead of a traceback
        code, sentence = _told(error)
        say(sentence)
        if parsed.debug:
            import traceback

            traceback.print_exc()
    _let_go_of_results()
    return code


def _let_go_of_results() -> None:
    """Hand over what is left for standard output; what that does not take goes nowhere, so that the end is quiet."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        with suppress(OSError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.close(nowhere)


def _told(error: BaseException) -> tuple[int, str]:
    """Return the exit code and the sentence for what ended a command."""
    from desktop.commands.common import CommandError, Exit
    from desktop.exchange.writing import WriteError
    from desktop.store.errors import StoreError  # only here: the store is heavy, and most commands do without
    from forms.edition import EditionError
    from forms.printing.truetype import FontError

    if isinstance(error, CommandError):
        return error.code, str(error)
    if isinstance(error, (StoreError, WriteError, EditionError, FontError)):
        return Exit.ENVIRONMENT, str(error)
    if isinstance(error, KeyboardInterrupt):
        return Exit.ENVIRONMENT, text("cli.interrupted")
    if isinstance(error, MemoryError):
        return Exit.ENVIRONMENT, text("cli.memory")
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return Exit.ENVIRONMENT, text("cli.disk_full")
    return Exit.ENVIRONMENT, text("cli.unexpected", error=f"{type(error).__name__}: {error}")
