"""The `exemplar` command. Each command lives in its own module and is loaded when it is called."""

import sys

from cyclopts import App
from rich.console import Console

from webapp.settings import SettingsError

app = App(
    name="exemplar",
    help="Exemplar: collect, judge, publish and compile innovation cases. 案例征集、评审、入库与选编。",
)
app.command("webapp.cli.serve:serve")
app.command("webapp.cli.serve:worker")
app.command("webapp.cli.mail_intake:mail_intake")
app.command("webapp.cli.database:migrate")
app.command("webapp.cli.database:doctor")
app.command("webapp.cli.database:journal")
app.command("webapp.cli.config:config")
app.command("webapp.cli.user:user")
app.command("webapp.cli.demo:demo")
app.command("webapp.cli.pipeline:pipeline")
app.command("webapp.cli.imports:bring_in", name="import")
app.command("webapp.cli.import_cases:import_cases")
app.command("webapp.cli.compile:compile_edition", name="compile")
app.command("webapp.cli.reindex:reindex")
app.command("webapp.cli.contest:standings")
app.command("webapp.cli.contest:assign")
app.command("webapp.cli.contest:reliability")
app.command("webapp.cli.contest:next_reads")


def main() -> None:
    """Run the command line; what is wrong with the settings is one sentence, not a trace."""
    try:
        app()
    except SettingsError as error:
        Console(stderr=True).print(f"[bold red]{error}[/]", highlight=False)
        sys.exit(2)
