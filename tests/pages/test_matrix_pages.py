"""The picture of a framework: any day, any choice of measures, the same as a table and as files."""

import csv
import io
import json
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from apps.common import clock
from apps.provenance.models import Verdict
from tests.pages.conftest import Browser, Story
from tests.pages.reading import words

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"


def address(story: Story, name: str = "matrix") -> str:
    return reverse(name, args=[story.lismorrow.framework.id])


def test_every_step_says_the_day_what_moved_it_and_where_it_then_stood(story: Story, browser: Browser) -> None:
    page = browser("").get(address(story))
    said = words(page)
    assert "Agreed by all 6 groups. Negotiated, planned." in said
    assert "The target: set by the Health Trust" in said
    assert "began as negotiated, planned" in said
    entry = Verdict.objects.latest("seq").because
    assert f"/record/{entry}/" in page.content.decode()


def test_the_same_stands_in_the_drawing_the_table_and_the_files(story: Story, browser: Browser) -> None:
    verdict = Verdict.objects.latest("seq")
    client = browser("")
    document = json.loads(client.get(address(story, "matrix_json")).content)
    (measure,) = document["measures"]
    assert [point["ni"] for point in measure["points"]][-1] == str(verdict.ni)
    rows = list(csv.DictReader(io.StringIO(client.get(address(story, "matrix_csv")).content.decode("utf-8-sig"))))
    assert [row["ni"] for row in rows] == [point["ni"] for point in measure["points"]]
    assert [row["stands_now"] for row in rows] == ["no", "yes"]
    drawn = client.get(address(story, "matrix_svg"))
    assert drawn["Content-Type"] == "image/svg+xml"
    root = ElementTree.fromstring(drawn.content)
    titles = [title.text or "" for title in root.iter(f"{SVG}title")]
    assert any(title.startswith("M4, ") and "set by the Health Trust" in title for title in titles)


def test_a_day_shows_how_they_stood_then(story: Story, browser: Browser) -> None:
    today = clock.now().date()
    long_ago = words(browser("").get(address(story), {"at": "2001-01-01"}))
    assert "Where the measures stood on 1 January 2001" in long_ago
    assert "Nothing had been decided on these by then: M4 Loneliness" in long_ago
    later = json.loads(browser("").get(address(story, "matrix_json"), {"at": str(today + timedelta(days=1))}).content)
    assert len(later["measures"][0]["points"]) == 2


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        ({"group": "C", "did": "agreed"}, True),
        ({"group": "C", "did": "not_agreed"}, True),
        ({"group": "A", "did": "began"}, True),
        ({"group": "C", "did": "began"}, False),
        ({"ni": "mixed"}, True),
        ({"ni": "imposed"}, False),
        ({"pe": "planned"}, True),
        ({"pe": "emergent"}, False),
    ],
)
def test_measures_are_chosen_by_what_a_group_did_and_by_how_they_stand(
    choice: dict[str, str], found: bool, story: Story, browser: Browser
) -> None:
    document = json.loads(browser("").get(address(story, "matrix_json"), choice).content)
    assert [measure["code"] for measure in document["measures"]] == (["M4"] if found else [])
    if not found:
        assert "No measure is like that" in words(browser("").get(address(story), choice))


@pytest.mark.parametrize("asked", [{"at": "yesterday"}, {"outcome": "O9"}, {"group": "ZZ"}, {"ni": "bad"}])
def test_what_makes_no_sense_is_named_on_the_page_and_refused_as_a_file(
    asked: dict[str, str], story: Story, browser: Browser
) -> None:
    page = browser("").get(address(story), asked)
    assert page.status_code == 422
    assert "Choose one of the list." in words(page) or "Write the day like 2026-04-01." in words(page)
    assert browser("").get(address(story, "matrix_csv"), asked).status_code == 422


def test_who_may_not_read_a_partnership_sees_neither_picture_nor_files(story: Story, browser: Browser) -> None:
    story.lismorrow.partnership.visibility = "members"
    story.lismorrow.partnership.save()
    for name in ("matrix", "matrix_svg", "matrix_csv", "matrix_json"):
        assert browser("stan").get(address(story, name)).status_code in {403, 404}
        assert browser("ify").get(address(story, name)).status_code == 200


def test_the_rules_of_the_game_say_who_set_them_and_how_to_make_them_ones_own(story: Story, browser: Browser) -> None:
    page = browser("ify").get(address(story, "game"))
    said = words(page)
    assert "the convenor set them up" in said
    assert "Frontline staff: decides" in said
    assert reverse("propose_kind", args=[story.lismorrow.framework.id, "rules"]) in page.content.decode()
    assert "Propose rules" not in words(browser("").get(address(story, "game")))
