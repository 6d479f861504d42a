"""Tenants, users, memberships and one-time links."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from cleanclaim.office.people.roles import Role


class Tenant(models.Model):
    """One practice or one client of a billing company; nothing is ever shared between two of them."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.slug


class UserManager(BaseUserManager):
    """Makes users by e-mail address; a user without a password cannot sign in until a link is redeemed."""

    def create_user(self, email: str, name: str, password: str | None = None) -> User:
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        if password is None:
            user.set_unusable_password()
        else:
            user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str) -> User:
        return self.get(email=username.lower())


class User(AbstractBaseUser):
    """A person who signs in. What they may do follows from memberships, never from this row."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    is_staff = False
    is_superuser = False

    def __str__(self) -> str:
        return self.email


class Membership(models.Model):
    """A user's role in a tenant."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "tenant", "role"], name="one_membership_per_role"),
        ]


class OneTimeLink(models.Model):
    """A link that sets a password once. Only the hash of its token is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class HomeSetting(models.Model):
    """A setting of the whole home, such as which tenant a command works on."""

    name = models.CharField(max_length=60, primary_key=True)
    value = models.CharField(max_length=200)
