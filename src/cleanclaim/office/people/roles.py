"""Roles and what each may do: one table, read by every page, route, job and command."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person is in a tenant; one person may hold several."""

    ADMIN = "admin"
    CODER = "coder"
    BILLER = "biller"
    POSTER = "poster"
    DENIALS = "denials"
    PATIENT_REP = "patient-rep"
    AUDITOR = "auditor"
    MANAGER = "manager"


class Permission(StrEnum):
    """One thing that can be allowed."""

    SEE_WORK = "see-work"
    READ_CHART = "read-chart"
    CODE = "code"
    READ_CLAIM = "read-claim"
    BILL = "bill"
    OVERRIDE_EDIT = "override-edit"
    POST_PAYMENT = "post-payment"
    READ_MONEY = "read-money"
    WORK_DENIAL = "work-denial"
    WRITE_OFF = "write-off"
    READ_ACCOUNT = "read-account"
    TAKE_PATIENT_PAYMENT = "take-patient-payment"
    READ_FILES = "read-files"
    READ_AUDIT = "read-audit"
    MANAGE_PEOPLE = "manage-people"


_P = Permission
_READ = {_P.SEE_WORK, _P.READ_CHART, _P.READ_CLAIM, _P.READ_MONEY, _P.READ_ACCOUNT}

ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: frozenset({_P.SEE_WORK, _P.MANAGE_PEOPLE, _P.READ_AUDIT}),
    Role.CODER: frozenset({_P.SEE_WORK, _P.READ_CHART, _P.CODE, _P.READ_CLAIM}),
    Role.BILLER: frozenset(
        {_P.SEE_WORK, _P.READ_CHART, _P.READ_CLAIM, _P.BILL, _P.OVERRIDE_EDIT, _P.READ_FILES, _P.READ_MONEY}
    ),
    Role.POSTER: frozenset({_P.SEE_WORK, _P.READ_CLAIM, _P.POST_PAYMENT, _P.READ_MONEY, _P.READ_FILES}),
    Role.DENIALS: frozenset({_P.SEE_WORK, _P.READ_CHART, _P.READ_CLAIM, _P.WORK_DENIAL, _P.READ_MONEY}),
    Role.PATIENT_REP: frozenset(
        {_P.SEE_WORK, _P.READ_ACCOUNT, _P.TAKE_PATIENT_PAYMENT, _P.READ_CLAIM, _P.READ_MONEY}
    ),
    Role.AUDITOR: frozenset(_READ | {_P.READ_FILES, _P.READ_AUDIT}),
    Role.MANAGER: frozenset(_READ | {_P.READ_FILES, _P.WRITE_OFF}),
}


def allowed(roles: frozenset[Role], permission: Permission) -> bool:
    """Whether any of the roles carries the permission."""
    return any(permission in ALLOWED[role] for role in roles)
