"""How a book looks before anything is in it: page, colours and fonts, from which styles are written."""

from dataclasses import asdict, dataclass

from casebook.book import FontRole, Format, Trim, Typeface
from casebook.docx.elements import escaped
from casebook.docx.palette import PALETTE, Palette, palette
from casebook.docx.trims import GEOMETRIES, Geometry

SERIF, SANS = "Times New Roman", "Arial"

FONTS = {
    FontRole.BODY: Typeface("宋体", SERIF),
    FontRole.DISPLAY: Typeface("宋体", SERIF),
    FontRole.HEADING: Typeface("黑体", SANS),
    FontRole.CAPTION: Typeface("黑体", SANS),
    FontRole.ASIDE: Typeface("楷体", SERIF),
    FontRole.NOTES: Typeface("宋体", SERIF),
}
"""Fonts that are on every Windows with Chinese; their open substitutes are in `casebook.typefaces`."""


@dataclass(frozen=True, slots=True)
class Look:
    """`fonts` are those that differ from ours, in the order of `FontRole`."""

    trim: Trim = Trim.K16_LARGE
    palette: Palette = PALETTE
    fonts: tuple[tuple[FontRole, Typeface], ...] = ()

    @classmethod
    def of(cls, form: Format) -> "Look":
        changed = dict(form.fonts)
        fonts = tuple(
            (role, changed[role]) for role in FontRole if changed.get(role, FONTS[role]) != FONTS[role]
        )
        return cls(form.trim, palette(form.colours), fonts)

    @property
    def geometry(self) -> Geometry:
        return GEOMETRIES[self.trim]

    def face(self, role: FontRole) -> Typeface:
        return dict(self.fonts).get(role, FONTS[role])

    def filled(self, template: str) -> str:
        """A fragment whose `{accent}`, `{measure}`, `{han_body}`, `{latin_body}` ... are this look's."""
        fonts = {f"han_{role}": escaped(self.face(role).han) for role in FontRole}
        fonts |= {f"latin_{role}": escaped(self.face(role).latin) for role in FontRole}
        return template.format(**asdict(self.palette), **fonts, measure=self.geometry.measure)
