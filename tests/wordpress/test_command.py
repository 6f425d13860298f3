"""The command: what it prints, what it answers."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.models import ArticlePage
from tests.wordpress.conftest import comment, item

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = StringIO()
    call_command("import_wordpress", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_report_says_what_was_read_and_made(export):
    report = run(export(item(1, extra=comment(1) + comment(2, type="pingback"))))

    rows = {line.split()[0]: line.split()[1:] for line in report.splitlines() if line and line.split()[-1].isdigit()}
    assert rows["articles"] == ["1", "1", "0", "0", "0"]
    assert rows["comments"] == ["1", "1", "0", "0", "0"]
    assert rows["pings"] == ["1", "0", "0", "0", "1"]


def test_a_trial_says_so(export):
    assert "This was a trial: nothing was changed." in run(export(item(1)), "--dry-run")
    assert not ArticlePage.objects.exists()


def test_the_report_is_also_written_for_programs(export, tmp_path):
    run(export(item(1, "[acme y='1']")), "--report", tmp_path / "report.json")

    data = json.loads((tmp_path / "report.json").read_text())
    assert data["counts"]["articles"]["made"] == 1
    assert data["warnings"][0]["line"] > 1


def test_a_broken_file_is_one_sentence(export):
    with pytest.raises(CommandError, match=r"^Line \d+: .*\.$"):
        run(export(item(1), tail=""))


@pytest.mark.parametrize("arguments", [["nowhere.xml"], ["{}", "--media", "nowhere"]])
def test_a_file_or_folder_that_is_not_there_is_one_sentence(export, arguments):
    path = export(item(1))

    with pytest.raises(CommandError, match="There is no"):
        run(*[argument.format(path) for argument in arguments])


def test_nothing_is_drawn_where_nobody_looks(export, capfd):
    run(export(item(1)))

    assert capfd.readouterr().err == ""
