"""Django's PostgreSQL backend with one addition: each connection says which tenant it works in.

The server's row policies (`office/people/row_security.py`) compare every row with it. A connection that says
nothing sees nothing.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base
from django_scopes import get_scope
from psycopg.pq import TransactionStatus

ALL_TENANTS = "all"


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose ``cleanclaim.tenant`` follows the scope that the code works in.

    ``above_tenants`` is for migrations, which are nobody's tenant and change the rows of all.
    """

    above_tenants = False
    _told: str | None = None

    def init_connection_state(self) -> None:
        self._told = None
        super().init_connection_state()

    def create_cursor(self, name: str | None = None) -> Any:
        self._tell()
        return super().create_cursor(name)

    def _rollback(self) -> None:
        super()._rollback()
        self._told = None  # what was told inside a transaction is undone with it

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)
        self._told = None

    def _tell(self) -> None:
        wanted = self._tenant()
        if wanted == self._told or self.connection.info.transaction_status == TransactionStatus.INERROR:
            return
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT set_config('cleanclaim.tenant', %s, false)", [wanted])
        self._told = wanted

    def _tenant(self) -> str:
        scope = get_scope()
        if self.above_tenants or scope.get("_enabled") is False:
            return ALL_TENANTS
        tenant = scope.get("tenant")
        return str(tenant.pk) if tenant is not None else ""
