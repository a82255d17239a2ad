"""The languages: whole, true about themselves, and in the words that the glossary fixes."""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path

import feedparser
import html5lib
import pytest
import yaml
from babel.messages.pofile import read_po

from noticeboard.check import runner
from noticeboard.check.runner import Source
from noticeboard.i18n.language import Language
from noticeboard.law.statutes import Law
from noticeboard.settings import Settings
from tests.support import EXAMPLES, NOW, PROJECT, ROOT, ZONE, all_pages, bent, page, text
from tests.tools.check_messages import CORE, gather, incomplete

FOLDERS = {"es": "es", "pt-BR": "pt"}
GLOSSARY = yaml.safe_load((CORE / "i18n" / "locales" / "glossary.yml").read_text("utf-8"))
PAGES = sorted(
    path.relative_to(ROOT / "docs")
    for path in (ROOT / "docs").rglob("*.md")
    if path.parts[-2] not in {"es", "pt"}
    and "es" not in path.parts
    and "pt" not in path.parts
    and path.name != "posting.md"
)


def catalog(code: str):
    path = CORE / "i18n" / "locales" / code.replace("-", "_") / "LC_MESSAGES" / "noticeboard.po"
    with path.open("rb") as file:
        return read_po(file, locale=code.replace("-", "_"))


@pytest.mark.parametrize("code", FOLDERS)
def test_every_sentence_is_translated_with_its_marks(code: str) -> None:
    own = catalog(code)
    assert incomplete(own, gather()) == []
    for message in own:
        if not message.id:
            continue
        english = message.id if isinstance(message.id, str) else message.id[-1]
        for said in [message.string] if isinstance(message.string, str) else message.string:
            for marks in (r"%\(\w+\)s", r"<[^>]+>"):
                assert sorted(re.findall(marks, said)) == sorted(re.findall(marks, english)), said


def _breaks_glossary(english: str, translated: str, code: str) -> list[str]:
    plain, told = " ".join(english.split()).lower(), " ".join(translated.split()).lower()
    lacking = [
        term["en"]
        for term in GLOSSARY["terms"]
        if re.search(rf"\b{re.escape(term['en'].lower())}\b", plain)
        and not any(word.lower() in told for word in term[code])
    ]
    return lacking + [word for word in GLOSSARY["never"][code] if re.search(rf"\b{re.escape(word)}\b", told)]


def test_glossary_fixes_fifty_terms() -> None:
    assert len(GLOSSARY["terms"]) >= 50


@pytest.mark.parametrize("code", FOLDERS)
def test_catalog_keeps_to_the_glossary(code: str) -> None:
    found = {}
    for message in catalog(code):
        english, said = (
            (message.id, message.string) if isinstance(message.id, str) else (message.id[-1], message.string[-1])
        )
        if english and (broken := _breaks_glossary(english, said, code)):
            found[english] = broken
    assert found == {}


@pytest.mark.parametrize("code", FOLDERS)
@pytest.mark.parametrize("path", PAGES, ids=str)
def test_page_is_translated_line_for_line(path: Path, code: str) -> None:
    english = (ROOT / "docs" / path).read_text("utf-8")
    translated = (ROOT / "docs" / FOLDERS[code] / path).read_text("utf-8")
    assert "reviewed: no" in translated
    for marks in (
        # English alone has a word for each kind of municipality.
        r"\{\{ (?!settings\.municipality ).*?\}\}|\{%.*?%\}",
        r"\]\((https[^)]*)\)",
        r"^#+ ",
        r"^(?:[-*]|\d+\.) ",
        r"\{ #[\w-]+ \}",
        r"^!!! \w+",
    ):
        assert sorted(re.findall(marks, english, re.MULTILINE)) == sorted(
            re.findall(marks, translated, re.MULTILINE)
        ), marks
    bare = re.sub(r"\{\{.*?\}\}|\]\([^)]*\)|^---.*?^---", "", english, flags=re.DOTALL | re.MULTILINE)
    assert _breaks_glossary(bare, translated, code) == []


def test_every_page_is_in_its_language(demo: Path) -> None:
    for path in all_pages(demo):
        folder = path.relative_to(demo).parts[0]
        tree = html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False)
        assert tree.attrib["lang"] == {"es": "es", "pt": "pt-BR"}.get(folder, "en"), path


@pytest.mark.parametrize(("code", "folder"), [("en", ""), ("es", "es/"), ("pt-BR", "pt/")])
def test_no_link_leaves_the_language(code: str, folder: str, demo: Path) -> None:
    """But for the switcher, what says that it is English, and the staff's own page."""
    for path in all_pages(demo):
        if (
            not path.relative_to(demo).as_posix().startswith(folder)
            or (not folder and path.relative_to(demo).parts[0] in {"es", "pt"})
            or path.name == "404.html"
        ):
            continue
        here = "/" + path.relative_to(demo).parent.as_posix() + "/"
        for element in html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False).iter("a"):
            address = element.attrib.get("href", "")
            if (
                re.match(r"[a-z]+:|#", address)
                or "hreflang" in element.attrib
                or "posting" in address
                or address.endswith((".json", ".csv"))  # data has no language
                or "rel" in element.attrib
            ):
                continue
            target = (Path(here) / address.partition("#")[0]).as_posix()
            resolved = re.sub(r"[^/]+/\.\./", "", re.sub(r"/\./", "/", target + "/"))
            while "/../" in resolved:
                resolved = re.sub(r"/[^/]+/\.\./", "/", resolved, count=1)
            inside = re.sub(r"^[/.]+", "", resolved).split("/")[0] in {"es", "pt"}
            assert inside == bool(folder), (path, address)


def test_switcher_leads_to_the_same_page(demo: Path) -> None:
    words = page(demo, "es/guide/evidence/")
    assert 'href="../../../guide/evidence/" lang="en"' in words
    assert 'href="../../../pt/guide/evidence/" lang="pt-BR"' in words
    assert '<link rel="alternate" hreflang="pt-BR" href="https://example.github.io/board/pt/guide/evidence/">' in words
    assert '<link rel="alternate" hreflang="x-default" href="https://example.github.io/board/guide/evidence/">' in words


def test_feed_of_each_language(demo: Path) -> None:
    feeds = {
        code: feedparser.parse((demo / folder / "feed.xml").read_bytes())
        for code, folder in {"en": ".", "es": "es", "pt-BR": "pt"}.items()
    }
    ids = [{entry.id for entry in feed.entries} for feed in feeds.values()]
    assert not any(feed.bozo for feed in feeds.values())
    assert {code: feed.feed.language for code, feed in feeds.items()} == {"en": "en", "es": "es", "pt-BR": "pt-BR"}
    assert len(ids[0]) == len(ids[1]) == len(ids[2]) == len(set.union(*ids)) / 3
    spanish = next(entry for entry in feeds["es"].entries if entry.id.endswith("2025-01-09-powerschool/es/posted"))
    assert spanish.title == "MUESTRA: Aviso nuevo: Robo de datos de estudiantes en PowerSchool"
    assert spanish.link == "https://example.github.io/board/es/notices/2025-01-09-powerschool/"


def test_sitemap_of_each_language_lists_its_own_pages(demo: Path) -> None:
    for folder in ("", "es/", "pt/"):
        found = re.findall(
            r"<loc>https://example.github.io/board/([^<]*)</loc>", (demo / folder / "sitemap.xml").read_text("utf-8")
        )
        assert folder in found
        assert all(each.startswith(folder) for each in found)
        assert bool(folder) or not any(each.startswith(("es/", "pt/")) for each in found)
    assert "notices/2020-09-08-ransomware/" not in (demo / "es" / "sitemap.xml").read_text("utf-8")


def test_untranslated_notice_is_english_and_says_so(demo: Path) -> None:
    words = page(demo, "es/notices/2020-09-08-ransomware/")
    assert "Este aviso todavía no está traducido." in words
    assert '<link rel="canonical" href="https://example.github.io/board/notices/2020-09-08-ransomware/">' in words
    assert '<meta name="robots" content="noindex">' in words
    assert '<span lang="en">Ransomware on district servers</span>' in words
    assert "data-pagefind-body" not in words


def test_translation_says_who_looked_at_it_and_when_the_english_is_newer(demo: Path) -> None:
    spanish = text(demo, "es/notices/2025-01-09-powerschool/")
    assert (
        "Una persona comparó esta traducción con el texto en inglés por última vez el 10 de enero de 2025." in spanish
    )
    assert "El aviso en inglés tiene información más reciente." in spanish
    assert "We got none." in spanish
    portuguese = page(demo, "pt/notices/2025-01-09-powerschool/")
    assert "Nenhuma pessoa revisou esta tradução ainda." in portuguese
    assert '<div lang="en"><p>PowerSchool keeps student records' in portuguese


def test_guide_says_quietly_that_no_person_has_reviewed_it(demo: Path) -> None:
    assert "Nenhuma pessoa revisou esta tradução ainda." in text(demo, "pt/guide/evidence/")
    assert "reviewed" not in text(demo, "guide/evidence/")


@pytest.mark.parametrize("site", ["demo", "empty"])
def test_no_hour_ends_with_two_stops(site: str, request: pytest.FixtureRequest) -> None:
    """Spanish hours end with “p.m.”, so no sentence may end with one."""
    folder: Path = request.getfixturevalue(site)
    for path in folder.glob("es/**/*.html"):
        text = re.sub(r"<[^>]+>", "", path.read_text("utf-8"))
        assert not re.search(r"m\.\.(?!\.)", text), path


def test_no_sentence_of_the_code_is_lost_to_the_catalogs() -> None:
    """The gatherer doesn't look into f-strings; what stands there only would never be translated."""
    with (ROOT / "hooks" / "noticeboard" / "i18n" / "locales" / "noticeboard.pot").open("rb") as file:
        known = {message.id[0] if isinstance(message.id, tuple) else message.id for message in read_po(file)}
    said = {
        (path.name, call.args[0].value)
        for path in (ROOT / "hooks").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and call.args
        and (getattr(call.func, "attr", "") or getattr(call.func, "id", "")) in {"gettext", "ngettext", "N_"}
        and isinstance(call.args[0], ast.Constant)
    }
    assert len(said) > 200
    assert [sentence for sentence in said if sentence[1] not in known] == []


def test_english_only(tmp_path: Path) -> None:
    from tests.support import build

    done = build(tmp_path / "site", EXAMPLES, LANGUAGES="en")
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    assert not (tmp_path / "site" / "es").exists()
    assert "nb-languages" not in page(tmp_path / "site", "")


def copy_project(target: Path) -> None:
    target.mkdir()
    for name in ("docs", "hooks", "notices"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "pyproject.toml"):
        shutil.copy(PROJECT / name, target)


def test_a_page_that_is_not_translated_is_served_in_english(tmp_path: Path) -> None:
    """A copy of the project without one translated page."""
    import subprocess
    import sys

    project = tmp_path / "project"
    copy_project(project)
    (project / "docs" / "es" / "guide" / "evidence.md").unlink()
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"], cwd=project, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    words = page(project / "site", "es/guide/evidence/")
    assert "Esta página todavía no está traducida." in words
    assert '<div lang="en">' in words
    assert "Keep the evidence" in words
    assert '<link rel="canonical" href="https://example.github.io/board/guide/evidence/">' in words


def test_a_fourth_language_is_a_catalog_a_folder_and_a_line(tmp_path: Path) -> None:
    """French, with the Spanish words standing in for it, and one page of its own."""
    import os
    import subprocess
    import sys

    project = tmp_path / "project"
    copy_project(project)
    locales = project / "hooks" / "noticeboard" / "i18n" / "locales"
    shutil.copytree(locales / "es", locales / "fr")
    (project / "docs" / "fr").mkdir()
    (project / "docs" / "fr" / "faq.md").write_text("# Questions\n\n## Une question\n\nUne réponse.\n", "utf-8")
    sample = project / "notices" / "2026-09-18-x.yml"
    sample.write_text(bent(translations="\n  fr: {title: Fuite de données}"), "utf-8")
    environment = {**os.environ, "LANGUAGES": "en,es,pt-BR,fr", "PYTHONPATH": str(project / "hooks")}
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert '<html lang="fr"' in page(project / "site", "fr/faq/")
    assert "Une réponse." in text(project / "site", "fr/faq/")
    assert "Fuite de données" in text(project / "site", "fr/notices/2026-09-18-x/")
    assert 'href="../../fr/faq/" lang="fr"' in page(project / "site", "es/faq/")
    assert "<language>fr</language>" in (project / "site" / "fr" / "feed.xml").read_text("utf-8")


@pytest.mark.parametrize(
    ("translations", "said"),
    [
        ("", "translations should have es and pt-BR too"),
        ("\n  es: {title: x}", "translations should have pt-BR too"),
        (
            "\n  es: {reviewed: 2026-09-18, title: x}\n  pt-BR: {title: x}",
            "translations.es.reviewed is 2026-09-18, but the English has news of 2026-09-20",
        ),
        (
            "\n  es: {what_happened: 'El 3 de enero, vea https://a.org'}\n  pt-BR: {title: x}",
            "lacks 2, https://b.org and has 3, https://a.org more",
        ),
    ],
)
def test_check_of_translations(translations: str, said: str, law: Law, site_settings: Settings) -> None:
    three = site_settings.model_copy(update={"languages": ["en", "es", "pt-BR"]})
    notice = bent(
        what_happened="On January 2, see https://b.org",
        translations=translations,
        updates="\n  - at: 2026-09-20\n    kind: update\n    text: News.",
    )
    found = runner.check_files(
        [Source("notices/2026-09-18-x.yml", notice.encode())], runner.FileChecker(three, law, NOW)
    ).problems
    assert any(said in problem.message for problem in found), found
    assert {problem.severity for problem in found} == {"warning"}


def test_dates_and_times_as_readers_write_them() -> None:
    from datetime import UTC, datetime

    moment = datetime(2026, 11, 24, 22, 5, tzinfo=UTC)
    assert [
        Language(code, ZONE).moment(moment).replace("\u202f", " ").replace("\xa0", " ")
        for code in ("en", "es", "pt-BR")
    ] == [
        "Tuesday, November 24, 2026, 5:05 PM",
        "martes 24 de noviembre de 2026, 5:05 p.m.",
        "terça-feira, 24 de novembro de 2026, às 17:05",
    ]


def test_names_of_the_languages() -> None:
    assert [Language(code, ZONE).name for code in ("en", "es", "pt-BR")] == ["English", "Español", "Português"]
