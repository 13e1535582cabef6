"""Replacing the key that signs checkpoints, with a time in which old and new sign together."""

from apps.record import checkpoints, keys
from apps.record.act import By, act
from apps.record.domain.note import Signer
from apps.record.models import Log

OPERATOR = By(system="operator")


def begin() -> Signer:
    """Make a new key. Every log says so in an entry, and a checkpoint over it, signed by both keys, is published."""
    old = keys.signers()[-1].verifier.vkey
    new = keys.add()
    for log in Log.objects.order_by("id").values_list("id", flat=True):
        with act(by=OPERATOR, log=log) as a:
            a.add("key.rotated", {"old": old, "new": new.verifier.vkey}, on={"log": log})
        checkpoints.publish(log)
    return new


def end() -> Signer:
    """Let the old key sign no more; gives it. Every log says so: from there on nothing is accepted that only it has signed."""
    old = keys.to_drop().verifier.vkey
    logs = list(Log.objects.order_by("id").values_list("id", flat=True))
    for log in logs:
        with act(by=OPERATOR, log=log) as a:
            a.add("key.retired", {"old": old}, on={"log": log})
    dropped = keys.drop_oldest()
    for log in logs:
        checkpoints.publish(log)
    return dropped
