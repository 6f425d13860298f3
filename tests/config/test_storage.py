"""Production's static files: all of them collected, hashed and found."""

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command


def test_every_static_file_is_collected_with_a_hash(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "config.storage.StaticStorage"}}

    call_command("collectstatic", interactive=False, verbosity=0)

    assert staticfiles_storage.url("site/css/tokens.css") != "/static/site/css/tokens.css"
    assert (tmp_path / "site/css/tokens.css").exists(), "the page of a breakdown links the plain name"
    notice = next((tmp_path / "site/css/components").glob("notice.*.css")).read_text()
    assert "icon-info." in notice
    assert 'url("../../img/icon-info.svg")' not in notice
