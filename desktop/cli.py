"""The command line: what it takes, what it calls, how it ends."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

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


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    common = _Parser(add_help=False)
    common.add_argument("--data-dir", type=Path, default=None, metavar="DIR", help=text("cli.help_data_dir"))
    common.add_argument("--debug", action="store_true", help=text("cli.help_debug"))
    top = _Parser(prog="jibiao", description=text("cli.help_program"), parents=[common])
    top.add_argument("--version", action=_Version, nargs=0, help=text("cli.help_version"))
    top.set_defaults(module="desktop.commands.window", function="window", files=[])
    commands = top.add_subparsers(metavar=text("cli.command"), parser_class=_Parser)
    keep = _Parser(add_help=False)
    # Given again after the command; there, silence must not undo what stood before it.
    keep.add_argument("--data-dir", type=Path, default=argparse.SUPPRESS, metavar="DIR", help=text("cli.help_data_dir"))
    keep.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=text("cli.help_debug"))

    def command(name: str, module: str, function: str) -> argparse.ArgumentParser:
        sentence = text(f"cli.help_{name}")
        one = commands.add_parser(name, help=sentence, description=sentence, parents=[keep])
        one.set_defaults(module=f"desktop.commands.{module}", function=function)
        return one

    def sources(one: argparse.ArgumentParser) -> None:
        one.add_argument("files", nargs="*", type=Path, metavar="FILE", help=text("cli.help_file"))
        one.add_argument("--project", nargs="+", type=int, metavar="ID", default=[], help=text("cli.help_project"))

    command("demo", "demo", "demo")
    for one in (command("open", "window", "window"), command("import", "data", "import_files")):
        one.add_argument("files", nargs="+", type=Path, metavar="FILE", help=text("cli.help_file"))
    one = command("list", "data", "list_projects")
    one.add_argument("--year", type=int, help=text("cli.help_year"))
    one.add_argument("--unit", help=text("cli.help_unit"))
    one.add_argument("--json", action="store_true", help=text("cli.help_json"))
    one = command("check", "files", "check")
    sources(one)
    one.add_argument("--json", action="store_true", help=text("cli.help_json"))
    one.add_argument("--report", metavar="FILE", help=text("cli.help_check_report"))
    for flag in ("rules-on", "rules-off"):
        name = flag.replace("-", "_")
        one.add_argument(f"--{flag}", nargs="+", metavar="RULE", default=[], help=text(f"cli.help_{name}"))
    one = command("print", "files", "print_forms")
    sources(one)
    one.add_argument("--out", required=True, metavar="OUT", help=text("cli.help_out"))
    styles = ("dash", "of", "official", "none")
    one.add_argument("--numbers", choices=styles, default="dash", help=text("cli.help_numbers"))
    for flag in ("forms-only", "booklet", "sign-off", "landscape", "public", "barcode", "installed-faces"):
        one.add_argument(f"--{flag}", action="store_true", help=text(f"cli.help_{flag.replace('-', '_')}"))
    state = one.add_mutually_exclusive_group()
    state.add_argument("--final", action="store_true", help=text("cli.help_final"))
    state.add_argument("--draft", action="store_true", help=text("cli.help_draft"))
    one = command("export", "files", "export")
    one.add_argument("--project", nargs="+", type=int, metavar="ID", default=[], help=text("cli.help_project"))
    one.add_argument("--all", action="store_true", help=text("cli.help_all"))
    one.add_argument("--out", required=True, metavar="FILE", help=text("cli.help_export_out"))
    one = command("backup", "data", "backup")
    one.add_argument("--out", metavar="FILE", help=text("cli.help_backup_out"))
    one = command("pack", "data", "pack")
    one.add_argument("--out", required=True, metavar="FILE", help=text("cli.help_pack_out"))
    command("restore", "data", "restore").add_argument(
        "file", type=Path, metavar="FILE", help=text("cli.help_restore_file")
    )
    _add_selftest(command("selftest", "selftest", "selftest"))
    _add_service(commands.add_parser("printer-service", parents=[keep]))  # of which the help is silent
    return top


def _add_selftest(one: argparse.ArgumentParser) -> None:
    one.add_argument("--report", metavar="FILE", help=text("cli.help_report"))
    one.add_argument("--window", action="store_true", help=text("cli.help_window"))
    one.add_argument("--step", nargs="+", metavar="STEP", help=text("cli.help_step"))


def _add_service(one: argparse.ArgumentParser) -> None:
    """For the window alone, which starts the program so in order to print."""
    one.set_defaults(module="desktop.commands.printer_service", function="serve")


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
    parsed = build_parser().parse_args(_with_open(list(sys.argv[1:] if arguments is None else arguments)))
    from desktop.commands.common import Exit, say

    try:
        return int(getattr(import_module(parsed.module), parsed.function)(parsed))
    except BrokenPipeError:
        sys.stdout = None  # nobody reads any more: the last flush must not complain
        return Exit.DONE
    except (KeyboardInterrupt, Exception) as error:  # noqa: BLE001 - the last net: a sentence instead of a traceback
        code, sentence = _told(error)
        say(sentence)
        if parsed.debug:
            import traceback

            traceback.print_exc()
    return code


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
    return Exit.ENVIRONMENT, text("cli.unexpected", error=f"{type(error).__name__}: {error}")
