"""Four everyday rules: what a facilitator picks from first."""

from apps.consensus.templates.template import Document, Template, of_groups

RATING: Document = {
    "kind": "rating",
    "scale": [1, 9],
    "criterion": "share",
    "in": [{"range": [7, 9], "at_least": "0.70"}, {"range": [1, 3], "below": "0.15"}],
    "out": [{"range": [1, 3], "at_least": "0.70"}, {"range": [7, 9], "below": "0.15"}],
    "unable": "excluded",
}
TWO_THIRDS: Document = {"kind": "majority", "threshold": {"share": "2/3", "strict": False, "of": "cast"}}

EVERYDAY: tuple[Template, ...] = (
    Template(
        "everyone_can_live_with_it",
        "Everyone can live with it",
        "For what people must carry out together, with time to mend an objection: good enough for now, safe enough to try.",
        "One person who does not explain an objection can hold up everybody; people who dislike conflict may stay silent.",
        "Consent in sociocracy: Endenburg 1998; Villines & Buck 2007.",
        of_groups({"kind": "consent"}, {"kind": "all"}),
    ),
    Template(
        "most_of_every_group",
        "Most of every group",
        "For what no group should have decided over its head, when a yes or no is enough.",
        "A small group can stop a large one, and within each group the outvoted minority counts for nothing. A tie is not a yes.",
        "Concurrent majorities: Swiss federal votes; parallel consent in the Belfast Agreement, strand one.",
        of_groups({"kind": "majority", "threshold": {"share": "1/2", "strict": True, "of": "cast"}}, {"kind": "all"}),
    ),
    Template(
        "rate_it",
        "Rate it",
        "For choosing among many possible measures, from 1 to 9, in two or three rounds with feedback between them.",
        "In a group under seven a single low rating is a veto; the limits of 70 % and 15 % are custom, not science.",
        "Core outcome sets: Harman and others 2015 (COMET); RAND/UCLA scale: Fitch and others 2001.",
        of_groups(RATING, {"kind": "all"}),
    ),
    Template(
        "two_thirds_of_all",
        "Two thirds of all",
        "For deciding in time when agreement of every group is out of reach and everybody accepts being counted as one body.",
        "It can pass over the heads of whole groups, and large groups weigh more than small ones; the result will say so.",
        "Supermajority of votes cast; whether exactly two thirds is enough must be stated: here it is.",
        of_groups(TWO_THIRDS, {"kind": "pooled"}),
    ),
)
