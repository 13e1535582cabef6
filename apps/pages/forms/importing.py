"""What somebody fills in who brings in a table: the file, what its columns mean, and why."""

from collections.abc import Iterable
from typing import Any

from django import forms

from apps.deliberation.domain.inheriting import ALONE, ORIGINS, TOGETHER, Attested
from apps.frameworks.domain.importing import LARGEST, Mapping, Table, targets_of
from apps.pages.forms.base import DayField, PlainForm, WordsField
from apps.pages.forms.proposal import WINDOW_HINT, set_choices
from apps.pages.present.words import KINDS, capital
from apps.partnerships.models import StakeholderGroup

WAYS = (
    ("drafts", "A draft, to be negotiated: every row becomes a suggestion on the table"),
    ("inherited", "In force here already: every row enters as it stands, before the founding plan is sealed"),
)


class UploadForm(PlainForm):
    """Sending a table."""

    file = forms.FileField(
        label="The table",
        help_text="A CSV file, as every spreadsheet saves one. Nothing is brought in before you have looked at it.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty.", "missing": "Choose a file."},
    )
    way = forms.ChoiceField(label="What it is", widget=forms.RadioSelect, choices=WAYS, initial="drafts")

    def __init__(self, *args: Any, ways: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "way", [(way, words) for way, words in WAYS if way in set(ways)])

    def clean_file(self) -> Any:
        """No more than is read at once."""
        found = self.cleaned_data["file"]
        if found.size > LARGEST:
            raise forms.ValidationError(
                f"The file has {found.size:,} bytes; at most {LARGEST:,} are read at once. Divide it."
            )
        return found


class ColumnsForm(PlainForm):
    """What each column means."""

    rows_are = forms.ChoiceField(
        label="What a row is, where no column says so",
        choices=[(kind, f"A {words}") for kind, words in KINDS.items()],
    )

    def __init__(self, *args: Any, table: Table, columns: Mapping, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        self.initial["rows_are"] = columns.rows_are
        for index, name in enumerate(table.header):
            sample = next((cell.strip() for cell in table.column(index) if cell.strip()), "")
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=name[:80],
                required=False,
                choices=[(key, label) for key, label in targets_of(table).items()],
                help_text=f"Such as: {sample[:80]}" if sample else "Empty in every row.",
                initial=columns.columns.get(index, ""),
            )

    def columns(self) -> Mapping:
        """What was chosen; without a choice, what was chosen before."""
        chosen = {index: self.cleaned_data.get(f"column_{index}", "") for index in range(len(self.table.header))}
        return Mapping({index: meant for index, meant in chosen.items() if meant}, self.cleaned_data["rows_are"])


class BringInForm(PlainForm):
    """Bringing in drafts: why, and until when others can offer changes."""

    rationale = WordsField(
        label="Why", help_text="It stands with every suggestion that has no reason of its own in the table."
    )
    offers_until = DayField(label="Last day for offering changes", required=False, help_text=WINDOW_HINT)


class AttestForm(PlainForm):
    """What is attested of how something came to be in force."""

    evidence = WordsField(
        label="What shows it", help_text="A decision, a contract, a circular: its date, who made it, what it says."
    )
    since = DayField(label="In force since", required=False)
    method = forms.ChoiceField(
        label="How it was decided", required=False, choices=[("", "Not known"), *ALONE.items(), *TOGETHER.items()]
    )
    by = forms.CharField(label="Who set it, if one party did", required=False, max_length=300)
    under = forms.CharField(
        label="On what basis", required=False, max_length=300, help_text="A law, a duty, an instruction."
    )
    concurring = forms.MultipleChoiceField(
        label="Which groups agreed, if it was decided together", required=False, widget=forms.CheckboxSelectMultiple
    )
    origin = forms.ChoiceField(
        label="Where it came from", required=False, choices=[("", "Not known"), *ORIGINS.items()]
    )

    def __init__(self, *args: Any, groups: Iterable[StakeholderGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(
            self, "concurring", [(group.key, capital(group.name)) for group in groups if group.kind != "observer"]
        )

    def facts(self) -> Attested:
        """The facts as the service takes them."""
        data = self.cleaned_data
        return Attested(
            data["since"], data["method"], data["origin"], data["by"], data["under"], tuple(data["concurring"])
        )
