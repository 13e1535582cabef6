"""Choosing who keeps checkpoints outside, and holding a kept one against the record."""

from django import forms

from apps.pages.forms.base import PlainForm


class KeeperForm(PlainForm):
    """Somebody outside, and where checkpoints go."""

    name = forms.CharField(
        label="Who it is",
        max_length=120,
        help_text="An office or organisation, as everybody will read it in the record.",
    )
    mail = forms.CharField(label="Mail address", max_length=254, required=False, help_text="One mail a day at most.")
    url = forms.CharField(
        label="Or an address on the net",
        max_length=300,
        required=False,
        help_text="It begins with https:// and takes JSON by POST. Pages show its beginning only.",
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false"}),
    )


class HoldForm(PlainForm):
    """A checkpoint somebody kept."""

    note = forms.CharField(
        label="The checkpoint you kept",
        help_text="All of it, as it came: the name of the record, numbers, and the lines that begin with a dash.",
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "hash"}),
        max_length=20_000,
    )
