#!/usr/bin/env python3
"""Keeps the French catalogues in step with the strings people read.

    python scripts/messages.py comments networks    rewrite and compile the catalogues of these apps
    python scripts/messages.py --all                the same for every app
    python scripts/messages.py --check --all        change nothing; list what is missing and exit 1 if anything is

Each app ships its own catalogue, `<app>/locale/fr/LC_MESSAGES/django.po`, so that the discussions carry their French into
a host site. The site's own strings (`site/` and the templates of no app) are in `site/locale`. Entries are sorted by their
text and name files without lines: two people who translate at once seldom touch the same place.
Extraction is pure Python: gettext's programs are not needed.
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
APPS = ["articles", "comments", "networks", "search", "site"]
METADATA = {
    "Project-Id-Version": "Palabre",
    "Language": "fr",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n > 1);",
}
FUNCTIONS = {
    **dict.fromkeys(["_", "gettext", "gettext_lazy", "gettext_noop"], ("message",)),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], ("message", "plural")),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], ("context", "message")),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], ("context", "message", "plural")),
}
LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
TEMPLATE_CALL = re.compile(rf"\b(_|n?p?gettext)\(({LITERAL}(?:, ?{LITERAL})*)(?:, ?count)?\)")
PLACEHOLDER = re.compile(r"%\((\w+)\)|\{(\w+)\}")


@dataclass(frozen=True)
class Message:
    """One string of the source: what gettext calls msgid, msgid_plural and msgctxt."""

    message: str
    plural: str = ""
    context: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What tells two entries of a catalogue apart."""
        return self.message, self.context or ""


def python_messages(source: str) -> Iterator[Message]:
    """Every literal given to a gettext function in a Python source."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            parts = [argument.value for argument in node.args if isinstance(argument, ast.Constant) and isinstance(argument.value, str)]
            if name in FUNCTIONS and len(parts) >= len(FUNCTIONS[name]):
                yield Message(**dict(zip(FUNCTIONS[name], parts, strict=False)))


def template_messages(source: str) -> Iterator[Message]:
    """Every string of a template's translation tags, as Django itself reads them."""
    for name, arguments in TEMPLATE_CALL.findall(templatize(source)):
        parts = [ast.literal_eval(literal) for literal in re.findall(LITERAL, arguments)]
        yield Message(**dict(zip(FUNCTIONS[name], parts, strict=True)))


def sources(app: str) -> Iterator[Path]:
    """The files whose strings belong to an app, in a stable order."""
    folders = [ROOT / app, ROOT / "templates" / app] if app != "site" else [ROOT / "site", ROOT / "templates"]
    others = [ROOT / "templates" / other for other in APPS] if app == "site" else []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(ROOT).parts
            is_template = path.suffix in {".html", ".txt", ".xml"} and "templates" in inside
            is_python = path.suffix == ".py" and "migrations" not in inside
            if (is_template or is_python) and not any(path.is_relative_to(other) for other in others):
                yield path


def extract(app: str) -> dict[tuple[str, str], tuple[Message, list[str]]]:
    """Every string of an app, with the files that hold it."""
    found: dict[tuple[str, str], tuple[Message, list[str]]] = {}
    for path in sources(app):
        reader = python_messages if path.suffix == ".py" else template_messages
        for message in reader(path.read_text(encoding="utf-8")):
            if message.message:
                known, files = found.setdefault(message.key, (message, []))
                if message.plural and not known.plural:
                    found[message.key] = (message, files)
                name = path.relative_to(ROOT).as_posix()
                if name not in files:
                    files.append(name)
    return found


def catalogue_path(app: str) -> Path:
    """Where an app's French catalogue is."""
    return ROOT / app / "locale" / "fr" / "LC_MESSAGES" / "django.po"


def read_catalogue(app: str) -> dict[tuple[str, str], polib.POEntry]:
    """What is translated already."""
    path = catalogue_path(app)
    entries = polib.pofile(str(path), encoding="utf-8") if path.exists() else []
    return {(entry.msgid, entry.msgctxt or ""): entry for entry in entries if not entry.obsolete}


def build_catalogue(app: str) -> polib.POFile:
    """The catalogue as it should be: the strings of today with the translations known."""
    known = read_catalogue(app)
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = METADATA
    for key, (message, files) in sorted(extract(app).items()):
        entry = polib.POEntry(
            msgid=message.message,
            msgctxt=message.context,
            msgid_plural=message.plural,
            occurrences=[(name, "") for name in files],
            flags=["python-format"] if "%(" in message.message + message.plural else [],
        )
        _translate(entry, known.get(key))
        catalogue.append(entry)
    return catalogue


def _translate(entry: polib.POEntry, known: polib.POEntry | None) -> None:
    """Carry what is translated already over to a new entry."""
    if known is not None:
        entry.tcomment = known.tcomment
        entry.flags += ["fuzzy"] if known.fuzzy else []
    if entry.msgid_plural:
        entry.msgstr_plural = (known and known.msgstr_plural) or {0: "", 1: ""}
    else:
        entry.msgstr = (known and known.msgstr) or ""


def write(app: str) -> None:
    """Rewrite and compile an app's catalogue."""
    catalogue = build_catalogue(app)
    path = catalogue_path(app)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{catalogue}\n", encoding="utf-8")
    path.with_suffix(".mo").write_bytes(catalogue.to_binary())


def faults(app: str) -> Iterator[str]:
    """One sentence for each thing that keeps an app from being complete in French."""
    catalogue = build_catalogue(app)
    path = catalogue_path(app)
    for entry in catalogue:
        where = ", ".join(name for name, _line in entry.occurrences)
        if entry.fuzzy:
            yield f"{app}: to be read again: {entry.msgid!r} ({where})"
        elif not entry.translated():
            yield f"{app}: not translated: {entry.msgid!r} ({where})"
        elif lost := _lost_placeholders(entry):
            yield f"{app}: {', '.join(sorted(lost))} missing or unknown in the translation of {entry.msgid!r} ({where})"
    if not path.exists() or path.read_text(encoding="utf-8") != f"{catalogue}\n":
        yield f"{app}: {path.relative_to(ROOT)} is out of step with the source: run python scripts/messages.py {app}"
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != catalogue.to_binary():
        yield f"{app}: {compiled.relative_to(ROOT)} is out of step with its catalogue: run python scripts/messages.py {app}"


def _lost_placeholders(entry: polib.POEntry) -> set[str]:
    """The placeholders that a translation loses or invents; a singular may leave the number out."""
    expected = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
    translations = [entry.msgstr_plural[1]] if entry.msgid_plural else [entry.msgstr]
    return {"".join(name) for text in translations for name in expected ^ set(PLACEHOLDER.findall(text))}


def main() -> int:
    """Read the command line and do it; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("apps", nargs="*", metavar="app", help=f"one or more of: {', '.join(APPS)}")
    parser.add_argument("--all", action="store_true", help="every app")
    parser.add_argument("--check", action="store_true", help="change nothing, list what is missing")
    options = parser.parse_args()
    apps = APPS if options.all else options.apps
    if not apps or not set(apps) <= set(APPS):
        parser.error(f"name an app ({', '.join(APPS)}) or say --all")
    if options.check:
        found = [fault for app in apps for fault in faults(app)]
        sys.stdout.writelines(f"{fault}\n" for fault in found)
        return 1 if found else 0
    for app in apps:
        write(app)
        missing = sum(not entry.translated() or entry.fuzzy for entry in build_catalogue(app))
        sys.stdout.write(f"{app}: {len(build_catalogue(app))} strings, {missing} to translate\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
