import django.db.models.deletion
from django.db import migrations, models

from cleanclaim.office.audit.append_only import append_only, no_truncate

TABLES = ("encounters_documentwaiver", "encounters_learnedinuse")


class Migration(migrations.Migration):
    dependencies = [("encounters", "0003_sealed"), ("people", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="DocumentWaiver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seal", models.CharField(max_length=64)),
                ("needed", models.CharField(help_text="the key of reference/lexicon/completeness.yaml", max_length=40)),
                ("reason", models.CharField(max_length=300)),
                ("who", models.CharField(max_length=160)),
                ("at", models.DateTimeField()),
                ("encounter", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="waivers", to="encounters.encounterrow")),
                ("tenant", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.tenant")),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [models.UniqueConstraint(fields=("encounter", "needed"), name="a_document_is_waived_once")],
            },
        ),
        migrations.CreateModel(
            name="LearnedInUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seal", models.CharField(max_length=64)),
                ("sequence", models.IntegerField()),
                ("version", models.IntegerField(null=True)),
                ("reason", models.CharField(max_length=300)),
                ("who", models.CharField(max_length=160)),
                ("at", models.DateTimeField()),
                ("tenant", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.tenant")),
            ],
            options={
                "ordering": ["sequence"],
                "constraints": [models.UniqueConstraint(fields=("tenant", "sequence"), name="versions_in_use_in_order")],
            },
        ),
        append_only(*TABLES),
        no_truncate(*TABLES),
    ]
