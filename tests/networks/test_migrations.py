"""The tables of networks go along with any Wagtail site: no migration names a model of this one."""

from pathlib import Path

import networks


def test_no_migration_of_networks_names_the_hosts_picture_model():
    migrations = "".join(path.read_text() for path in Path(networks.__file__).parent.glob("migrations/0*.py"))

    assert "get_image_model_string()" in migrations
    assert "articles" not in migrations
    assert "users.user" not in migrations.lower()
