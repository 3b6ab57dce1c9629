"""What all commands share: the console and an opened product."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

from webapp import migrate
from webapp.settings import load_settings
from webapp.wiring import Product, build

console = Console()
errors = Console(stderr=True)


@contextmanager
def opened() -> Iterator[Product]:
    """The product by the settings, with its database at the newest migration; closed afterwards."""
    product = build(load_settings())
    try:
        migrate.upgrade(product.database)
        yield product
    finally:
        product.close()
