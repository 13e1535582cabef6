"""People and the tokens with which programs act for them."""

import hashlib
import secrets
import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class PersonManager(BaseUserManager["Person"]):
    """Makes people. There are no passwords: one signs in by a code sent by mail, or stays signed in after joining by a link."""

    def create_user(self, email: str | None = None, name: str = "", **fields: Any) -> "Person":
        person = self.model(email=self.normalize_email(email).lower() if email else None, name=name, **fields)
        person.set_unusable_password()
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who can sign in. What a person may do follows from seats, roles and mandates, never from this row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True, null=True, blank=True)
    name = models.CharField(max_length=120, blank=True)
    locale = models.CharField(max_length=12, default="en")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    objects: ClassVar[PersonManager] = PersonManager()

    def __str__(self) -> str:
        return self.name or self.email or "somebody without a name"

    def get_full_name(self) -> str:
        return str(self)


class ApiToken(models.Model):
    """Lets a program act as a person. Only a digest is kept: the token is shown once, when it is made."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=80)
    made_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField(null=True)

    @staticmethod
    def digest_of(token: str) -> str:
        """The digest under which a token is kept (SHA-256, hex)."""
        return hashlib.sha256(token.encode()).hexdigest()

    @classmethod
    def make(cls, person: Person, label: str, **fields: Any) -> str:
        """Make a token for a person; returns the token itself, which cannot be read again."""
        token = secrets.token_urlsafe(32)
        cls.objects.create(person=person, digest=cls.digest_of(token), label=label, **fields)
        return token
