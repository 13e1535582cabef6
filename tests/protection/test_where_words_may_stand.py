"""A person's words stand in one table, and a person's name in one row: whoever adds another place has to say so here.

Every column that can hold text, every key of an entry that can, and every link to a person is listed with what it holds. A
place that is not listed fails: put words into `record_text` through `Act.text`, or say here why they are nobody's.
"""

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from apps.record.domain.schemas import registered

TEXTUAL = (models.CharField, models.TextField, models.JSONField, models.BinaryField, ArrayField)
FREE = {"str", "list", "map", "any"}

# Somebody's words, and nothing else: erased through apps.record.erasing.
WORDS = {"record_text.body"}
# Goes with the account, or holds no more than a key or a digest of something secret.
ACCOUNT = {
    "accounts_person": "password email name locale",
    "accounts_apitoken": "digest label",
    "account_emailaddress": "email",
    "account_emailconfirmation": "key",
    "mfa_authenticator": "data",
    "django_session": "session_key session_data",
    "partnerships_invitation": "digest",
    # A table somebody is looking at before bringing it in: nobody else sees it, and it is thrown away after two days.
    # What a group keeps in its drafting room: nobody else sees it; thrown away when tabled, or after ninety days.
    "proposals_draft": "subject values",
    "frameworks_importdraft": "name raw columns report",
}
# What the partnership is called and has adopted, as its convenor or its decisions put it: it belongs to the partnership.
PARTNERSHIPS = {
    "partnerships_partnership": "name summary",
    "partnerships_stakeholdergroup": "key name",
    "partnerships_seat": "label",
    "partnerships_mandate": "code authority basis limits",
    "partnerships_mandatedocument": "name media_type body",
    "frameworks_framework": "title levels",
    "frameworks_element": "code fields",
    "frameworks_elementversion": "fields",
    "frameworks_slot": "key title",
    "frameworks_edition": "state",
    "proposals_proposal": "code slot",
    "deliberation_registeredrule": "title document",
    "deliberation_round": "title",
    "deliberation_roundalternative": "key",
    "deliberation_decision": "patch",
}
# Keys, numbers, hashes, states and sentences that a program makes from a fixed stock.
MADE = {
    "auth_permission": "name codename",
    "auth_group": "name",
    "django_content_type": "app_label model",
    "record_log": "name frontier",
    "record_entry": "type subjects body leaf",
    "record_node": "hash",
    "record_text": "kind authors salt",
    "record_readerposition": "name",
    "record_checkpoint": "root note",
    "record_witness": "name url mail vkey",
    "record_cosignature": "line",
    "record_showing": "answer",
    "record_alarm": "why note seen_by",
    "record_keeper": "name mail url",
    "record_delivery": "answer",
    "partnerships_partnership": "days_off",
    "partnerships_mandate": "document_sha256 parts elements",
    "frameworks_framework": "gates",
    "frameworks_elementversion": "changed",
    "proposals_proposal": "sponsors state",
    "proposals_proposalversion": "fields",
    "proposals_offer": "fields taken_fields state",
    "proposals_comment": "field",
    "proposals_acceptablerange": "field",
    "deliberation_registeredrule": "hash",
    "deliberation_round": "phase plan",
    "deliberation_rounditem": "outcome result",
    "deliberation_ballot": "group_key choice salt sealed",
    "deliberation_roundkey": "key",
    "deliberation_paperballot": "choice sealed",
    "deliberation_paperssent": "versions",
    "deliberation_roundreason": "company",
    "deliberation_decision": "outcome act reason_code",
    "deliberation_fieldstate": "field",
    "deliberation_renegotiationtrack": "parts open_parts",
    "deliberation_dissent": "group_key",
    "measurement_pulse": "result",
    "measurement_need": "group_key",
    "measurement_alignment": "group_key",
    "measurement_noticing": "group_key",
    "measurement_pulseanswer": "group_key",
    "provenance_challenge": "group_key seed barred sides label",
    "provenance_panelmember": "answer label",
    "provenance_verdict": "label_ni label_pe flags headline document",
    "protection_erasurerequest": "ground rule",
    "protection_retention": "kind",
    "protection_exemption": "ground",
}
# Links to a person, and who cuts them when the person is erased.
LINKS = {
    "account_emailaddress.user_id": "goes with the account",
    "mfa_authenticator.user_id": "goes with the account",
    "frameworks_importdraft.person_id": "goes with the account, and after two days",
    "accounts_apitoken.person_id": "goes with the account",
    "partnerships_pseudonym.person_id": "forget",
    "partnerships_holding.person_id": "forget",
    "partnerships_role.person_id": "forget",
    "partnerships_mandate.holder_id": "forget",
    "notifications_notice.person_id": "forget_notices",
    "protection_erasurerequest.person_id": "erase_person",
}


def columns(*listed: dict[str, str]) -> set[str]:
    return {f"{table}.{column}" for each in listed for table, names in each.items() for column in names.split()}


def fields() -> list[tuple[str, "models.Field[object, object]"]]:
    found = [
        (f"{model._meta.db_table}.{field.column}", field)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
    ]
    return [(name, field) for name, field in found if not field.choices]


def test_no_column_that_can_hold_words_is_unknown() -> None:
    known = WORDS | columns(ACCOUNT, PARTNERSHIPS, MADE)
    there = {name for name, field in fields() if isinstance(field, TEXTUAL)}
    assert sorted(there - known) == [], "words belong into record_text (Act.text)"
    assert sorted(known - there) == [], "these are gone"


def test_no_link_to_a_person_is_unknown() -> None:
    there = {
        name
        for name, field in fields()
        if field.remote_field and field.remote_field.model._meta.label == "accounts.Person"
    }
    assert there == LINKS.keys(), "erasing a person has to cut it: apps.partnerships.services.leaving"


# In entries: what the partnership is called and has adopted ...
SAID = {
    "partnership.founded": "name",
    "group.added": "name",
    "mandate.recorded": "authority basis limits document",
    "framework.created": "title",
    "levels.named": "levels",
    "plan.sealed": "slots",
    "element.changed": "fields",
    "imposition.made": "patch",
    "imposition.lapsed": "patch",
    "outside.recorded": "patch",
    "inheritance.recorded": "patch",
    "witness.added": "name vkey",
    "witness.removed": "name vkey",
    "keeper.chosen": "name",
    "keeper.confirmed": "name",
    "keeper.tried": "name",
    "keeper.removed": "name",
    "rule.registered": "title document",
    "round.drafted": "title",
    "round.opened": "title",
    "papers.sent": "title",
}
# ... and keys under which every type of entry holds codes, dates, names of fields and sentences made by a program.
CODES = """
    about
    act
    action
    alternative
    answer
    basis_kind
    before
    by_group
    changed
    choice
    chosen
    closes_at
    code
    days_off
    dissent
    document
    document_sha256
    ends
    entitled
    entries
    field
    fields
    flags
    format
    ground
    group
    groups
    headline
    how
    items
    kept
    key
    kind
    label
    means
    multiset
    new
    old
    open
    opinions
    out
    outcome
    parts
    phase
    plan
    ready
    reason
    reason_code
    relation
    role
    rule
    seats
    secrecy
    seen_by
    simulation
    slot
    sponsors
    stage
    standing
    starts_at
    status
    subject
    through
    until
    visibility
    way
    what
    why
"""


def test_no_key_of_an_entry_that_can_hold_words_is_unknown() -> None:
    latest = {kind.name: kind for kind in registered()}
    strange = [
        f"{name}.{key}"
        for name, kind in latest.items()
        for key, holds in {**kind.required, **kind.optional}.items()
        if holds in FREE and key not in CODES.split() and key not in SAID.get(name, "").split()
    ]
    assert strange == [], "declare it as `text` and put the words into record_text (Act.text)"
    assert [name for name in SAID if name not in latest] == []
