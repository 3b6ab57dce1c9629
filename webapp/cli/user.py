"""`exemplar user`: accounts from the command line, the first administrator above all."""

import secrets

from cyclopts import App
from rich.table import Table
from sqlalchemy import select

from foundation import people
from foundation.actor import SYSTEM, Role
from foundation.people import Unit, User
from webapp.accounts import passwords
from webapp.accounts import service as accounts
from webapp.cli.console import console, errors, opened

user = App(name="user", help="List and create accounts, set passwords and roles.")


@user.command(name="list")
def list_users() -> None:
    """List the accounts."""
    table = Table("e-mail", "name", "unit", "roles", "active")
    with opened() as product, product.database.read() as db:
        for row in db.scalars(select(User).order_by(User.email)):
            unit = row.unit.name if row.unit else ""
            table.add_row(
                row.email, row.name, unit, ", ".join(sorted(row.roles)), "yes" if row.active else "no"
            )
    console.print(table)


@user.command
def add(email: str, name: str, *roles: Role, unit: str = "", password: str = "") -> None:
    """Create an account; without --password one is made up and printed.

    Parameters
    ----------
    email
        Address to sign in with.
    name
        Name as shown.
    roles
        submitter, recommender, organiser, juror, trainer, editor, administrator.
    unit
        Name of the user's unit.
    password
        At least ten characters.
    """
    chosen = password or secrets.token_urlsafe(12)
    accounts.check_new_password(chosen)
    with opened() as product, product.database.write() as db:
        home = db.scalar(select(Unit).where(Unit.name == unit)) if unit else None
        if unit and home is None:
            errors.print(f"There is no unit named {unit}.")
            raise SystemExit(2)
        if people.user_by_email(db, email):
            errors.print(f"{email} has an account already.")
            raise SystemExit(2)
        now = product.clock.now()
        made = people.add_user(db, now=now, email=email, name=name, roles=roles, unit=home)
        accounts.set_password(
            db, actor=SYSTEM, now=now, user=made, password_hash=passwords.hash_password(chosen)
        )
    console.print(f"{email} created." + ("" if password else f" Password: {chosen}"), highlight=False)


@user.command(name="password")
def set_password(email: str, password: str = "") -> None:
    """Set a new password and sign the user out everywhere."""
    chosen = password or secrets.token_urlsafe(12)
    accounts.check_new_password(chosen)
    with opened() as product, product.database.write() as db:
        found = people.user_by_email(db, email)
        if found is None:
            errors.print(f"There is no account {email}.")
            raise SystemExit(2)
        accounts.end_sessions(db, user_id=found.id)
        accounts.set_password(
            db,
            actor=SYSTEM,
            now=product.clock.now(),
            user=found,
            password_hash=passwords.hash_password(chosen),
        )
    console.print(
        f"{email}: " + ("password set." if password else f"new password: {chosen}"), highlight=False
    )
