"""Saying or asking something about a field."""

from collections.abc import Iterable
from typing import Any

from django import forms

from apps.pages.forms.base import PlainForm, WordsField


class CommentForm(PlainForm):
    """A comment, a question or evidence; `on_number` is the version one had before one's eyes."""

    kind = forms.ChoiceField(
        label="What is it",
        widget=forms.RadioSelect,
        choices=[("comment", "A comment"), ("question", "A question"), ("evidence", "Evidence")],
    )
    field = forms.ChoiceField(label="About", required=False)
    words = WordsField(label="Your words", help_text="Everybody reads them, with the name of your group.")
    quote = forms.CharField(
        label="The passage you mean", required=False, max_length=500, help_text="Copied from the text. It may be empty."
    )
    link = forms.URLField(
        label="Link",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="Where the evidence can be read. Needed for evidence.",
    )
    on_number = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, labels: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["field"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "The whole"), *labels]


class ReplyForm(PlainForm):
    """Answering a comment."""

    words = WordsField(label="Your answer", help_text="Everybody reads it, with the name of your group.")
    link = forms.URLField(label="Link", required=False, max_length=500, assume_scheme="https")
