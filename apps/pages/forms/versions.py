"""Which two versions are compared."""

from collections.abc import Mapping, Sequence

from django import forms

from apps.pages.forms.base import PlainForm


class VersionsForm(PlainForm):
    """The newest and the one before it, where nothing or nothing sensible is asked for."""

    old = forms.TypedChoiceField(label="The older one", coerce=int)
    new = forms.TypedChoiceField(label="The newer one", coerce=int)

    def __init__(self, asked: Mapping[str, str], numbers: Sequence[int]) -> None:
        choices = [(number, f"Version {number}") for number in numbers]
        known = {str(number) for number in numbers}
        newest = str(numbers[-1])
        before = str(numbers[-2]) if len(numbers) > 1 else newest
        usual = {"old": before, "new": newest}
        super().__init__({name: asked[name] if asked.get(name) in known else usual[name] for name in usual})
        for name in usual:
            field = self.fields[name]
            assert isinstance(field, forms.TypedChoiceField)
            field.choices = choices

    def chosen(self) -> tuple[int, int]:
        """The older and the newer number."""
        self.full_clean()
        first, second = sorted((self.cleaned_data["old"], self.cleaned_data["new"]))
        return first, second
