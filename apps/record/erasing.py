"""Erasing words: the row keeps its id and loses text, salt and authors; an entry says which words went, when and why."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from apps.common import clock
from apps.record.act import Act
from apps.record.domain.entry import Entry
from apps.record.models import Text

AT_ONCE = 500
"""How many texts one entry names at most."""


def texts_by(log: UUID, author: UUID) -> QuerySet[Text]:
    """The words of somebody in a log that still stand: their own, and others' that build on them."""
    return Text.objects.filter(log=log, authors__contains=[author], erased_at=None).order_by("made_at", "id")


def discard(text: Text) -> None:
    """Throw away words that no entry has named: what nobody has been told of needs no telling that it is gone."""
    Text.objects.filter(id=text.id, erased_at=None).update(body=None, salt=None, authors=[], erased_at=clock.now())


def erase(a: Act, texts: Sequence[Text], *, ground: str, rule: str = "", because: int | None = None) -> list[Entry]:
    """Erase words for good, inside an act. `ground` and `rule` say why, in codes; `because` is the entry that asked for it."""
    entries = []
    for start in range(0, len(texts), AT_ONCE):
        ids = sorted(text.id for text in texts[start : start + AT_ONCE])
        data = {"texts": [str(id) for id in ids], "ground": ground} | ({"rule": rule} if rule else {})
        entry = a.add("text.erased", data, because=because)
        Text.objects.filter(id__in=ids, log=a.log_id, erased_at=None).update(
            body=None, salt=None, authors=[], erased_at=a.at, erased_seq=entry.seq
        )
        entries.append(entry)
    return entries
