from django.db import migrations, models

from cleanclaim.office.audit.append_only import append_only, no_truncate


class Migration(migrations.Migration):
    dependencies = [("claims", "0002_only_grows")]

    operations = [
        append_only("claims_batchedversion", "claims_scrubrow"),
        no_truncate("claims_batchedversion", "claims_claimevent", "claims_claimversion", "claims_scrubrow"),
    ]
