"""Which fields an element has: the catalogue, in the seven parts in which provenance is counted (methods: parts of a measure)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

PARTS: Mapping[str, str] = {
    "definition": "what is counted",
    "formula": "how it is worked out",
    "target": "the target",
    "source": "where the figure comes from",
    "population": "who is counted",
    "frequency": "how often",
    "consequence": "what follows",
}
"""The parts of a measure, in order, in the page's words. Other elements have the part `definition` only."""

POLARITIES = {"up": "better is higher", "down": "better is lower", "range": "better is nearer to a middle value"}
CONSEQUENCES = {"payment": "payment", "ranking": "ranking", "intervention": "intervention", "none": "nothing"}
COPRODUCTION = {
    "commission": "commission",
    "design": "design",
    "deliver": "deliver",
    "assess": "assess",
    "collect": "collect the data",
}
SCORING_RULES = {"1": "version 1"}
"""The versions of the scoring rule that can be adopted; the rule itself is applied two rooms above."""


@dataclass(frozen=True)
class Field:
    """One field of a kind of element.

    `kind` is how the value is typed: text, long_text, number, choice, period, periods, target, baseline, set, reference,
    references or bool. `of` says what a set or reference names: `group` (keys of groups), `outcome`, `instrument` (ids
    of elements; `reference` also takes words), `level` (the names a framework gives its levels). `choices` maps stored
    keys to labels. `length` is the longest text.
    """

    key: str
    part: str
    kind: str
    label: str
    hint: str = ""
    length: int = 200
    required: bool = False
    of: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)


_TITLE = Field("title", "definition", "text", "Title", "A short name people will recognise.", 300, required=True)

MEASURE = (
    _TITLE,
    Field(
        "definition", "definition", "long_text", "What is counted",
        "In one sentence somebody outside would understand.", 4000, required=True,
    ),
    Field("serves", "definition", "references", "Desired outcomes it serves", of="outcome"),
    Field(
        "required_from_outside", "definition", "bool", "Required from outside",
        "Set by law or contract: shown, but not ours to change.",
    ),
    Field("required_by", "definition", "text", "What requires it", "The law, contract or return, with its number.", 300),
    Field("numerator", "formula", "text", "Counted (above the line)", "For a share: those who count.", 2000),
    Field("denominator", "formula", "text", "Out of (below the line)", "For a share: all who could count.", 2000),
    Field("calculation", "formula", "long_text", "How it is worked out, in words", length=4000),
    Field("unit", "formula", "text", "Unit", "As printed beside the number: %, households, per 100,000.", 120),
    Field("polarity", "formula", "choice", "Which way is better", choices=POLARITIES),
    Field("midpoint", "formula", "number", "Best middle value", "Only where better is nearer to a middle value."),
    Field("baseline", "target", "baseline", "Where it started", "The value before, and for which time."),
    Field("target", "target", "target", "Target", "A value, or a lower and an upper end, and by when."),
    Field("data_source", "source", "long_text", "Where the figure comes from", "A register, a survey, a return.", 2000),
    Field(
        "instrument", "source", "reference", "How it is collected",
        "An evaluation instrument, or its name.", 300, of="instrument",
    ),
    Field("owner", "source", "text", "Who answers for it", "A body or a post."),
    Field("collectors", "source", "set", "Who collects it", "The groups whose people do the work.", of="group"),
    Field("burden_minutes", "source", "number", "Time it takes to collect", "Minutes for each person counted."),
    Field("coproduction", "source", "set", "What users and communities do", choices=COPRODUCTION),
    Field("population", "population", "long_text", "Who is counted", "And who is left out.", 2000),
    Field("measured", "population", "set", "Whose work is measured", "The groups that are judged by it.", of="group"),
    Field("disaggregations", "population", "set", "Shown apart for", "Such as area, sex, age, carers."),
    Field("periods", "frequency", "text", "How often", "Such as yearly, or every third year.", 300),
    Field(
        "reporting_periods", "frequency", "periods", "For which times",
        "One on each line, with its first and last day: 2023/24: 2023-04-01 to 2024-03-31.",
    ),
    Field("consequence", "consequence", "choice", "What follows if it is missed", choices=CONSEQUENCES),
    Field("change_criteria", "consequence", "long_text", "When it should be changed", length=2000),
)  # fmt: skip

FIELDS: Mapping[str, tuple[Field, ...]] = {
    "mission": (_TITLE, Field("definition", "definition", "long_text", "In more words", length=4000)),
    "value": (_TITLE, Field("definition", "definition", "long_text", "What it asks of us", length=4000)),
    "outcome": (
        _TITLE,
        Field("definition", "definition", "long_text", "What should become true for people", length=4000),
        Field(
            "level", "definition", "text", "Level", "As this framework names it: goal, outcome, sub-outcome.", 60,
            of="level",
        ),
    ),
    "instrument": (
        _TITLE,
        Field("definition", "definition", "long_text", "What it asks and how", length=4000),
        Field("population", "definition", "text", "Who it is meant for", "Such as adults, or pupils of years 9 to 12.", 300),
        Field("languages", "definition", "set", "Languages it exists in"),
        Field("minutes", "definition", "number", "Time it takes to answer", "Minutes for each person."),
        Field("publisher", "definition", "text", "Who publishes it", length=300),
        Field("licence_needed", "definition", "bool", "Needs a licence"),
        Field("licence", "definition", "text", "Licence", "Number, holder and how long it is valid.", 500),
    ),
    "measure": MEASURE,
    "rules": (
        _TITLE,
        Field("definition", "definition", "long_text", "Who has a say, and how", "Who belongs, who decides, who advises.", 4000),
        Field(
            "default_rule", "definition", "text", "How we decide unless we decide otherwise",
            "Such as: by consent of every group.", 300,
        ),
        Field(
            "scoring_rule", "definition", "choice", "How it is worked out who decided",
            "The version of the published scoring rule; verdicts that stand keep theirs.", choices=SCORING_RULES,
        ),
    ),
}  # fmt: skip
"""Every field of every kind of element, in the order of a page."""
