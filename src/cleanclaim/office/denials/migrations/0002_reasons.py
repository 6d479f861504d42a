from django.db import migrations, models



class Migration(migrations.Migration):
    dependencies = [("denials", "0001_initial")]

    operations = [
        migrations.AlterField("denialcaserow", "reasons", models.TextField()),
    ]
