"""Settings: one frozen class, read from the environment (`EXEMPLAR_...`) over one optional TOML file.

A setting that cannot be used stops the start with a sentence that says what to change.
"""

import os
import secrets
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)

PREFIX = "EXEMPLAR_"
FILE_VARIABLE = "EXEMPLAR_CONFIG"
DEFAULT_FILE = Path("exemplar.toml")


class SettingsError(Exception):
    """A sentence for the person who starts the program."""


class Settings(BaseModel):
    """All settings. Each is `EXEMPLAR_<NAME>` in the environment or `<name>` in the TOML file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    site_name: str = Field("案例征集与评审系统", description="Name of the site on every page")
    data_dir: Path = Field(Path("var"), description="Folder of everything that is kept locally")
    database_url: str = Field(
        "", description="sqlite:///... or postgresql+psycopg://...; empty: SQLite in data_dir"
    )
    search_engine: Literal["auto", "whoosh", "postgres"] = Field(
        "auto", description="auto: PostgreSQL full text on PostgreSQL, else Whoosh"
    )
    host: str = Field("127.0.0.1", description="Address to listen on")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on")
    base_url: str = Field("", description="Public address, for links in mail; empty: as the browser asked")
    allowed_hosts: tuple[str, ...] = Field(
        ("127.0.0.1", "localhost", "::1", "testserver"), description="Host names answered; * for any"
    )
    secure_cookies: bool = Field(False, description="Cookies over HTTPS only; true wherever HTTPS is served")
    secret_key: SecretStr = Field(
        SecretStr(""), description="Signs receipts and forms; empty: made and kept in data_dir"
    )
    time_zone: str = Field("Asia/Shanghai", description="Zone offered for new calls")
    demo: bool = Field(False, description="Load the demonstration year into an empty database")
    worker_in_serve: bool = Field(
        True, description="Run the worker inside `serve`; false: run `exemplar worker`"
    )
    upload_limit_mb: int = Field(50, ge=1, le=2000, description="Largest single upload, MB")
    s3_bucket: str = Field("", description="Bucket for files; empty: a local folder")
    s3_endpoint: str = Field("", description="Address of an S3-compatible store; empty: AWS")
    s3_region: str = Field("us-east-1", description="Region of the bucket")
    s3_access_key: SecretStr = Field(SecretStr(""), description="Access key")
    s3_secret_key: SecretStr = Field(SecretStr(""), description="Secret key")
    mail_from: str = Field("exemplar@localhost", description="Sender of mails")
    smtp_host: str = Field(
        "", description="SMTP server; empty: mails are written as .eml files into data_dir"
    )
    smtp_port: int = Field(587, ge=1, le=65535, description="SMTP port")
    smtp_user: str = Field("", description="SMTP user; empty: no sign-in")
    smtp_password: SecretStr = Field(SecretStr(""), description="SMTP password")
    smtp_tls: bool = Field(True, description="STARTTLS")
    mail_intake_domain: str = Field(
        "", description="Domain of the calls' addresses for cases by e-mail; empty: no `exemplar mail-intake`"
    )
    mail_intake_host: str = Field("127.0.0.1", description="Address that `exemplar mail-intake` listens on")
    mail_intake_port: int = Field(
        8025, ge=1, le=65535, description="Port that `exemplar mail-intake` listens on"
    )
    mail_intake_limit_mb: int = Field(30, ge=1, le=200, description="Largest message taken in by e-mail, MB")
    metrics: bool = Field(False, description="Serve /metrics for Prometheus; keep it inside the network")
    log_format: Literal["text", "json"] = Field("text", description="Log lines for people or for machines")

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return (
            tuple(part.strip() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("is not a time zone such as Asia/Shanghai") from error
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value and not value.startswith(("sqlite:///", "postgresql+psycopg://", "postgresql://")):
            raise ValueError("must begin with sqlite:/// or postgresql+psycopg://")
        return value.replace("postgresql://", "postgresql+psycopg://", 1)

    @model_validator(mode="after")
    def _fits_together(self) -> "Settings":
        if self.search_engine == "postgres" and not self.database.startswith("postgresql"):
            raise ValueError("search_engine = postgres needs a PostgreSQL database_url")
        return self

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'exemplar.sqlite3'}"

    @property
    def public_address(self) -> str:
        """The address for what is written without a request: the base URL, else where we listen."""
        return self.base_url or f"http://{self.host}:{self.port}"

    @property
    def uses_postgres_search(self) -> bool:
        if self.search_engine == "auto":
            return self.database.startswith("postgresql")
        return self.search_engine == "postgres"

    def secret(self) -> bytes:
        """The key that signs; made once and kept in data_dir when none is set."""
        if given := self.secret_key.get_secret_value():
            return given.encode()
        file = self.data_dir / "secret.key"
        if not file.exists():
            self.data_dir.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as target:
                target.write(secrets.token_hex(32))
        return file.read_text().strip().encode()


def load_settings(environment: Mapping[str, str] | None = None, file: Path | None = None) -> Settings:
    """Read the settings.

    Raises:
        SettingsError: one line a wrong setting, each naming it and what it needs.
    """
    environment = os.environ if environment is None else environment
    values = _from_file(
        file or Path(environment.get(FILE_VARIABLE, DEFAULT_FILE)), FILE_VARIABLE in environment
    )
    known = {PREFIX + name.upper(): name for name in Settings.model_fields}
    for variable, text in environment.items():
        if variable in known:
            values[known[variable]] = text
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        lines = [_sentence(item["loc"], item["msg"]) for item in error.errors()]
        raise SettingsError("\n".join(lines)) from error


def _from_file(file: Path, must_exist: bool) -> dict[str, Any]:
    if not file.exists():
        if must_exist:
            raise SettingsError(f"{FILE_VARIABLE} names {file}, but there is no such file.")
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} is not valid TOML: {error}") from error


def _sentence(place: tuple[int | str, ...], message: str) -> str:
    name = str(place[0]) if place else ""
    what = message.removeprefix("Value error, ")
    return f"Setting {name} ({PREFIX}{name.upper()}): {what}." if name else f"Settings: {what}."


def shown(settings: Settings) -> list[tuple[str, str, str]]:
    """(name, value without secrets, description) of each setting."""
    rows = []
    for name, info in Settings.model_fields.items():
        value = getattr(settings, name)
        if isinstance(value, SecretStr):
            text = "(set)" if value.get_secret_value() else "(not set)"
        else:
            text = ", ".join(value) if isinstance(value, tuple) else str(value)
        rows.append((name, text, info.description or ""))
    return rows
