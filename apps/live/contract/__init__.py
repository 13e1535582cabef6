"""The contract of the live room, generated from the message classes: TypeScript types and an AsyncAPI 3 document."""

from apps.live.contract.asyncapi import asyncapi
from apps.live.contract.typescript import typescript

__all__ = ["asyncapi", "typescript"]
