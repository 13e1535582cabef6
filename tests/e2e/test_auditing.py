"""An auditor's first screen, what administrators did, the filtered record and the pages of data protection: without a fault, at
every width.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page

from tests.people import Lismorrow
from tests.protection.story import officer, samiras_year

pytestmark = [pytest.mark.browser, pytest.mark.services, pytest.mark.django_db(transaction=True)]


def test_the_pages_of_audit_and_protection_have_no_fault(live_lismorrow: Lismorrow, visit: Callable[..., Page]) -> None:
    samiras_year(live_lismorrow)
    una, here = officer(live_lismorrow).person, live_lismorrow.partnership.id
    pages = {
        "audit": ("Tomasz", reverse("audit", args=[here])),
        "administration": ("Tomasz", reverse("administration", args=[here])),
        "record": ("Tomasz", reverse("record", args=[here]) + "?topic=proposals&who=C"),
        "data": ("Una", reverse("data", args=[here])),
        "between": ("Tomasz", reverse("between", args=[live_lismorrow.framework.id])),
        "ask": ("Samira", reverse("ask_erasure", args=[here])),
    }
    for name, (who, address) in pages.items():
        for phone in (False, True):
            page = visit(una if who == "Una" else live_lismorrow.people[who], address, phone=phone)
            found = Axe().run(page)
            if folder := os.environ.get("LOOK"):
                for scheme in ("light", "dark"):
                    page.emulate_media(color_scheme=scheme)
                    page.screenshot(
                        path=str(Path(folder) / f"{name}-{'360' if phone else '1280'}-{scheme}.png"), full_page=True
                    )
            assert found.violations_count == 0, (name, found.generate_report())
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
