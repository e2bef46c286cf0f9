"""Forms whose words may identify somebody: they warn once, keep what was typed, and take a person's word for it."""

import hashlib
from typing import Any, ClassVar

from django import forms

from programme import privacy


class PrivateForm(forms.Form):
    """Looks at the texts named in `guarded` before they are saved.

    The writer changes them, or confirms that nobody can be identified. A confirmation counts for the findings it was
    given for: other findings ask again. What was found is never stored.
    """

    guarded: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found: tuple[privacy.Finding, ...] = ()

    def clean(self) -> dict[str, Any]:
        """Warn of each text that may identify somebody, unless that was looked at already."""
        cleaned = super().clean() or {}
        by_field = {name: privacy.findings(str(cleaned.get(name) or "")) for name in self.guarded}
        self.found = tuple(each for found in by_field.values() for each in found)
        if not self.confirmed:
            for name, found in by_field.items():
                if found:
                    self.add_error(name, privacy.warning(found))
        return cleaned

    @property
    def findings_key(self) -> str:
        """What a confirmation is given for. A hash, so that the page does not carry the words twice."""
        said = "\n".join(f"{each.kind.name} {each.words}" for each in self.found)
        return hashlib.sha256(said.encode()).hexdigest() if said else ""

    @property
    def confirmed(self) -> bool:
        """Whether the writer has looked at exactly these findings and says that nobody can be identified."""
        agreed = self.data.get("nobody_identifiable") and self.data.get("findings_key") == self.findings_key
        return bool(self.found and agreed)
