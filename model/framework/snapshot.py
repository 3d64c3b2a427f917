"""Content that can be kept whole: as canonical JSON, and known by the hash of what was written in it."""

import hashlib
import json
from functools import cached_property

from model.framework.parts import Part


class Snapshot(Part):
    """A framework or a library. Equal ones have equal canonical JSON, and so equal hashes."""

    @cached_property
    def content_hash(self) -> str:
        """The sha256, in hex, of the canonical JSON of everything that was written in it."""
        content = self.model_dump(mode="json", exclude_defaults=True)
        return hashlib.sha256(_canonical(content).encode()).hexdigest()

    def to_json(self) -> str:
        """Write all of it as canonical JSON: the same content always gives the same text."""
        return _canonical(self.model_dump(mode="json"))

    def __hash__(self) -> int:
        """Hash by content, once."""
        return hash(self.content_hash)


def _canonical(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
