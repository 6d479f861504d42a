from django.db import migrations

from cleanclaim.office.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("money", "0001_initial")]

    operations = [append_only("money_ledgertransaction", "money_ledgerentry", "money_payerpayment", "money_remittedclaimrow", "money_statementrow")]
