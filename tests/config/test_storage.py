"""Production's static files: all of them collected, hashed and found; what a page loads is light."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from comments.services import Author, add_as_found, discussion_of
from comments.states import Status
from config.style_sheets import PIECES, StyleSheetFinder
from tests.factories import guide_image, published_article

LIMIT = 60_000
PRODUCTION = {"staticfiles": {"BACKEND": "config.storage.StaticStorage"}}


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """Where production's static files were collected, for as long as these tests run."""
    folder = tmp_path_factory.mktemp("static")
    storages = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}, **PRODUCTION}
    served = {"WHITENOISE_USE_FINDERS": False, "WHITENOISE_AUTOREFRESH": False}
    with override_settings(STATIC_ROOT=folder, STORAGES=storages, **served):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield folder


@pytest.fixture
def article(db):
    """An article with a picture and something said under it."""
    article = published_article("Un article", hero_image=guide_image())
    eve = Author(name="Ève", email="eve@example.org")
    add_as_found(discussion_of(article), author=eve, text="Bonjour", status=Status.PUBLISHED, submitted_at=timezone.now())
    return article


def loaded_by(html, folder):
    """The style sheets and scripts of a page, with the modules those import, as files."""
    addresses = re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"|<script[^>]* src="/static/([^"]+)"', html)
    files = {folder / (sheet or script) for sheet, script in addresses}
    waiting = list(files)
    while waiting:
        file = waiting.pop()
        modules = re.findall(r"""\b(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""", file.read_text()) if file.suffix == ".js" else []
        new = {(file.parent / module).resolve() for module in modules} - files
        files |= new
        waiting += new
    return files


def compressed(file, encoding):
    """How many bytes of a file travel."""
    packed = file.with_name(f"{file.name}.{encoding}")
    return (packed if packed.exists() else file).stat().st_size


def test_every_static_file_is_collected_with_a_hash(collected):
    assert staticfiles_storage.url("site/css/tokens.css") != "/static/site/css/tokens.css"
    assert (collected / "site/css/tokens.css").exists(), "the page of a breakdown links the plain name"
    notice = next((collected / "site/css/components").glob("notice.*.css")).read_text()
    assert "icon-info." in notice
    assert 'url("../../img/icon-info.svg")' not in notice


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_a_static_file_is_served_compressed_and_kept_for_good(client, db, collected, encoding):
    answer = client.get(staticfiles_storage.url("site/css/site.css"), headers={"accept-encoding": encoding})

    assert answer.headers["Content-Encoding"] == encoding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    answer.close()


def without_addresses(text):
    """A style sheet but for what it names."""
    return re.sub(r"url\([^)]*\)", "url()", text)


@pytest.mark.parametrize("name", PIECES)
def test_a_style_sheet_made_of_others_holds_them_and_finds_what_they_name(collected, name):
    sheet = collected / staticfiles_storage.stored_name(name)

    text = sheet.read_text()

    assert all(without_addresses((collected / piece).read_text()) in without_addresses(text) for piece in PIECES[name])
    for address in re.findall(r'url\("([^"]+)"\)', text):
        assert re.search(r"\.[0-9a-f]{12}\.", address)
        assert (sheet.parent / address).exists()


def test_a_style_sheet_made_of_others_follows_their_changes(monkeypatch, tmp_path):
    piece = tmp_path / "piece.css"
    monkeypatch.setitem(PIECES, "trial/one.css", ["trial/css/piece.css"])
    monkeypatch.setattr("config.style_sheets.find", lambda name: piece)
    finder = StyleSheetFinder()
    finder.storage = FileSystemStorage(tmp_path / "made")

    piece.write_text('a { mask: url("../img/a.svg"); }')
    first = Path(finder.find("trial/one.css")).read_text()
    piece.write_text('a { mask: url("#b") }')
    second = Path(finder.find("trial/one.css")).read_text()

    assert first == 'a { mask: url("img/a.svg"); }'
    assert second == 'a { mask: url("#b") }'
    assert finder.find("site/css/base.css") == []


@pytest.mark.parametrize("encoding", ["br", "gz"])
def test_the_style_sheets_and_scripts_of_an_article_are_light(client, collected, article, encoding):
    html = client.get(article.url).text
    files = loaded_by(html, collected)

    assert any(file.match("comments/js/*.js") for file in files)
    assert any(file.match("comments/css/*.css") for file in files)
    assert sum(compressed(file, encoding) for file in files) <= LIMIT


def test_a_page_preloads_the_one_font_that_its_style_sheet_names(client, collected, article):
    html = client.get(article.url).text
    preloaded = re.findall(r'<link rel="preload" href="/static/([^"]+)" as="font"', html)
    sheets = [file for file in loaded_by(html, collected) if file.suffix == ".css"]
    named = {(sheet.parent / font).resolve() for sheet in sheets for font in re.findall(r'url\("([^"]+\.woff2)"\)', sheet.read_text())}

    assert named == {(collected / font).resolve() for font in preloaded}
    assert [font.stat().st_size <= LIMIT for font in named] == [True]
