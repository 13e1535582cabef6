"""The merge table as one form: an answer to each offer that waits, and why the next version is as it is."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from apps.pages.forms.base import PlainForm, WordsField
from apps.pages.forms.proposal import AnswerForm
from apps.pages.present.proposals import Stand
from apps.proposals.models import Offer
from apps.proposals.services import Answer

LATER = ("", "Decide later")


class OfferPart(AnswerForm):
    """The answer to one offer among several; nothing chosen leaves it for later."""

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, prefix=str(offer.id), **kwargs)
        self.offer = offer
        answer, reason = self.fields["answer"], self.fields["reason"]
        assert isinstance(answer, forms.ChoiceField)
        answer.required = reason.required = False
        answer.choices = [LATER, *answer.choices]  # type: ignore[misc]
        self.initial.setdefault("answer", "")

    def clean(self) -> dict[str, Any]:
        """A reason is needed for every answer."""
        data = super().clean() or {}
        if data.get("answer") and not data.get("reason"):
            self.add_error("reason", "Say why: the group that offered it reads this.")
        return data


class MergeForm(PlainForm):
    """All of it. `parts` are the answers, one form for each offer that waits."""

    on_number = forms.IntegerField(widget=forms.HiddenInput, error_messages={"invalid": "Load the page again."})
    rationale = WordsField(
        label="Why the next version is as it is",
        required=False,
        rows=3,
        help_text="Needed if you take something. Empty: your reasons above, one after the other.",
    )

    def __init__(
        self, data: QueryDict | None, *, stand: Stand, waiting: Sequence[Offer], begun: Mapping[str, Any] | None = None
    ) -> None:
        kept = dict(begun or {})
        initial = {"on_number": stand.proposal.number, "rationale": kept.get("rationale", "")}
        super().__init__(data, initial=initial)
        self.parts = [_part(data, stand, offer, kept) for offer in waiting]

    def is_valid(self) -> bool:
        """Whether the whole table can be used. What is wrong in a part is said there, and that it is, at the top."""
        good = super().is_valid()
        wrong = [part for part in self.parts if not part.is_valid()]
        for part in wrong:
            self.add_error(None, f"{part.offer.group.name}: look at your answer to this offer.")
        if good and not wrong and not self.answers():
            self.add_error(None, "You have not answered any offer yet. Nothing has been changed.")
        return not self.errors

    def answers(self) -> list[Answer]:
        """What was decided, offer by offer."""
        return [_answer(part) for part in self.parts if part.cleaned_data.get("answer")]

    def why(self) -> str:
        """The reason of the next version: as written, else the reasons of what is taken."""
        own = str(self.cleaned_data.get("rationale") or "")
        reasons = [one.reason for one in self.answers() if one.answer != "declined"]
        return own or "\n".join(dict.fromkeys(reasons))[:4000]


def leftovers(data: Mapping[str, Any], answered: Sequence[Offer]) -> list[tuple[Offer, str]]:
    """What somebody had written about offers that a colleague has answered meanwhile: shown again, not lost."""
    found = ((offer, str(data.get(f"{offer.id}-reason") or "").strip()) for offer in answered)
    return [(offer, words) for offer, words in found if words]


def _part(data: QueryDict | None, stand: Stand, offer: Offer, kept: Mapping[str, Any]) -> OfferPart:
    lead = f"{offer.id}-"
    return OfferPart(
        data,
        offer=offer,
        kind=stand.proposal.kind,
        names=stand.names,
        keys=list(offer.patch),
        begin=offer.patch,
        first=(),
        initial={key.removeprefix(lead): value for key, value in kept.items() if key.startswith(lead)},
    )


def _answer(part: OfferPart) -> Answer:
    data = part.cleaned_data
    taken = part.patch() if data["answer"] == "modified" else None
    return Answer(part.offer.id, data["answer"], data["reason"], taken)
