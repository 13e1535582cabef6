"""What workers do for the record."""

from uuid import UUID

from celery import shared_task

from apps.record import checkpoints, readers


@shared_task(name="apps.record.tasks.advance")
def advance(name: str, log: str) -> None:
    """Let one reader catch up with one log."""
    readers.advance(name, UUID(log))


@shared_task(name="apps.record.tasks.advance_lagging")
def advance_lagging() -> None:
    """Let every reader that has fallen behind catch up: what a lost nudge would have started."""
    for name, log in readers.lagging():
        advance.apply_async((name, str(log)), expires=30)


@shared_task(name="apps.record.tasks.publish_checkpoints")
def publish_checkpoints() -> None:
    """Publish a checkpoint of every log that has grown since its last one."""
    for log in checkpoints.grown():
        checkpoints.publish(log)
