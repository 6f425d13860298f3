from itertools import islice
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import migrations

KINDS = {f"comments.{kind}": kind for kind in ("approve", "restore", "dismiss", "hold", "rephrase", "reject", "spam", "hide")}
FROM_THE_QUEUE = {"approve", "reject", "spam", "rephrase"}


def write_decisions(apps, schema_editor):
    """A row for each decision that the histories tell of; it waited since the comment was sent, where it came from the queue."""
    comment_type = apps.get_model("contenttypes", "ContentType").objects.filter(app_label="comments", model="threadcomment").first()
    if comment_type is None:
        return
    entries = apps.get_model("wagtailcore", "ModelLogEntry").objects.filter(action__in=[*KINDS], content_type=comment_type)
    rows = entries.order_by("pk").values_list("object_id", "action", "timestamp", "user_id", "data").iterator(chunk_size=2_000)
    while batch := list(islice(rows, 2_000)):
        _write(apps, batch)


def _write(apps, batch):
    Comment, Handled = apps.get_model("comments", "ThreadComment"), apps.get_model("comments", "Handled")
    keys = {int(row[0]) for row in batch}
    known = {row[0]: row[1:] for row in Comment.objects.filter(pk__in=keys).values_list("pk", "submit_date", "discussion__network_id")}
    people = set(apps.get_model(settings.AUTH_USER_MODEL).objects.filter(pk__in={row[3] for row in batch}).values_list("pk", flat=True))
    zone, made = ZoneInfo(settings.TIME_ZONE), []
    for key, action, moment, user_id, data in batch:
        kind = KINDS[action]
        if int(key) not in known or (user_id is None and kind != "hold"):
            continue
        sent, network_id = known[int(key)]
        waited = (moment - sent).total_seconds() if kind in FROM_THE_QUEUE and (data or {}).get("from") == "pending" else None
        made.append(
            Handled(
                comment_id=int(key), network_id=network_id, kind=kind, by_id=user_id if user_id in people else None, at=moment,
                day=moment.astimezone(zone).date().toordinal(), waited=None if waited is None else max(0, min(round(waited), 2**31 - 1)),
            )
        )
    Handled.objects.bulk_create(made, batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ("comments", "0010_seeing"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0089_log_entry_data_json_null_to_object"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(write_decisions, migrations.RunPython.noop)]
