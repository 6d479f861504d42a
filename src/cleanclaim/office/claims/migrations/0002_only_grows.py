from django.db import migrations

from cleanclaim.office.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial")]

    operations = [append_only("claims_claimversion", "claims_claimevent")]
