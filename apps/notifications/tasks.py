"""What workers do for notices."""

from celery import shared_task

from apps.notifications.mail import send_due


@shared_task(name="apps.notifications.tasks.send_mail")
def send_mail() -> None:
    """Send the notices that are due by mail."""
    send_due()
