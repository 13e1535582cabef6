"""The idea, the case library and their files: for anybody, and beside one's own measures."""

import json
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from apps.provenance.casebook import cases
from apps.provenance.domain.history import read_history
from apps.provenance.domain.rule import RULE_1
from apps.provenance.domain.scoring import score
from tests.pages.conftest import Browser, Story
from tests.pages.reading import words

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"


def test_the_idea_is_told_to_anybody_with_examples_that_lead_on(client: Client) -> None:
    page = client.get(reverse("idea"))
    assert "Two questions about every measure" in words(page)
    assert reverse("cases") in page.content.decode()
    assert reverse("case", args=["compstat_citistat"]) in page.content.decode()


def test_all_cases_stand_in_one_picture_and_in_the_table(client: Client) -> None:
    page = client.get(reverse("cases"))
    for case in cases().values():
        assert page.content.decode().count(reverse("case", args=[case.id])) >= 2
        assert case.short in words(page)
    assert "our reading of public sources" in words(page)


@pytest.mark.parametrize("id", list(cases()))
def test_a_case_shows_every_step_with_its_sources(id: str, client: Client) -> None:
    page = client.get(reverse("case", args=[id]))
    told = cases()[id]
    for step in told.steps:
        assert step.what in words(page)
        assert all(source.replace("&", "&amp;") in page.content.decode() for source in step.sources)
        assert (step.why_not or step.told) in words(page)


def test_an_unknown_case_is_not_there(client: Client) -> None:
    assert client.get("/cases/atlantis/").status_code == 404
    assert client.get("/cases/atlantis.json").status_code == 404


def test_cases_can_be_taken_away_and_scored_elsewhere(client: Client) -> None:
    document = json.loads(client.get(reverse("cases_json")).content)
    assert [one["id"] for one in document["cases"]] == list(cases())
    history = json.loads(client.get(reverse("case_history", args=["oregon"])).content)
    assert score(read_history(history)).to_json()["current"] == {"NI": "0.5732", "PE": "0.4286"}
    drawn = ElementTree.fromstring(client.get(reverse("cases_svg")).content)
    assert {"PSA", "Oregon"} <= {word.text for word in drawn.iter(f"{SVG}text")}
    assert json.loads(client.get(reverse("scoring_rule")).content) == RULE_1.document()


def test_a_case_stands_beside_ones_own_measures_in_the_same_picture(story: Story, browser: Browser) -> None:
    address = reverse("matrix", args=[story.lismorrow.framework.id])
    page = browser("").get(address, {"beside": ["psa", "strive"]})
    drawn = page.content.decode()
    assert drawn.count("journey-beside") >= 2
    assert "Public Service Agreements" in words(page)
    assert "1 measure on two lines" in words(page), "a case is not counted among one's own measures"
    alone = browser("").get(reverse("matrix_svg", args=[story.lismorrow.framework.id]), {"beside": "psa"})
    texts = {word.text for word in ElementTree.fromstring(alone.content).iter(f"{SVG}text")}
    assert {"M4", "PSA"} <= texts
    assert browser("").get(address, {"beside": "atlantis"}).status_code == 422
