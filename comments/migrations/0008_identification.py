
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0007_rules'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='IdentificationLook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('looked', 'looked at the data'), ('held', 'put a legal hold on'), ('released', 'lifted the legal hold')], default='looked', max_length=10, verbose_name='act')),
                ('reason', models.TextField(verbose_name='reason')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='comments.threadcomment', verbose_name='comment')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
            ],
            options={
                'verbose_name': 'look into the identification log',
                'verbose_name_plural': 'looks into the identification log',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='IdentificationRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('posted', 'posted'), ('edited', 'changed the words'), ('confirmed', 'confirmed the e-mail address')], max_length=12, verbose_name='act')),
                ('ip', models.GenericIPAddressField(verbose_name='IP address')),
                ('port', models.PositiveIntegerField(blank=True, null=True, verbose_name='port')),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='date')),
                ('held', models.BooleanField(default=False, verbose_name='under a legal hold')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='comments.threadcomment', verbose_name='comment')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account')),
            ],
            options={
                'verbose_name': 'identification record',
                'verbose_name_plural': 'identification records',
                'permissions': [('look_into_identificationrecord', 'Can look into the identification log')],
                'default_permissions': (),
                'indexes': [models.Index(condition=models.Q(('held', True)), fields=['comment'], name='comments_identification_held')],
            },
        ),
    ]
