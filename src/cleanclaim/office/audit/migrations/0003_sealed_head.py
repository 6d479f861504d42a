from django.db import migrations, models

from cleanclaim.office.audit.append_only import no_truncate
from cleanclaim.office.audit.seal import seal_rows


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_only_grows")]

    operations = [
        migrations.AddField("audithead", "seal", models.CharField(max_length=64, default=""), preserve_default=False),
        seal_rows("audit", "AuditHead"),
        no_truncate("audit_auditevent"),
    ]
