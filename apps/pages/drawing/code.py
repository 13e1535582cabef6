"""A QR code as our own drawing: dark on light in every colour scheme, with the quiet margin that cameras need."""

from django.utils.html import escape
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

MARGIN = 4


def code(text: str, title: str) -> str:
    """An SVG that phones read as `text`; `title` says so to those who cannot see it."""
    drawn = QRCode(error_correction=ERROR_CORRECT_M, border=MARGIN)
    drawn.add_data(text)
    rows = drawn.get_matrix()
    size = len(rows)
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return (
        f'<svg class="code" viewBox="0 0 {size} {size}" role="img" shape-rendering="crispEdges"><title>{escape(title)}</title>'
        f'<rect class="code-light" width="{size}" height="{size}"/><path class="code-dark" d="{path}"/></svg>'
    )
