from django.db import migrations, models

KEY = """
    CASE WHEN base.user_id IS NOT NULL THEN 'user:' || {account}
         WHEN base.user_email <> '' THEN 'guest:' || {address}
         ELSE '' END
"""
ON_SQLITE = f"""
    UPDATE comments_threadcomment
    SET author_key = COALESCE((
        SELECT {KEY.format(account="base.user_id", address="LOWER(base.user_email)")}
        FROM django_comments base WHERE base.id = comments_threadcomment.xtdcomment_ptr_id
    ), '')
    WHERE status <> 'removed'
"""
ON_POSTGRESQL = f"""
    UPDATE comments_threadcomment
    SET author_key = {KEY.format(account="base.user_id::text", address='LOWER(base.user_email COLLATE "C")')}
    FROM django_comments base
    WHERE base.id = comments_threadcomment.xtdcomment_ptr_id AND comments_threadcomment.status <> 'removed'
"""


def say_whose_they_are(apps, schema_editor):
    """Fill the key of every comment that stands, in one statement: an archive may hold a million."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(ON_POSTGRESQL if schema_editor.connection.vendor == "postgresql" else ON_SQLITE)


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0005_workbench'),
    ]

    operations = [
        migrations.AddField(
            model_name='threadcomment',
            name='author_key',
            field=models.CharField(blank=True, editable=False, help_text='Whose it is: an account’s, or a guest’s address in lower case.', max_length=280),
        ),
        migrations.AddField(
            model_name='threadcomment',
            name='findings',
            field=models.JSONField(blank=True, default=list, editable=False, help_text='What the rules found when it was written.'),
        ),
        migrations.RunPython(say_whose_they_are, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='threadcomment',
            index=models.Index(fields=['author_key', 'status'], name='comments_by_author'),
        ),
    ]
