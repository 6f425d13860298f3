import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


def write_the_one_row(apps, schema_editor):
    """The numbers that hold where nobody changes them."""
    apps.get_model("comments", "ModerationSettings").objects.get_or_create(pk=1)


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0006_author_keys'),
        ('networks', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ModerationSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('links_held', models.PositiveIntegerField(default=2, help_text='0: links hold nothing.', validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='hold from this number of links')),
                ('newcomer_until', models.PositiveIntegerField(default=0, help_text='0: newcomers are not held.', validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='hold newcomers until this many of their comments are published')),
                ('hold_after_reports', models.PositiveIntegerField(default=3, help_text='In the spaces of networks only. 0: never.', validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1000)], verbose_name='hold a comment after this many reports')),
                ('flood_posts', models.PositiveIntegerField(default=20, help_text='Comments of guests, and comments held or refused, on the whole site. 0: never.', validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(10000)], verbose_name='a flood begins at this many suspect comments')),
                ('flood_minutes', models.PositiveIntegerField(default=10, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)], verbose_name='counted over this many minutes')),
                ('flood_challenge', models.BooleanField(default=True, help_text='A small calculation that nobody sees; who runs no scripts is held instead.', verbose_name='let guests’ browsers work while flooded')),
                ('akismet', models.BooleanField(default=False, help_text='Sends newcomers’ comments to another company: read docs/rules.md first.', verbose_name='ask Akismet')),
                ('edition', models.UUIDField(default=uuid.uuid4, editable=False)),
            ],
            options={
                'verbose_name': 'numbers of the rules',
                'verbose_name_plural': 'numbers of the rules',
            },
        ),
        migrations.CreateModel(
            name='SpaceModeration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.CharField(blank=True, help_text='For the other moderators: why it is here.', max_length=200, verbose_name='note')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='added on')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by')),
                ('network', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='networks.network', verbose_name='network')),
            ],
            options={
                'verbose_name': 'space read before publication',
                'verbose_name_plural': 'spaces read before publication',
            },
        ),
        migrations.CreateModel(
            name='AuthorStanding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.CharField(blank=True, help_text='For the other moderators: why it is here.', max_length=200, verbose_name='note')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='added on')),
                ('author_key', models.CharField(editable=False, max_length=280)),
                ('name', models.CharField(blank=True, editable=False, help_text='As they were called then, for the list.', max_length=50, verbose_name='author')),
                ('trust', models.CharField(choices=[('trusted', 'Trusted: links and words to hold do not delay their comments'), ('watched', 'Watched: a moderator reads each comment first')], max_length=10, verbose_name='standing')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by')),
                ('network', models.ForeignKey(blank=True, help_text='Empty: everywhere.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='networks.network', verbose_name='network')),
            ],
            options={
                'verbose_name': 'author’s standing',
                'verbose_name_plural': 'authors’ standing',
                'constraints': [models.UniqueConstraint(fields=('author_key', 'network'), name='comments_authorstanding_once'), models.UniqueConstraint(condition=models.Q(('network', None)), fields=('author_key',), name='comments_authorstanding_once_everywhere')],
            },
        ),
        migrations.CreateModel(
            name='BlockedSender',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.CharField(blank=True, help_text='For the other moderators: why it is here.', max_length=200, verbose_name='note')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='added on')),
                ('kind', models.CharField(choices=[('address', 'E-mail address'), ('domain', 'Domain, with its subdomains'), ('machines', 'IP address or range')], default='address', max_length=10, verbose_name='kind')),
                ('value', models.CharField(help_text='someone@example.org, example.org, 203.0.113.7 or 203.0.113.0/24', max_length=254, verbose_name='sender')),
                ('effect', models.CharField(choices=[('hold', 'Hold it until a moderator has read it'), ('refuse', 'Refuse it, and say why to its author')], default='refuse', max_length=10, verbose_name='effect')),
                ('expires_at', models.DateTimeField(blank=True, help_text='Empty: until somebody takes it away.', null=True, verbose_name='until')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by')),
            ],
            options={
                'verbose_name': 'blocked sender',
                'verbose_name_plural': 'blocked senders',
                'constraints': [models.UniqueConstraint(fields=('value',), name='comments_blockedsender_once')],
            },
        ),
        migrations.CreateModel(
            name='ListedWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.CharField(blank=True, help_text='For the other moderators: why it is here.', max_length=200, verbose_name='note')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='added on')),
                ('kind', models.CharField(choices=[('word', 'Word or phrase'), ('pattern', 'Pattern (regular expression)')], default='word', max_length=10, verbose_name='kind')),
                ('text', models.CharField(max_length=200, verbose_name='word or pattern')),
                ('effect', models.CharField(choices=[('hold', 'Hold it until a moderator has read it'), ('refuse', 'Refuse it, and say why to its author')], default='hold', max_length=10, verbose_name='effect')),
                ('active', models.BooleanField(default=True, verbose_name='in use')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by')),
            ],
            options={
                'verbose_name': 'listed word',
                'verbose_name_plural': 'listed words',
                'constraints': [models.UniqueConstraint(fields=('kind', 'text'), name='comments_listedword_once')],
            },
        ),
        migrations.RunPython(write_the_one_row, migrations.RunPython.noop),
    ]
