"""The tables of the record. Entries, nodes and checkpoints are append-only: triggers and rights guard them from below."""

import uuid
from urllib.parse import urlsplit

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Log(models.Model):
    """One append-only log (one per partnership, and `platform`), with its head: size, frontier and time of the last entry."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=40, unique=True)
    demo = models.BooleanField(default=False, help_text="Entries may carry moved times; pages say so.")
    paused = models.BooleanField(default=False, help_text="No worker reads it while a story is being played into it.")
    size = models.BigIntegerField(default=0)
    frontier = models.BinaryField(default=b"")
    last_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(size__gte=0), name="log_size_not_negative")]


class Entry(models.Model):
    """One hashed, numbered act. `body` holds the canonical bytes that were hashed; the other columns are read from it."""

    pk = models.CompositePrimaryKey("log", "seq")
    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="+", db_index=False)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    type = models.CharField(max_length=40)
    subjects = ArrayField(models.UUIDField(), default=list)
    body = models.BinaryField()
    leaf = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(seq__gte=0), name="entry_seq_not_negative"),
        ]
        indexes = [
            models.Index(fields=["log", "type", "seq"], name="entry_type", condition=~models.Q(type="ballot.cast")),
        ]


class Node(models.Model):
    """The hash of one complete inner node of a log's tree: level 1 and up, index from the left."""

    pk = models.CompositePrimaryKey("log", "level", "index")
    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="+", db_index=False)
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()


class Text(models.Model):
    """Words somebody wrote: kept apart from the entries, which hold a salted digest only, so that they can be erased.

    `authors` are pseudonyms: who wrote it, and whose earlier words it builds on. `kind` is declared in `domain/kinds.py`.
    `erased_seq` is the number of the entry that says why the words are gone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    authors = ArrayField(models.UUIDField(), default=list)
    made_at = models.DateTimeField()
    salt = models.BinaryField(null=True)
    body = models.TextField(null=True)
    erased_at = models.DateTimeField(null=True)
    erased_seq = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            GinIndex(fields=["authors"], name="text_authors"),
            models.Index(fields=["log", "kind", "made_at"], name="text_kept", condition=models.Q(erased_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True, salt__isnull=False, body__isnull=False)
                | models.Q(erased_at__isnull=False, salt__isnull=True, body__isnull=True),
                name="text_is_whole_or_erased",
            )
        ]


class ReaderPosition(models.Model):
    """How far a reader has read a log: the number of the last entry it has dealt with, -1 before the first."""

    name = models.CharField(max_length=40)
    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="+")
    seq = models.BigIntegerField(default=-1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "log"], name="one_position_per_reader_and_log")]


class Checkpoint(models.Model):
    """A published checkpoint: the signed size and root of a log, as a C2SP note."""

    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="checkpoints", related_query_name="checkpoint")
    size = models.BigIntegerField()
    root = models.BinaryField()
    note = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "size"], name="one_checkpoint_per_log_and_size")]


class Witness(models.Model):
    """Somebody outside who signs checkpoints too, so that nobody can show two people two histories.

    `vkey` is the public key of their cosignatures (c2sp.org/tlog-cosignature). `url` takes new checkpoints as
    c2sp.org/tlog-witness says; `mail` gets one a day.
    """

    name = models.CharField(max_length=120)
    vkey = models.CharField(max_length=300, unique=True)
    url = models.URLField(max_length=300, blank=True)
    mail = models.EmailField(blank=True)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)


class Cosignature(models.Model):
    """A witness's signature under a published checkpoint: one line of the signed note."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="cosignatures")
    witness = models.ForeignKey(Witness, on_delete=models.PROTECT, related_name="cosignatures")
    line = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["checkpoint", "witness"], name="one_cosignature_per_witness")]


class Showing(models.Model):
    """How far a witness has been shown a log: `size` by its address or by mail, and what came of it last."""

    witness = models.ForeignKey(Witness, on_delete=models.CASCADE, related_name="+")
    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=4, choices=[("web", "To its address"), ("mail", "By mail")])
    size = models.BigIntegerField(default=0)
    at = models.DateTimeField()
    answer = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["witness", "log", "how"], name="one_showing_per_witness_and_log")
        ]


class Keeper(models.Model):
    """Somebody outside who keeps the checkpoints of one log: asked first, and sent nothing before saying yes.

    `size` is the last checkpoint that came through. Once removed, the address is gone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    mail = models.EmailField(blank=True)
    url = models.URLField(max_length=300, blank=True)
    chosen_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    trial_wanted = models.BooleanField(default=False)
    size = models.BigIntegerField(default=0)

    @property
    def how(self) -> str:
        """By mail, or to an address on the net."""
        return "mail" if self.mail else "web"

    @property
    def place(self) -> str:
        """Where it is, without what may be secret in it: ...@example.org, https://example.org/..."""
        if self.mail:
            return f"...@{self.mail.rpartition('@')[2]}"
        return "{0.scheme}://{0.hostname}/...".format(urlsplit(self.url)) if self.url else ""


class Delivery(models.Model):
    """What was sent to a keeper, and what came of it; the last few."""

    keeper = models.ForeignKey(Keeper, on_delete=models.CASCADE, related_name="deliveries")
    what = models.CharField(
        max_length=10, choices=[("question", "The question"), ("trial", "A trial"), ("checkpoint", "A checkpoint")]
    )
    size = models.BigIntegerField()
    at = models.DateTimeField()
    came_through = models.BooleanField()
    answer = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["keeper", "-at"], name="delivery_newest")]


class Alarm(models.Model):
    """Another history of a log, seen by somebody: a checkpoint with our signature that this record does not lead to."""

    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="+")
    note = models.TextField()
    seen_by = models.CharField(max_length=120)
    why = models.TextField()
    at = models.DateTimeField()
    seq = models.BigIntegerField()
