
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0008_identification'),
        ('django_comments_xtd', '0008_auto_20200920_2037'),
        ('networks', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='LearntExample',
            fields=[
                ('comment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='comments.threadcomment')),
                ('label', models.CharField(blank=True, choices=[('ham', 'not spam'), ('spam', 'spam')], help_text='What it was learnt as; empty: not yet.', max_length=4)),
                ('buckets', models.JSONField(default=list, help_text='The numbers of its tokens, without its words.')),
                ('foretold', models.SmallIntegerField(help_text='The score of the filter before it learnt this decision.', null=True)),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('due', models.BooleanField(default=True, help_text='Decided or changed since it was learnt.')),
            ],
            options={
                'verbose_name': 'example of the spam filter',
                'verbose_name_plural': 'examples of the spam filter',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='SpamFilter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, help_text='Grows each time it learns.')),
                ('ham', models.PositiveIntegerField(default=0, editable=False, verbose_name='examples that are not spam')),
                ('spam', models.PositiveIntegerField(default=0, editable=False, verbose_name='examples of spam')),
                ('counts', models.BinaryField(default=b'', help_text='In how many examples of either kind each token stood.')),
                ('weights', models.BinaryField(default=b'', help_text='How much each token speaks for spam.')),
                ('learnt_at', models.DateTimeField(editable=False, null=True)),
                ('report', models.JSONField(default=dict, help_text='What it foretold of decisions it had not seen yet.')),
                ('may_hold', models.BooleanField(default=False, help_text='A comment above the threshold waits for a moderator, even where its discussion publishes at once.', verbose_name='hold comments back')),
                ('threshold', models.PositiveSmallIntegerField(default=95, help_text='In per cent, from 50 to 99: how sure the filter must be to hold a comment back.', validators=[django.core.validators.MinValueValidator(50), django.core.validators.MaxValueValidator(99)], verbose_name='threshold')),
            ],
            options={
                'verbose_name': 'spam filter',
                'verbose_name_plural': 'spam filters',
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='threadcomment',
            name='spam_score',
            field=models.SmallIntegerField(default=-1, editable=False, help_text='How likely the filter finds it spam, in per cent; -1: not scored.', verbose_name='spam score'),
        ),
        migrations.AddIndex(
            model_name='threadcomment',
            index=models.Index(condition=models.Q(('status', 'pending')), fields=['spam_score', 'xtdcomment_ptr'], name='comments_pending_by_spam'),
        ),
        migrations.AddIndex(
            model_name='learntexample',
            index=models.Index(condition=models.Q(('due', True)), fields=['decided_at'], name='comments_examples_due'),
        ),
    ]
