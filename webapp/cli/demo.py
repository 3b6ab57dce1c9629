"""`exemplar demo`: the demonstration year, and who may sign in to it."""

from rich.table import Column, Table

from foundation.people import user_by_email
from webapp.cli.console import console, opened
from webapp.demo.loader import load_demo
from webapp.demo.reading import Content
from webapp.wiring import Product


def demo() -> None:
    """Load the demonstration year into an empty database and print its accounts.

    Nothing is loaded where there are accounts already.
    """
    with opened() as product:
        if not prepare(product):
            console.print("There are accounts already: nothing was loaded.")
        show_accounts(product)


def prepare(product: Product) -> bool:
    """Load the demonstration year if the database is empty; says whether it did."""
    loaded = load_demo(
        product.database, product.files, now=product.clock.now(), signing_key=product.edge.secret
    )
    return bool(loaded)


def show_accounts(product: Product) -> None:
    """Print the demonstration's accounts that exist."""
    content = Content()
    with product.database.read() as db:
        known = [each for each in content.people if user_by_email(db, each.email)]
    if not known:
        return
    table = Table(
        Column("e-mail", no_wrap=True),
        "name",
        "roles",
        "what waits for you 等待办理",
        title="Demo accounts 演示账号",
    )
    for each in known:
        table.add_row(each.email, each.name, ", ".join(sorted(each.roles)), each.todo)
    console.print(table)
    console.print(f"password 密码  [bold]{content.password}[/]", highlight=False)
