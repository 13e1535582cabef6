"""What a convenor fills in to bring a partnership together."""

from collections.abc import Iterable
from typing import Any

from django import forms

from apps.accounts.models import Person
from apps.common.errors import Invalid
from apps.frameworks.domain.fields import PARTS
from apps.frameworks.models import Element
from apps.pages.forms.base import DayField, PlainForm, WordsField
from apps.partnerships.domain.documents import LARGEST, Document, read_document
from apps.partnerships.models import GroupKind, Mandate, RoleName, Standing, Visibility


class PartnershipForm(PlainForm):
    """Founding a partnership."""

    name = forms.CharField(label="Name of the partnership", max_length=200)
    summary = WordsField(label="What it is for", required=False, max_length=2000, help_text="Two or three sentences.")
    visibility = forms.ChoiceField(
        label="Who can read it",
        choices=Visibility.choices,
        initial=Visibility.PUBLIC,
        widget=forms.RadioSelect,
        help_text="It cannot be changed later.",
    )


class GroupForm(PlainForm):
    """Adding a stakeholder group."""

    name = forms.CharField(label="Name of the group", max_length=120)
    key = forms.SlugField(
        label="Short sign",
        max_length=30,
        help_text="A letter or a short word, such as C. Seats become C1, C2 and so on.",
    )
    kind = forms.ChoiceField(label="Which kind of group is it", choices=GroupKind.choices, widget=forms.RadioSelect)
    seats = forms.IntegerField(
        label="How many seats", min_value=0, max_value=500, initial=4, help_text="Each seat is one voice."
    )
    standing = forms.ChoiceField(
        label="What its voice counts for",
        choices=Standing.choices,
        initial=Standing.DECIDES,
        widget=forms.RadioSelect,
        help_text="A group that decides votes. A group that advises proposes and objects, but does not vote. Observers advise.",
    )


class SeatForm(PlainForm):
    """Giving a free seat to somebody."""

    name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(
        label="E-mail address",
        required=False,
        help_text="With an address this person signs in by a code sent there. Leave it empty for somebody without e-mail.",
    )


class InviteForm(PlainForm):
    """Making a link that seats people in a group."""

    uses = forms.IntegerField(label="For how many people", min_value=1, max_value=500, initial=1)
    days = forms.IntegerField(label="For how many days it works", min_value=1, max_value=365, initial=30)


class RoleForm(PlainForm):
    """Making somebody convenor, auditor or data protection officer."""

    role = forms.ChoiceField(label="Role", choices=RoleName.choices, widget=forms.RadioSelect)
    name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(label="E-mail address", help_text="This person signs in by a code sent there.")


class MandateForm(PlainForm):
    """Recording somebody's authority to decide alone."""

    code = forms.CharField(label="Short sign", max_length=20, help_text="Such as MD1.")
    holder = forms.ChoiceField(
        label="Person who may decide alone", help_text="Give this person a seat or a role first."
    )
    authority = forms.CharField(
        label="In whose name", max_length=200, help_text="As it will be printed: the council, the independent chair."
    )
    basis_kind = forms.ChoiceField(
        label="What it rests on", choices=Mandate._meta.get_field("basis_kind").choices or [], widget=forms.RadioSelect
    )
    basis = forms.CharField(label="Which law, contract or instruction", max_length=300)
    document = forms.FileField(
        label="The document itself",
        required=False,
        help_text="PDF, text, letter or image, at most 5 MB. Everybody who reads this partnership can open it.",
    )
    document_sha256 = forms.RegexField(
        "^[0-9a-f]{64}$",
        label="Fingerprint of the document",
        required=False,
        help_text="The SHA-256 of the file, 64 digits. Worked out for you if you hand in the document.",
        error_messages={"invalid": "A fingerprint has 64 digits from 0 to 9 and a to f."},
    )
    parts = forms.MultipleChoiceField(label="Which parts of a measure it reaches", widget=forms.CheckboxSelectMultiple)
    elements = forms.MultipleChoiceField(
        label="Which measures it reaches",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None chosen: every one.",
    )
    limits = forms.CharField(
        label="What it leaves out, in its own words",
        required=False,
        max_length=500,
        help_text="Quoted to whoever tries to go beyond it.",
    )
    statutory = forms.BooleanField(label="Required by law from outside: not ours to change", required=False)
    valid_from = DayField(label="Valid from")
    valid_until = DayField(label="Valid until", required=False, help_text="Leave it empty if it has no end.")
    review_on = DayField(label="To be reviewed by", required=False)
    lapses = forms.BooleanField(
        label="Without a review by that day, what was set under it lapses and is open again", required=False
    )

    def __init__(self, *args: Any, people: Iterable[Person], elements: Iterable[Element], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._set("holder", [("", "Choose one"), *((str(person.id), str(person)) for person in people)])
        self._set("parts", [(key, words[0].upper() + words[1:]) for key, words in PARTS.items()])
        self._set("elements", [(str(element.id), f"{element.code} {element.title}") for element in elements])

    def clean_document(self) -> Document | None:
        """The file that was sent, once it is known to be one of those taken."""
        sent = self.cleaned_data["document"]
        try:
            return read_document(sent.name, sent.read(LARGEST + 1)) if sent else None
        except Invalid as refusal:
            raise forms.ValidationError(refusal.message) from refusal

    def _set(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class PassForm(PlainForm):
    """Passing a mandate on."""

    holder = forms.ChoiceField(label="Person who may decide alone from now on")
    reason = WordsField(label="Why", help_text="Such as: the office has changed hands.")

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["holder"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose one"), *((str(person.id), str(person)) for person in people)]


class EndForm(PlainForm):
    """Ending a mandate before its time."""

    ends = DayField(label="Last day on which it can be used")
    reason = WordsField(label="Why")


class JoinForm(PlainForm):
    """Taking a seat by a link."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        help_text="As the others in your group know you. No account and no e-mail needed.",
    )
