"""The two questions after a decision."""

from django import forms

from apps.measurement.domain.pulse import SCALE
from apps.pages.forms.base import PlainForm

STEPS = [(step, str(step)) for step in SCALE]


class PulseForm(PlainForm):
    """Could we shape this, does it matter to our work: each from 1 to 9."""

    shape = forms.TypedChoiceField(
        label="Could we shape this?",
        coerce=int,
        choices=STEPS,
        widget=forms.RadioSelect,
        help_text="We: the people your seat speaks for.",
    )
    matter = forms.TypedChoiceField(
        label="Does it matter to our work, or to our lives?", coerce=int, choices=STEPS, widget=forms.RadioSelect
    )
