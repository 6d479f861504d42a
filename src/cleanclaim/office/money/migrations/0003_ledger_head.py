import django.db.models.deletion
from django.db import migrations, models

from cleanclaim.office.audit.append_only import append_only, no_truncate
from cleanclaim.office.audit.seal import keyed_hash

ENTRIES = append_only("money_ledgerentry")


def unguard_entries():
    """Altering a column may rebuild the table: its guard is lifted for it and put back."""
    return migrations.RunPython(ENTRIES.reverse_code, ENTRIES.code)


def count_ledgers(apps, schema_editor):
    """Give every ledger that there is its head."""
    heads = apps.get_model("money", "LedgerHead")
    transactions = apps.get_model("money", "LedgerTransaction")
    for tenant in apps.get_model("people", "Tenant").objects.all():
        count, digest = 0, ""
        kept = transactions._base_manager.filter(tenant=tenant).order_by("id")
        for seal in kept.values_list("seal", flat=True).iterator(chunk_size=2000):
            count, digest = count + 1, keyed_hash([digest, seal])
        if count:
            heads._base_manager.create(tenant=tenant, count=count, digest=digest)


class Migration(migrations.Migration):
    dependencies = [("money", "0002_only_grows"), ("people", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="LedgerHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("count", models.BigIntegerField(default=0)),
                ("digest", models.CharField(default="", max_length=64)),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.tenant"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("tenant",), name="one_head_per_ledger")],
            },
        ),
        migrations.RunPython(count_ledgers, migrations.RunPython.noop),
        unguard_entries(),
        migrations.AlterField("ledgerentry", "payer_id", models.CharField(blank=True, max_length=80)),
        append_only("money_ledgerentry", "money_postedkey"),
        no_truncate(
            "money_ledgerentry",
            "money_ledgertransaction",
            "money_payerpayment",
            "money_postedkey",
            "money_remittedclaimrow",
            "money_statementrow",
        ),
    ]
