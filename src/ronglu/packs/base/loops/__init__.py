"""The loops every plant has, one name a line: each is a folder with `spec.py` (the declaration) and `examples.yaml` (its walks)."""

NAMES = (
    "hazard",
    "idea",
    "problem",
    "request",
    "feedback",
    "bounty",
    "project",
    "pact",
    "parameter",
    "sop",
    "job",
    "gap",
    "action",
    "appeal",
)
