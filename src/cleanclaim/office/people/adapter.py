"""Sign-in without sign-up: accounts are made by an administrator and opened by a one-time link."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Nobody registers themselves, and no mail is ever sent from here."""

    def is_open_for_signup(self, request) -> bool:
        return False

    def send_mail(self, template_prefix, email, context) -> None:
        return None
