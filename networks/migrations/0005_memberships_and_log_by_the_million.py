"""Indexes for millions of rows: a network's members in the order they are listed in, and the audit rows of one thing, the latest first."""

import django.db.models.deletion
from django.db import migrations, models

LOG = models.Index(fields=["content_type", "object_id", "-timestamp", "-id"], name="networks_log_by_thing")


def add_index(apps, schema_editor):
    """Add it to Wagtail's table, whose model is not ours to change."""
    schema_editor.add_index(apps.get_model("wagtailcore", "ModelLogEntry"), LOG)


def remove_index(apps, schema_editor):
    """Take it away again."""
    schema_editor.remove_index(apps.get_model("wagtailcore", "ModelLogEntry"), LOG)


class Migration(migrations.Migration):

    dependencies = [
        ("networks", "0004_members"),
        ("wagtailcore", "0089_log_entry_data_json_null_to_object"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="membership", name="networks_membership_by_role"),
        migrations.AlterField(
            model_name="membership",
            name="network",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="memberships",
                to="networks.network",
                verbose_name="network",
            ),
        ),
        migrations.AddIndex(
            model_name="membership", index=models.Index(fields=["network", "role", "id"], name="networks_membership_by_role")
        ),
        migrations.AddIndex(model_name="membership", index=models.Index(fields=["network", "id"], name="networks_membership_listed")),
        migrations.RunPython(add_index, remove_index),
    ]
