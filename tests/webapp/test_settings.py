from pathlib import Path

import pytest

from webapp.settings import Settings, SettingsError, load_settings, shown


def settings_from(tmp_path: Path, toml: str = "", **environment: str) -> Settings:
    file = tmp_path / "exemplar.toml"
    file.write_text(toml, encoding="utf-8")
    return load_settings(environment, file)


def test_defaults_need_nothing(tmp_path: Path) -> None:
    settings = settings_from(tmp_path)
    assert settings.database == "sqlite:///var/exemplar.sqlite3"
    assert settings.uses_postgres_search is False


def test_the_environment_overrides_the_file(tmp_path: Path) -> None:
    settings = settings_from(tmp_path, 'site_name = "甲"\nport = 8001\n', EXEMPLAR_PORT="9000")
    assert (settings.site_name, settings.port) == ("甲", 9000)


def test_postgres_needs_one_setting_and_brings_its_search(tmp_path: Path) -> None:
    settings = settings_from(tmp_path, EXEMPLAR_DATABASE_URL="postgresql://db/exemplar")
    assert settings.database == "postgresql+psycopg://db/exemplar"
    assert settings.uses_postgres_search is True


def test_hosts_are_a_list_with_commas(tmp_path: Path) -> None:
    assert settings_from(tmp_path, EXEMPLAR_ALLOWED_HOSTS="a.example, b.example").allowed_hosts == (
        "a.example",
        "b.example",
    )


@pytest.mark.parametrize(
    ("toml", "environment", "sentence"),
    [
        ("port = 70000", {}, "Setting port (EXEMPLAR_PORT): Input should be less than or equal to 65535."),
        ("colour = 1", {}, "Setting colour (EXEMPLAR_COLOUR): Extra inputs are not permitted."),
        (
            "",
            {"EXEMPLAR_TIME_ZONE": "Mars/Base"},
            "Setting time_zone (EXEMPLAR_TIME_ZONE): is not a time zone such as Asia/Shanghai.",
        ),
        (
            "",
            {"EXEMPLAR_DATABASE_URL": "mysql://x"},
            "Setting database_url (EXEMPLAR_DATABASE_URL): must begin with sqlite:/// or postgresql+psycopg://.",
        ),
        (
            'search_engine = "postgres"',
            {},
            "Settings: search_engine = postgres needs a PostgreSQL database_url.",
        ),
    ],
)
def test_a_wrong_setting_is_one_sentence(
    tmp_path: Path, toml: str, environment: dict[str, str], sentence: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        settings_from(tmp_path, toml, **environment)
    assert str(refused.value) == sentence


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere.toml"
    with pytest.raises(SettingsError) as refused:
        load_settings({"EXEMPLAR_CONFIG": str(missing)})
    assert str(refused.value) == f"EXEMPLAR_CONFIG names {missing}, but there is no such file."


def test_broken_toml_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="is not valid TOML"):
        settings_from(tmp_path, "port = ")


def test_secrets_are_never_shown(tmp_path: Path) -> None:
    settings = settings_from(tmp_path, EXEMPLAR_SECRET_KEY="hidden", EXEMPLAR_SMTP_PASSWORD="")
    values = {name: value for name, value, _meaning in shown(settings)}
    assert values["secret_key"] == "(set)"
    assert values["smtp_password"] == "(not set)"
    assert "hidden" not in "".join(values.values())


def test_every_setting_says_what_it_means(tmp_path: Path) -> None:
    assert [name for name, _value, meaning in shown(settings_from(tmp_path)) if not meaning] == []


def test_the_secret_is_made_once_and_kept_private(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    first = settings.secret()
    assert Settings(data_dir=tmp_path).secret() == first
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600
