"""Why words are erased, kept or left out: the grounds of the law, by code, with the article and a reader's words.

Sources: Regulation (EU) 2016/679 (GDPR; the UK GDPR has the same numbers), Articles 5, 12 and 17; Freedom of Information Act
2000 (UK), Part II.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Ground:
    """`article` is where it stands, `words` what it says to a reader."""

    article: str
    words: str


ERASURE: Mapping[str, Ground] = {
    "not_needed": Ground("GDPR Art. 17(1)(a)", "it is not needed any more for what it was written for"),
    "consent": Ground("GDPR Art. 17(1)(b)", "the person withdrew their consent"),
    "objection": Ground("GDPR Art. 17(1)(c)", "the person objected, and nothing weighs more"),
    "unlawful": Ground("GDPR Art. 17(1)(d)", "it should not have been kept"),
    "obligation": Ground("GDPR Art. 17(1)(e)", "the law requires it"),
    "child": Ground("GDPR Art. 17(1)(f)", "it was collected from a child online"),
    "period": Ground("GDPR Art. 5(1)(e)", "the time for keeping it is over"),
}
REFUSAL: Mapping[str, Ground] = {
    "expression": Ground("GDPR Art. 17(3)(a)", "freedom of expression and information weighs more"),
    "public_task": Ground("GDPR Art. 17(3)(b)", "a legal obligation or a public task needs it"),
    "public_health": Ground("GDPR Art. 17(3)(c)", "public health needs it"),
    "archiving": Ground("GDPR Art. 17(3)(d)", "archiving, research or statistics in the public interest need it"),
    "claims": Ground("GDPR Art. 17(3)(e)", "legal claims need it"),
    "unfounded": Ground("GDPR Art. 12(5)", "the request is manifestly unfounded or excessive"),
    "identity": Ground("GDPR Art. 12(6)", "it is not certain who asks"),
}
RULES: Mapping[str, str] = {
    "person": "Name, contact details, words that were not adopted and the link to a seat go when their person asks.",
    "adopted": "Adopted wordings belong to the partnership and stay.",
    "office": "Reasons given in an act of office stay with the act.",
    "passage": "Words about somebody who did not agree to them are erased.",
    "period": "Words are erased when the period for their kind is over.",
}
EXEMPTION: Mapping[str, Ground] = {
    "safety": Ground("FOIA 2000 s. 38", "it could endanger somebody's health or safety"),
    "personal": Ground("FOIA 2000 s. 40", "it is about a person"),
    "confidence": Ground("FOIA 2000 s. 41", "it was given in confidence"),
    "privilege": Ground("FOIA 2000 s. 42", "it is advice under legal privilege"),
    "commercial": Ground("FOIA 2000 s. 43", "it would harm commercial interests"),
}
DAYS_TO_ANSWER = 30
"""Within how many days a request is answered (GDPR Art. 12(3): one month)."""
