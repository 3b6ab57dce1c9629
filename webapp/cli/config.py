"""`exemplar config`."""

from rich.table import Table

from webapp.cli.console import console
from webapp.settings import PREFIX, load_settings, shown


def config() -> None:
    """Print the settings in force, secrets hidden."""
    table = Table("setting", "value", "environment variable", "meaning", title="Settings")
    for name, value, meaning in shown(load_settings()):
        table.add_row(name, value, PREFIX + name.upper(), meaning)
    console.print(table)
