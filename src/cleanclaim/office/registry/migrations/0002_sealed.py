from django.db import migrations, models

from cleanclaim.office.audit.seal import seal_rows


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]

    operations = [
        migrations.AddField("contractrow", "seal", models.CharField(max_length=64, default=""), preserve_default=False),
        migrations.AddField("coveragerow", "seal", models.CharField(max_length=64, default=""), preserve_default=False),
        seal_rows("registry", "ContractRow"),
        seal_rows("registry", "CoverageRow"),
    ]
