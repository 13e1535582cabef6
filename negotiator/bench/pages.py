"""Pages of a large framework, in the server alone, and the diff of long texts, held against the times people are promised."""

from collections.abc import Callable, Iterator, Mapping
from random import Random
from statistics import median
from time import perf_counter

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from apps.accounts.models import Person
from apps.proposals.domain.words import words
from negotiator.bench.large import Large, make_large
from negotiator.bench.measuring import Measured

PAGE_MS, DIFF_MS, QUERIES = 100, 20, 12
TIMES = 15


def measure() -> Iterator[Measured]:
    """400 elements, 5,000 proposals, 20,000 offers of change: each page fifteen times, and how often it asks the database."""
    large = make_large()
    client = _signed_in(large.member)
    for name, address in _pages(large).items():
        took, asked = _page(client, address)
        yield Measured(f"page {name}, median", took, "ms", at_most=PAGE_MS)
        yield Measured(f"page {name}, queries", asked, "queries", at_most=QUERIES)
    yield Measured("word diff of two texts of 10 kB, a tenth changed", _diff(0.1), "ms", at_most=DIFF_MS)
    yield Measured("word diff of two texts of 10 kB, all changed", _diff(1), "ms", at_most=DIFF_MS)


def _pages(large: Large) -> Mapping[str, str]:
    framework, partnership = large.framework.id, large.framework.partnership_id
    return {
        "home": reverse("home"),
        "partnership": reverse("partnership", args=[partnership]),
        "framework": reverse("framework", args=[framework]),
        "fields of a framework": reverse("fields", args=[framework]),
        "matrix": reverse("matrix", args=[framework]),
        "element": reverse("element", args=[large.element]),
        "proposal": reverse("proposal", args=[large.proposal]),
        "what became of it": reverse("contributed", args=[framework]),
        "edition": reverse("edition", args=[framework, 1]),
        "what changed between editions": reverse("edition_changes", args=[framework]),
        "record": reverse("record", args=[partnership]),
        "search": reverse("search") + "?q=lonely",
    }


def _signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def _page(client: Client, address: str) -> tuple[float, int]:
    """Median milliseconds of a page in the server, and its queries."""
    asked: list[str] = []

    def counted(run: Callable[..., object], sql: str, *rest: object) -> object:
        asked.append(sql)
        return run(sql, *rest)

    with connection.execute_wrapper(counted):
        answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return _median(lambda: client.get(address)), len(asked)


def _diff(changed: float) -> float:
    random = Random(4)
    old = [random.choice(["care", "home", "people", "often", "alone", "street", "young"]) for _ in range(1_750)]
    new = [f"new{place}" if random.random() < changed else word for place, word in enumerate(old)]
    return _median(lambda: words(" ".join(old), " ".join(new)))


def _median(run: Callable[[], object]) -> float:
    took = []
    for _ in range(TIMES):
        began = perf_counter()
        run()
        took.append(perf_counter() - began)
    return median(took) * 1000
