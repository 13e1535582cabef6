"""Addresses of the pages. Every view answers a refusal with a page that says why."""

from django.conf import settings
from django.urls import URLPattern, path

from apps.pages import (
    bargaining,
    contributed,
    editions,
    element,
    framework,
    home,
    importing,
    joining,
    mandate,
    mandating,
    matrix,
    merging,
    offering,
    outbox,
    partnership,
    preparing,
    proposal,
    record,
    round,
    ruling,
    talk,
)
from apps.pages.web import View, answered


def page(address: str, view: View, name: str) -> URLPattern:
    """One page."""
    return path(address, answered(view), name=name)


urlpatterns = [
    page("", home.home, "home"),
    page("join/<str:token>/", joining.join, "join"),
    page("partnerships/new/", partnership.found, "found"),
    page("partnerships/<uuid:id>/", partnership.partnership, "partnership"),
    page("partnerships/<uuid:id>/groups/new/", partnership.new_group, "new_group"),
    page("partnerships/<uuid:id>/groups/<str:key>/invite/", partnership.invite, "invite"),
    page("partnerships/<uuid:id>/seats/<uuid:seat>/", partnership.seat, "seat"),
    page("partnerships/<uuid:id>/seats/<uuid:seat>/vacate/", partnership.vacate, "vacate"),
    page("partnerships/<uuid:id>/roles/new/", partnership.role, "role"),
    page("partnerships/<uuid:id>/mandates/new/", mandating.new_mandate, "new_mandate"),
    page("partnerships/<uuid:id>/mandates/<uuid:mandate>/", mandating.mandate, "mandate"),
    page("partnerships/<uuid:id>/mandates/<uuid:mandate>/document/", mandating.document, "mandate_document"),
    page("partnerships/<uuid:id>/mandates/<uuid:mandate>/pass/", mandating.pass_on, "pass_mandate"),
    page("partnerships/<uuid:id>/mandates/<uuid:mandate>/end/", mandating.end, "end_mandate"),
    page("partnerships/<uuid:id>/frameworks/new/", framework.create, "new_framework"),
    page("partnerships/<uuid:id>/record/", record.record, "record"),
    page("partnerships/<uuid:id>/record/checkpoint/", record.checkpoint, "checkpoint"),
    page("partnerships/<uuid:id>/record/<int:seq>/", record.entry, "entry"),
    page("partnerships/<uuid:id>/record/<int:seq>/bytes/", record.raw, "entry_raw"),
    page("partnerships/<uuid:id>/record/<int:seq>/receipt/", record.receipt, "receipt"),
    page("frameworks/<uuid:id>/", framework.framework, "framework"),
    page("frameworks/<uuid:id>/matrix/", matrix.matrix, "matrix"),
    page("frameworks/<uuid:id>/matrix.svg", matrix.as_svg, "matrix_svg"),
    page("frameworks/<uuid:id>/matrix.csv", matrix.as_csv, "matrix_csv"),
    page("frameworks/<uuid:id>/matrix.json", matrix.as_json, "matrix_json"),
    page("frameworks/<uuid:id>/contributions/", contributed.contributed, "contributed"),
    page("frameworks/<uuid:id>/plan/", framework.seal, "seal"),
    page("frameworks/<uuid:id>/gates/", framework.gates, "gates"),
    page("frameworks/<uuid:id>/import/", importing.upload, "import"),
    page("frameworks/<uuid:id>/import/<uuid:draft>/", importing.look, "import_look"),
    page("frameworks/<uuid:id>/levels/", framework.levels, "levels"),
    page("frameworks/<uuid:id>/editions/publish/", editions.publish, "publish"),
    page("frameworks/<uuid:id>/editions/changes/", editions.changes, "edition_changes"),
    page("frameworks/<uuid:id>/editions/<int:number>/", editions.edition, "edition"),
    page("frameworks/<uuid:id>/propose/", proposal.choose_kind, "propose"),
    page("frameworks/<uuid:id>/propose/<str:kind>/", proposal.add, "propose_kind"),
    page("frameworks/<uuid:id>/rules/new/", ruling.new_rule, "new_rule"),
    page("frameworks/<uuid:id>/rules/<uuid:rule>/", ruling.rule, "rule"),
    page("frameworks/<uuid:id>/rounds/new/", preparing.draft, "new_round"),
    page("elements/<uuid:id>/", element.element, "element"),
    page("elements/<uuid:id>/suggest/", element.suggest, "suggest"),
    page("elements/<uuid:id>/confirm/", element.confirm, "confirm_element"),
    page("elements/<uuid:id>/retire/", element.retire, "retire_element"),
    page("elements/<uuid:id>/outside/", element.outside, "outside"),
    page("elements/<uuid:id>/talks/<int:seq>/", talk.talk, "talk"),
    page("elements/<uuid:id>/decide/", mandate.decide_element, "decide_element"),
    page("proposals/<uuid:id>/", proposal.proposal, "proposal"),
    page("proposals/<uuid:id>/revise/", proposal.revise, "revise"),
    page("proposals/<uuid:id>/withdraw/", proposal.withdraw, "withdraw"),
    page("proposals/<uuid:id>/offer/", offering.offer, "offer"),
    page("proposals/<uuid:id>/merge/", merging.merge, "merge"),
    page("proposals/<uuid:id>/object/", proposal.object_to, "object"),
    page(
        "proposals/<uuid:id>/objections/<uuid:objection>/withdraw/",
        proposal.withdraw_objection_to,
        "withdraw_objection",
    ),
    page("proposals/<uuid:id>/decide/", mandate.decide_proposal, "decide_proposal"),
    page("proposals/<uuid:id>/window/", bargaining.window, "window"),
    page("offers/<uuid:id>/join/", bargaining.join, "join_offer"),
    page("offers/<uuid:id>/withdraw/", bargaining.take_back, "withdraw_offer"),
    page("offers/<uuid:id>/counter/", bargaining.counter, "counter"),
    page("offers/<uuid:id>/counter/answer/", bargaining.answer, "answer_counter"),
    page("offers/<uuid:id>/answer/", offering.answer, "answer"),
    page("offers/<uuid:id>/vote/", offering.put_to_vote, "put_to_vote"),
    page("rounds/<uuid:id>/", round.round, "round"),
    page("rounds/<uuid:id>/open/", round.open_it, "open_round"),
    page("rounds/<uuid:id>/close/", round.close_it, "close_round"),
]

if not settings.PRODUCTION:
    urlpatterns.append(page("outbox/", outbox.outbox, "outbox"))
