"""What workers take outside."""

from celery import shared_task

from apps.record import delivering, showing


@shared_task(name="apps.exchange.tasks.show_checkpoints")
def show_checkpoints() -> None:
    """Show the witnesses of the record what they have not seen yet, and send its keepers what is due."""
    showing.show_to_all()
    delivering.deliver_to_all()
