from django.db import migrations, models

from cleanclaim.office.audit.append_only import no_truncate


class Migration(migrations.Migration):
    dependencies = [("files", "0002_only_grows")]

    operations = [
        no_truncate("files_storedfile"),
    ]
