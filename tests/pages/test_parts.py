"""The partial templates and tags, fed with plain values."""

import json
import re
from fractions import Fraction
from typing import Any

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.test import RequestFactory

from apps.pages.drawing.bar import Choice
from apps.pages.shown import Change, Fact, Line, Part, Piece, Position, ResultRow, Step
from apps.provenance.presenting.journeys import Journey, Stop

HOSTILE = '"><script>alert(1)</script>'


def rendered(source: str, **context: Any) -> str:
    return Template("{% load negotiator %}" + source).render(Context(context))


def part(name: str, **context: Any) -> str:
    return render_to_string(f"parts/{name}.html", context)


def spoken(markup: str) -> str:
    """What is left when the tags are taken away."""
    return " ".join(re.sub(r"<[^>]*>", " ", markup).split())


class Asked(forms.Form):
    words = forms.CharField(label="Your suggestion", help_text="In your own words.")
    matters = forms.ChoiceField(
        label="Does it matter?",
        widget=forms.RadioSelect,
        choices=[*((str(step), str(step)) for step in range(1, 10)), ("unable", "I cannot say")],
    )
    read = forms.BooleanField(label="I have read it")


def test_a_position_is_a_mark_with_words_beside_it() -> None:
    shown = rendered("{% position here %}", here=Position(Fraction(57, 100), Fraction(1, 2), "mixed; imposed in 2008"))
    assert "mark-dot" in shown
    assert spoken(shown) == "mixed; imposed in 2008"


def test_what_is_not_decided_says_so() -> None:
    assert spoken(rendered("{% position here %}", here=None)) == "no decision yet"
    assert rendered("{% bar here %}", here=None).strip() == ""


def test_a_bar_names_its_four_ends() -> None:
    shown = spoken(rendered("{% bar here %}", here=Position(0.2, 0.8, "imposed", (0, 0))))
    assert all(end in shown for end in ("emergent", "imposed", "negotiated", "planned"))


def test_the_matrix_comes_with_its_legend_and_the_same_as_a_table() -> None:
    journeys = [Journey("M1", "Loneliness", "negotiated", (Stop(Fraction(8, 10), 0.25, "agreed by all six"),), "/m1/")]
    shown = rendered('{% matrix journeys "Where we stand" %}', journeys=journeys)
    assert '<th scope="row"><a href="/m1/">M1 Loneliness</a></th>' in shown
    assert ">0.8</td>" in shown
    assert "required from outside" not in shown
    assert "the way it came" not in shown


def test_a_result_says_its_counts_its_turnout_and_its_reason() -> None:
    row = ResultRow(
        name="Community",
        choices=(Choice("for", "for", 5), Choice("against", "against", 1)),
        apart=(Choice("abstain", "abstained", 1),),
        took_part=7,
        entitled=8,
        sentence="83.3 % for, 70 % needed.",
        threshold=Fraction(7, 10),
        state="agreed",
        state_words="agreed",
    )
    shown = part("results", rows=[row], verdict="Agreed: 4 of 4 groups.")
    assert "83.3 % for, 70 % needed. 7 of 8 took part." in spoken(shown)
    assert 'class="choice-tick" x1="70%"' in shown
    assert 'width="87.5%"' in shown


def test_the_row_for_all_together_says_the_counts_which_the_reasons_of_groups_hold_already() -> None:
    choices = (Choice("for", "for", 5), Choice("against", "against", 1))
    row = ResultRow(
        "All", choices, 7, 8, "Shown for comparison.", apart=(Choice("abstain", "abstained", 1),), overall=True
    )
    assert "5 for, 1 against, 1 abstained; 7 of 8 took part." in spoken(part("results", rows=[row]))


def test_a_group_without_seats_has_no_turnout_line() -> None:
    row = ResultRow("Nobody", (Choice("for", "for", 0),), 0, 0, "Nobody could vote.")
    assert "turnout-line" not in part("results", rows=[row])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change("Target", "number", old="75", new="72", unit="%"), "Target was 75 % → will be 72 %"),
        (Change("Owner", "plain", new="Health Trust"), "Owner nothing → will be Health Trust"),
        (
            Change("Split", "set", removed=["age"], added=["ward", "sex"], kept=["area"]),
            "Split Removed age Added ward , sex Kept area",
        ),
        (
            Change("Name", "text", pieces=[Piece("same", "aged "), Piece("removed", "19"), Piece("added", "21")]),
            "Name aged removed: 19 added: 21",
        ),
        (
            Change("Range", "range", old_range=(20, 40), new_range=(25, 35), scale=(0, 60), unit="hours"),
            "Range Was 20 to 40 hours 20 to 40 hours Will be 25 to 35 hours 25 to 35 hours",
        ),
    ],
)
def test_every_kind_of_change_can_be_read_without_colour(change: Change, words: str) -> None:
    assert spoken(part("changes", changes=[change])) == words


def test_a_line_of_the_story_leads_to_its_entry() -> None:
    shown = part("timeline", lines=[Line("1 April 2024", "Set by the chair", "Chair", "Law", "/e/88/", 88)])
    assert '<a href="/e/88/">entry 88</a>' in shown
    assert spoken(shown) == "1 April 2024 · Chair entry 88 Set by the chair Law"


def test_parts_are_headed_in_plain_words() -> None:
    shown = part("field_list", parts=[Part("population", [Fact("Age", "16 and over")], set_by="Agreed in 2023")])
    assert spoken(shown) == "Who is counted Age 16 and over Agreed in 2023"


@pytest.mark.parametrize(
    "shown",
    [
        lambda: part("timeline", lines=[Line(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, 1, Position(0, 0, HOSTILE))]),
        lambda: part("changes", changes=[Change(HOSTILE, "text", pieces=[Piece("added", HOSTILE)])]),
        lambda: part(
            "results", verdict=HOSTILE, rows=[ResultRow(HOSTILE, (Choice("for", HOSTILE, 1),), 1, 1, HOSTILE)]
        ),
        lambda: part("field_list", parts=[Part("target", [Fact(HOSTILE, HOSTILE)], HOSTILE, url=HOSTILE)]),
        lambda: rendered(
            "{% bar p %}{% matrix j h %}",
            p=Position(0, 0, HOSTILE),
            j=[Journey(HOSTILE, HOSTILE, "mixed", (Stop(0, 0, HOSTILE),), HOSTILE)],
            h=HOSTILE,
        ),
        lambda: rendered('{% island "room" props=p %}{{ h }}{% endisland %}', p={"a": HOSTILE}, h=HOSTILE),
    ],
)
def test_markup_in_words_stays_words(shown: Any) -> None:
    assert "<script" not in shown()


def test_an_island_carries_its_values_and_the_page_without_scripts() -> None:
    shown = rendered(
        '{% island "room" props=values %}<form></form>{% endisland %}', values={"seat": "é'\"<", "cursor": 4}
    )
    found = re.fullmatch(r'<div data-island="room" data-props="([^"]*)"><form></form></div>', shown)
    assert found is not None
    unescaped = rendered("{% autoescape off %}{{ x }}{% endautoescape %}", x=found[1])
    for code, sign in (("&quot;", '"'), ("&#x27;", "'"), ("&lt;", "<"), ("&amp;", "&")):
        unescaped = unescaped.replace(code, sign)
    assert json.loads(unescaped) == {"seat": "é'\"<", "cursor": 4}


def test_a_misspelt_island_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match="Write"):
        rendered('{% island "room" values %}{% endisland %}')


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Fraction(24, 34), "70.6 %"),
        (Fraction(1, 2), "50 %"),
        (Fraction(145, 1000), "14.5 %"),
        (0, "0 %"),
        (1, "100 %"),
        (Fraction(3, 8000), "0 %"),
    ],
)
def test_shares_are_said_in_percent(share: Fraction, words: str) -> None:
    assert rendered("{{ share|percent }}", share=share).replace("\u202f", " ") == words


def test_figures_carry_one_decimal_and_halves_go_to_even() -> None:
    assert [rendered("{{ f|one_decimal }}", f=Fraction(n, 100)) for n in (25, 35, 57)] == ["0.2", "0.4", "0.6"]


def test_every_field_has_its_label_its_hint_and_its_error() -> None:
    form = Asked({})
    shown = render_to_string(
        "parts/form.html", {"form": form, "submit": "Send to all groups"}, RequestFactory().get("/")
    )
    assert '<label for="id_words">Your suggestion</label>' in shown
    assert 'id="id_words_helptext"' in shown
    assert re.search(r'aria-describedby="id_words_helptext[^"]*id_words_error"', shown)
    assert shown.count("<legend>") == 1
    assert "csrfmiddlewaretoken" in shown


def test_a_rating_is_nine_steps_with_cannot_say_below_them() -> None:
    shown = part("field", field=Asked()["matters"], rating=True, low="1: no", high="9: yes")
    assert shown.count('class="rating-step"') == 9
    assert shown.index("9: yes") < shown.index("I cannot say")


def test_the_error_summary_leads_to_the_fields() -> None:
    shown = part("error_summary", form=Asked({}))
    targets = re.findall(r'href="#([^"]+)"', shown)
    fields = part("form", form=Asked({}))
    assert len(targets) == 3
    assert all(f'id="{target}"' in fields for target in targets)


def test_a_refusal_is_said_in_the_summary() -> None:
    shown = part("error_summary", errors=[Step("This mandate does not reach targets.", "#id_target")])
    assert '<a href="#id_target">This mandate does not reach targets.</a>' in shown


def page(**context: Any) -> str:
    request = RequestFactory().get("/framework/")
    return render_to_string("base.html", {"title": "Loneliness", "sentence": "Who is lonely.", **context}, request)


def test_a_page_holds_no_script_and_no_style_of_its_own() -> None:
    shown = page(demo=True, nav=[Step("Framework", "/framework/")], where=[Step("Lismorrow", "/"), Step("M4")])
    assert not re.search(r"<style|style=|\son\w+=|javascript:", shown)
    assert all('src="' in script for script in re.findall(r"<script[^>]*>", shown))


def test_a_page_says_where_one_is_and_lets_one_skip_there() -> None:
    shown = page(nav=[Step("Framework", "/framework/")], where=[Step("Lismorrow", "/"), Step("M4")])
    assert shown.index('href="#main"') < shown.index('<main class="main" id="main"')
    assert '<a href="/framework/" aria-current="page">Framework</a>' in shown
    assert '<span aria-current="page">M4</span>' in shown
    assert shown.count("<h1>") == 1


def test_only_a_demo_says_that_it_is_invented() -> None:
    words = "Invented people and places; times in this partnership are moved."
    assert words in page(demo=True)
    assert words not in page()


def test_a_page_with_errors_says_so_in_its_title() -> None:
    assert "<title>Please check: Loneliness" in page(errors=[Step("Something is missing.")])
