from django.db import migrations, models
from django.utils.crypto import salted_hmac

from comments.addresses import fold


def hide_addresses(apps, schema_editor):
    """The keys of guests who report held their addresses: they hold keyed hashes from now on, as `comments.reporters` makes them."""
    reports = apps.get_model("comments", "Report").objects.filter(reporter_key__startswith="guest:", reporter_key__contains="@")
    for key in list(reports.order_by().values_list("reporter_key", flat=True).distinct()):
        digest = salted_hmac("comments.report", fold(key.removeprefix("guest:"))).hexdigest()[:32]
        reports.filter(reporter_key=key).update(reporter_key=f"guest:{digest}")


class Migration(migrations.Migration):

    dependencies = [("comments", "0011_decisions_of_before")]

    operations = [
        migrations.RunPython(hide_addresses, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="report",
            name="reporter_key",
            field=models.CharField(editable=False, help_text="An account, or a keyed hash: who reports again.", max_length=270),
        ),
    ]
