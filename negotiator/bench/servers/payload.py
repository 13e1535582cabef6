"""What is broadcast in every measurement of delivery, and the address on which it is asked for."""

CONTROL = "/control/"
PAYLOAD = b'{"t":"state","at":1,"x":"' + b"x" * 173 + b'"}'
"""200 bytes."""
