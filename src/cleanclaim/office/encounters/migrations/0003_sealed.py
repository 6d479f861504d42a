from django.db import migrations, models

from cleanclaim.office.audit.append_only import append_only, no_truncate
from cleanclaim.office.audit.seal import seal_rows

ADDED_LATER = append_only("encounters_decision")


def unguard_decisions():
    """Sealing is the last change that decisions ever see: their guard is lifted for it and put back."""
    return migrations.RunPython(ADDED_LATER.reverse_code, ADDED_LATER.code)


class Migration(migrations.Migration):
    dependencies = [("encounters", "0002_only_grows")]

    operations = [
        migrations.AddField("documentrow", "seal", models.CharField(max_length=64, default=""), preserve_default=False),
        migrations.AddField("encounterrow", "seal", models.CharField(max_length=64, default=""), preserve_default=False),
        seal_rows("encounters", "DocumentRow"),
        seal_rows("encounters", "EncounterRow"),
        unguard_decisions(),
        migrations.AddField("decision", "seal", models.CharField(max_length=64, default=""), preserve_default=False),
        seal_rows("encounters", "Decision"),
        append_only("encounters_decision", "encounters_documentrow"),
        no_truncate("encounters_decision", "encounters_documentrow", "encounters_release"),
    ]
