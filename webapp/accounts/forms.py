"""What the pages of accounts take in."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from foundation.actor import Role
from foundation.forms import Form

Email = Annotated[str, StringConstraints(max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")]
PersonName = Annotated[str, StringConstraints(min_length=1, max_length=100)]
UnitName = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class SignInForm(Form):
    email: Annotated[str, StringConstraints(min_length=1, max_length=254)]
    password: Annotated[str, StringConstraints(min_length=1, max_length=1000)]
    back: str = "/"


class EmailForm(Form):
    email: Email


class ProfileForm(Form):
    name: PersonName
    language: Literal["", "zh", "en"] = ""


class NewPasswordForm(Form):
    """`current` is empty where a one-time link stands for it."""

    current: str = ""
    password: str
    repeated: str


class TokenForm(Form):
    token_name: Annotated[str, StringConstraints(min_length=1, max_length=100)]


class FirstUserForm(NewPasswordForm):
    name: PersonName
    email: Email


class UserForm(Form):
    """An account as an administrator or organiser writes it; `unit_id` is empty for people without a unit."""

    name: PersonName
    email: Email
    unit_id: str = ""
    roles: list[Role] = Field(min_length=1)


class ActiveForm(Form):
    active: bool


class UnitForm(Form):
    """A unit; `parent_id` is empty at the top of the tree."""

    name: UnitName
    short_name: Annotated[str, StringConstraints(max_length=60)] = ""
    code: Annotated[str, StringConstraints(max_length=40)] = ""
    parent_id: str = ""
    category_key: Annotated[str, StringConstraints(max_length=40)] = ""
