"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# What was recorded stays: no row of these tables is ever changed or removed.
APPEND_ONLY = (
    "journal",
    "case_version",
    "mark",
    "review_comment",
    "claim_verdict",
    "discussion_remark",
)


def upgrade() -> None:
    create_tables()
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'append only'; END $$"
        )
        for table in APPEND_ONLY:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )
            op.execute(
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
        return
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'append only'); END"
            )


def create_tables() -> None:
    op.create_table(
        "calendar_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_day")),
        sa.UniqueConstraint("day", name=op.f("uq_calendar_day_day")),
    )
    op.create_table(
        "call",
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("theme", sa.String(length=400), nullable=False),
        sa.Column("notice_html", sa.Text(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("rules", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.UniqueConstraint("slug", name=op.f("uq_call_slug")),
    )
    op.create_index(op.f("ix_call_published_at"), "call", ["published_at"], unique=False)
    op.create_table(
        "case_collection",
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("introduction_html", sa.Text(), nullable=False),
        sa.Column("cover_case_id", sa.String(length=16), nullable=True),
        sa.Column("cover_photo_id", sa.String(length=16), nullable=True),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_collection")),
        sa.UniqueConstraint("slug", name=op.f("uq_case_collection_slug")),
    )
    op.create_table(
        "failed_delivery",
        sa.Column("subscription", sa.String(length=60), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error", sa.String(length=500), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_delivery")),
    )
    op.create_index(op.f("ix_failed_delivery_due_at"), "failed_delivery", ["due_at"], unique=False)
    op.create_index(
        op.f("ix_failed_delivery_subscription"), "failed_delivery", ["subscription"], unique=False
    )
    op.create_table(
        "failed_try",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_try")),
    )
    op.create_index(op.f("ix_failed_try_at"), "failed_try", ["at"], unique=False)
    op.create_index(op.f("ix_failed_try_key"), "failed_try", ["key"], unique=False)
    op.create_table(
        "house_template",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_template")),
    )
    op.create_table(
        "house_term",
        sa.Column("written", sa.String(length=60), nullable=False),
        sa.Column("better", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=40), nullable=False),
        sa.Column("changed_by_name", sa.String(length=100), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_term")),
    )
    op.create_index(op.f("ix_house_term_revision"), "house_term", ["revision"], unique=False)
    op.create_table(
        "index_rebuild",
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_by", sa.String(length=40), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(length=300), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_index_rebuild")),
    )
    op.create_table(
        "journal",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.String(length=40), nullable=False),
        sa.Column("detail", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal")),
        sa.UniqueConstraint("hash", name=op.f("uq_journal_hash")),
    )
    op.create_index(op.f("ix_journal_action"), "journal", ["action"], unique=False)
    op.create_index(op.f("ix_journal_subject_id"), "journal", ["subject_id"], unique=False)
    op.create_table(
        "library_synonyms",
        sa.Column("words", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("direction", sa.String(length=10), nullable=False),
        sa.Column("note", sa.String(length=100), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=40), nullable=False),
        sa.Column("changed_by_name", sa.String(length=100), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_synonyms")),
    )
    op.create_index(op.f("ix_library_synonyms_revision"), "library_synonyms", ["revision"], unique=False)
    op.create_table(
        "outgoing_mail",
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(length=500), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mail")),
    )
    op.create_index(op.f("ix_outgoing_mail_sent_at"), "outgoing_mail", ["sent_at"], unique=False)
    op.create_table(
        "pack",
        sa.Column("owner_id", sa.String(length=40), nullable=False),
        sa.Column("owner_name", sa.String(length=200), nullable=False),
        sa.Column("sharing", sa.String(length=20), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("shared_revision", sa.Integer(), nullable=True),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("link_key", sa.String(length=40), nullable=False),
        sa.Column("handout_key", sa.String(length=40), nullable=True),
        sa.Column("adapted_from", sa.String(length=16), nullable=True),
        sa.Column("adapted_revision", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack")),
        sa.UniqueConstraint("handout_key", name=op.f("uq_pack_handout_key")),
        sa.UniqueConstraint("link_key", name=op.f("uq_pack_link_key")),
    )
    op.create_index(op.f("ix_pack_adapted_from"), "pack", ["adapted_from"], unique=False)
    op.create_index(op.f("ix_pack_owner_id"), "pack", ["owner_id"], unique=False)
    op.create_table(
        "reference_text",
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("origin", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=40), nullable=False),
        sa.Column("added_by_name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_text")),
    )
    op.create_table(
        "report",
        sa.Column("definition", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(length=40), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    op.create_table(
        "sentence_print",
        sa.Column("fingerprint", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("source_id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", "source_id", name=op.f("pk_sentence_print")),
    )
    op.create_index(op.f("ix_sentence_print_source_id"), "sentence_print", ["source_id"], unique=False)
    op.create_table(
        "subscription_cursor",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_subscription_cursor")),
    )
    op.create_table(
        "text_print",
        sa.Column("source_id", sa.String(length=16), nullable=False),
        sa.Column("call_id", sa.String(length=16), nullable=True),
        sa.Column("version_id", sa.String(length=16), nullable=True),
        sa.Column("stamp", sa.String(length=60), nullable=False),
        sa.Column("marks", sa.LargeBinary(), nullable=False),
        sa.Column("photos", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_text_print")),
    )
    op.create_index(op.f("ix_text_print_call_id"), "text_print", ["call_id"], unique=False)
    op.create_table(
        "topic",
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("folded", sa.String(length=60), nullable=False),
        sa.Column("names", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("blocked", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
        sa.UniqueConstraint("folded", name=op.f("uq_topic_folded")),
    )
    op.create_table(
        "unit",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=60), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("category_key", sa.String(length=40), nullable=False),
        sa.Column("parent_id", sa.String(length=16), nullable=True),
        sa.Column("path", sa.String(length=400), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("name", name=op.f("uq_unit_name")),
    )
    op.create_index(op.f("ix_unit_code"), "unit", ["code"], unique=False)
    op.create_index(op.f("ix_unit_parent_id"), "unit", ["parent_id"], unique=False)
    op.create_index(op.f("ix_unit_path"), "unit", ["path"], unique=False)
    op.create_table(
        "call_category_deadline",
        sa.Column("call_id", sa.String(length=16), nullable=False),
        sa.Column("category_key", sa.String(length=40), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call.id"], name=op.f("fk_call_category_deadline_call_id_call")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_category_deadline")),
        sa.UniqueConstraint(
            "call_id", "category_key", name=op.f("uq_call_category_deadline_call_id_category_key")
        ),
    )
    op.create_index(
        op.f("ix_call_category_deadline_call_id"), "call_category_deadline", ["call_id"], unique=False
    )
    op.create_table(
        "call_change",
        sa.Column("call_id", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("fields", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_call_change_call_id_call")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_change")),
    )
    op.create_index(op.f("ix_call_change_call_id"), "call_change", ["call_id"], unique=False)
    op.create_table(
        "call_extension",
        sa.Column("call_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_by", sa.String(length=40), nullable=False),
        sa.Column("granted_by_name", sa.String(length=200), nullable=False),
        sa.Column("category_key", sa.String(length=40), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_call_extension_call_id_call")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_call_extension_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_extension")),
    )
    op.create_index(op.f("ix_call_extension_call_id"), "call_extension", ["call_id"], unique=False)
    op.create_table(
        "call_question",
        sa.Column("call_id", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=300), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_call_question_call_id_call")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_question")),
    )
    op.create_index(op.f("ix_call_question_call_id"), "call_question", ["call_id"], unique=False)
    op.create_table(
        "case",
        sa.Column("call_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("version_id", sa.String(length=16), nullable=True),
        sa.Column("pending_version_id", sa.String(length=16), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("return_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_case_call_id_call")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_case_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
    )
    op.create_index(op.f("ix_case_call_id"), "case", ["call_id"], unique=False)
    op.create_index("ix_case_call_status", "case", ["call_id", "status"], unique=False)
    op.create_index(op.f("ix_case_unit_id"), "case", ["unit_id"], unique=False)
    op.create_table(
        "edition",
        sa.Column("call_id", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("subtitle", sa.String(length=300), nullable=False),
        sa.Column("publisher", sa.String(length=300), nullable=False),
        sa.Column("compiler", sa.String(length=300), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("isbn", sa.String(length=60), nullable=False),
        sa.Column("cip", sa.String(length=60), nullable=False),
        sa.Column("edition_line", sa.String(length=300), nullable=False),
        sa.Column("printing_line", sa.String(length=300), nullable=False),
        sa.Column("remark", sa.String(length=1000), nullable=False),
        sa.Column("particulars", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("details_revision", sa.Integer(), nullable=False),
        sa.Column("arrangement", sa.String(length=20), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(length=40), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_edition_call_id_call")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
    )
    op.create_index(op.f("ix_edition_call_id"), "edition", ["call_id"], unique=False)
    op.create_table(
        "house_template_version",
        sa.Column("template_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("report", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by", sa.String(length=40), nullable=False),
        sa.Column("uploader_name", sa.String(length=300), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["template_id"],
            ["house_template.id"],
            name=op.f("fk_house_template_version_template_id_house_template"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_template_version")),
        sa.UniqueConstraint(
            "template_id", "number", name=op.f("uq_house_template_version_template_id_number")
        ),
    )
    op.create_index(
        op.f("ix_house_template_version_template_id"), "house_template_version", ["template_id"], unique=False
    )
    op.create_table(
        "import_run",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("call_id", sa.String(length=16), nullable=True),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("file_size", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("report", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("invite", sa.Boolean(), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by", sa.String(length=40), nullable=False),
        sa.Column("started_by_name", sa.String(length=200), nullable=False),
        sa.Column("confirmed_by", sa.String(length=40), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_import_run_call_id_call")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_index(op.f("ix_import_run_call_id"), "import_run", ["call_id"], unique=False)
    op.create_table(
        "judging_round",
        sa.Column("call_id", sa.String(length=16), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("seed", sa.String(length=32), nullable=False),
        sa.Column("reads_required", sa.Integer(), nullable=False),
        sa.Column("reads_per_case", sa.Integer(), nullable=False),
        sa.Column("weights", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("earlier_weight", sa.Integer(), nullable=False),
        sa.Column("fresh_readers", sa.Boolean(), nullable=False),
        sa.Column("best", sa.Integer(), nullable=True),
        sa.Column("best_each", sa.Boolean(), nullable=False),
        sa.Column("selection", sa.String(length=1000), nullable=False),
        sa.Column("with_files", sa.Boolean(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(length=40), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("close_reason", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_judging_round_call_id_call")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judging_round")),
        sa.UniqueConstraint("call_id", "ordinal", name=op.f("uq_judging_round_call_id_ordinal")),
    )
    op.create_table(
        "mailed_case",
        sa.Column("call_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("sender", sa.String(length=254), nullable=False),
        sa.Column("sender_name", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("message_id", sa.String(length=300), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("word_count", sa.Integer(), nullable=False),
        sa.Column("document_name", sa.String(length=255), nullable=False),
        sa.Column("document_sha256", sa.String(length=64), nullable=False),
        sa.Column("document_size", sa.Integer(), nullable=False),
        sa.Column("files", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_mailed_case_call_id_call")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_mailed_case_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailed_case")),
        sa.UniqueConstraint("unit_id", "message_id", name=op.f("uq_mailed_case_unit_id_message_id")),
    )
    op.create_index(op.f("ix_mailed_case_call_id"), "mailed_case", ["call_id"], unique=False)
    op.create_index(op.f("ix_mailed_case_sender"), "mailed_case", ["sender"], unique=False)
    op.create_index(op.f("ix_mailed_case_unit_id"), "mailed_case", ["unit_id"], unique=False)
    op.create_table(
        "originality_round",
        sa.Column("call_id", sa.String(length=16), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_by_name", sa.String(length=200), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_originality_round_call_id_call")),
        sa.PrimaryKeyConstraint("call_id", name=op.f("pk_originality_round")),
    )
    op.create_table(
        "outgoing_mail_enclosure",
        sa.Column("mail_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["mail_id"], ["outgoing_mail.id"], name=op.f("fk_outgoing_mail_enclosure_mail_id_outgoing_mail")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mail_enclosure")),
    )
    op.create_index(
        op.f("ix_outgoing_mail_enclosure_mail_id"), "outgoing_mail_enclosure", ["mail_id"], unique=False
    )
    op.create_table(
        "pack_case",
        sa.Column("pack_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["pack_id"], ["pack.id"], name=op.f("fk_pack_case_pack_id_pack"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_case")),
        sa.UniqueConstraint("pack_id", "case_id", name=op.f("uq_pack_case_pack_id_case_id")),
    )
    op.create_index(op.f("ix_pack_case_case_id"), "pack_case", ["case_id"], unique=False)
    op.create_index(op.f("ix_pack_case_pack_id"), "pack_case", ["pack_id"], unique=False)
    op.create_table(
        "pack_use",
        sa.Column("pack_id", sa.String(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(length=40), nullable=False),
        sa.Column("user_name", sa.String(length=200), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.Column("with_whom", sa.String(length=200), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("worked", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("again", sa.String(length=20), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("answer_key", sa.String(length=40), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["pack_id"], ["pack.id"], name=op.f("fk_pack_use_pack_id_pack"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_use")),
        sa.UniqueConstraint("answer_key", name=op.f("uq_pack_use_answer_key")),
    )
    op.create_index(op.f("ix_pack_use_pack_id"), "pack_use", ["pack_id"], unique=False)
    op.create_index(op.f("ix_pack_use_user_id"), "pack_use", ["user_id"], unique=False)
    op.create_table(
        "pack_version",
        sa.Column("pack_id", sa.String(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("content", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(length=40), nullable=False),
        sa.Column("saved_by_name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["pack_id"], ["pack.id"], name=op.f("fk_pack_version_pack_id_pack"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_version")),
        sa.UniqueConstraint("pack_id", "revision", name=op.f("uq_pack_version_pack_id_revision")),
    )
    op.create_index(op.f("ix_pack_version_pack_id"), "pack_version", ["pack_id"], unique=False)
    op.create_table(
        "report_build",
        sa.Column("report_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_by", sa.String(length=40), nullable=False),
        sa.Column("requester_name", sa.String(length=200), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("files", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("snapshot", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("changes", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("compared", sa.Boolean(), nullable=False),
        sa.Column("log", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_build_report_id_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_build")),
        sa.UniqueConstraint("report_id", "number", name=op.f("uq_report_build_report_id_number")),
    )
    op.create_index(op.f("ix_report_build_report_id"), "report_build", ["report_id"], unique=False)
    op.create_table(
        "report_call",
        sa.Column("report_id", sa.String(length=16), nullable=False),
        sa.Column("call_id", sa.String(length=16), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_report_call_call_id_call")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_call_report_id_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_call")),
        sa.UniqueConstraint("report_id", "call_id", name=op.f("uq_report_call_report_id_call_id")),
    )
    op.create_index(op.f("ix_report_call_call_id"), "report_call", ["call_id"], unique=False)
    op.create_index(op.f("ix_report_call_report_id"), "report_call", ["report_id"], unique=False)
    op.create_table(
        "report_round",
        sa.Column("report_id", sa.String(length=16), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sections", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.String(length=40), nullable=False),
        sa.Column("writer_name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_round_report_id_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_round")),
        sa.UniqueConstraint("report_id", "ordinal", name=op.f("uq_report_round_report_id_ordinal")),
    )
    op.create_index(op.f("ix_report_round_report_id"), "report_round", ["report_id"], unique=False)
    op.create_table(
        "set_phrase",
        sa.Column("call_id", sa.String(length=16), nullable=True),
        sa.Column("phrase", sa.String(length=200), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=40), nullable=False),
        sa.Column("added_by_name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_set_phrase_call_id_call")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set_phrase")),
    )
    op.create_index(op.f("ix_set_phrase_call_id"), "set_phrase", ["call_id"], unique=False)
    op.create_table(
        "unit_entry",
        sa.Column("call_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_unit_entry_call_id_call")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_entry_unit_id_unit")),
        sa.PrimaryKeyConstraint("call_id", "unit_id", name=op.f("pk_unit_entry")),
    )
    op.create_table(
        "user",
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=True),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_user_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("email", name=op.f("uq_user_email")),
    )
    op.create_index(op.f("ix_user_unit_id"), "user", ["unit_id"], unique=False)
    op.create_table(
        "awarded_text",
        sa.Column("award_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_likeness", sa.String(length=64), nullable=False),
        sa.Column("body_likeness", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_awarded_text_case_id_case")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_awarded_text_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_awarded_text")),
        sa.UniqueConstraint("award_id", name=op.f("uq_awarded_text_award_id")),
    )
    op.create_index(op.f("ix_awarded_text_body_likeness"), "awarded_text", ["body_likeness"], unique=False)
    op.create_index(op.f("ix_awarded_text_title_likeness"), "awarded_text", ["title_likeness"], unique=False)
    op.create_table(
        "book_build",
        sa.Column("edition_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("again_of", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=300), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_by", sa.String(length=40), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edition_revision", sa.Integer(), nullable=False),
        sa.Column("award_ids", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("wanted", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("entries", sa.Integer(), nullable=True),
        sa.Column("pictures", sa.Integer(), nullable=True),
        sa.Column("log", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("report", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("fonts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_book_build_edition_id_edition"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book_build")),
        sa.UniqueConstraint("edition_id", "number", name=op.f("uq_book_build_edition_id_number")),
    )
    op.create_index(op.f("ix_book_build_edition_id"), "book_build", ["edition_id"], unique=False)
    op.create_table(
        "case_attachment",
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("caption", sa.String(length=300), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("released", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=40), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_attachment_case_id_case")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_case_attachment_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_attachment")),
    )
    op.create_index(op.f("ix_case_attachment_case_id"), "case_attachment", ["case_id"], unique=False)
    op.create_table(
        "case_claim",
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("sources", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("needless", sa.Boolean(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("marked_by", sa.String(length=40), nullable=False),
        sa.Column("marked_by_name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_claim_case_id_case")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_case_claim_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_claim")),
    )
    op.create_index(op.f("ix_case_claim_case_id"), "case_claim", ["case_id"], unique=False)
    op.create_table(
        "case_coauthor",
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.String(length=16), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_by", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_coauthor_case_id_case")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_case_coauthor_unit_id_unit")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_case_coauthor_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_coauthor")),
        sa.UniqueConstraint("case_id", "user_id", name=op.f("uq_case_coauthor_case_id_user_id")),
    )
    op.create_index(op.f("ix_case_coauthor_case_id"), "case_coauthor", ["case_id"], unique=False)
    op.create_index(op.f("ix_case_coauthor_user_id"), "case_coauthor", ["user_id"], unique=False)
    op.create_table(
        "case_custodian",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.String(length=16), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("named_by", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_custodian_case_id_case")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_case_custodian_round_id_judging_round")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_case_custodian_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_custodian")),
        sa.UniqueConstraint("round_id", "case_id", name=op.f("uq_case_custodian_round_id_case_id")),
    )
    op.create_table(
        "case_draft",
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("category_key", sa.String(length=40), nullable=False),
        sa.Column("authors", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("practice_from", sa.Date(), nullable=True),
        sa.Column("practice_to", sa.Date(), nullable=True),
        sa.Column("source_line", sa.Text(), nullable=False),
        sa.Column("signoff_line", sa.Text(), nullable=False),
        sa.Column("word_count", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(length=40), nullable=False),
        sa.Column("saved_by_name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_draft_case_id_case")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_case_draft_unit_id_unit")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_draft")),
    )
    op.create_table(
        "case_placement",
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("audience", sa.String(length=20), nullable=True),
        sa.Column("off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_placement_case_id_case")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_case_placement_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_placement")),
        sa.UniqueConstraint("case_id", name=op.f("uq_case_placement_case_id")),
    )
    op.create_index(op.f("ix_case_placement_unit_id"), "case_placement", ["unit_id"], unique=False)
    op.create_table(
        "case_presence",
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_presence_case_id_case")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_case_presence_unit_id_unit")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_case_presence_user_id_user")),
        sa.PrimaryKeyConstraint("case_id", "user_id", name=op.f("pk_case_presence")),
    )
    op.create_index(op.f("ix_case_presence_seen_at"), "case_presence", ["seen_at"], unique=False)
    op.create_table(
        "case_step",
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("version_id", sa.String(length=16), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("status_before", sa.String(length=20), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_step_case_id_case")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_case_step_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_step")),
    )
    op.create_index(op.f("ix_case_step_case_id"), "case_step", ["case_id"], unique=False)
    op.create_table(
        "case_topic",
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("topic_id", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_topic_case_id_case")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_case_topic_topic_id_topic")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_topic")),
        sa.UniqueConstraint("case_id", "topic_id", name=op.f("uq_case_topic_case_id_topic_id")),
    )
    op.create_index(op.f("ix_case_topic_topic_id"), "case_topic", ["topic_id"], unique=False)
    op.create_table(
        "case_upload",
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attachment_id", sa.String(length=16), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_upload_case_id_case")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_case_upload_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_upload")),
    )
    op.create_index(op.f("ix_case_upload_case_id"), "case_upload", ["case_id"], unique=False)
    op.create_index(op.f("ix_case_upload_expires_at"), "case_upload", ["expires_at"], unique=False)
    op.create_table(
        "case_version",
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("call_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("unit_name", sa.String(length=200), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("category_key", sa.String(length=40), nullable=False),
        sa.Column("authors", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("practice_from", sa.Date(), nullable=True),
        sa.Column("practice_to", sa.Date(), nullable=True),
        sa.Column("source_line", sa.Text(), nullable=False),
        sa.Column("signoff_line", sa.Text(), nullable=False),
        sa.Column("word_count", sa.Integer(), nullable=False),
        sa.Column("attachments", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("claims", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("submission_key", sa.String(length=80), nullable=False),
        sa.Column("submitted_by", sa.String(length=40), nullable=False),
        sa.Column("submitted_by_name", sa.String(length=200), nullable=False),
        sa.Column("pledge_text", sa.Text(), nullable=False),
        sa.Column("pledge_name", sa.String(length=200), nullable=False),
        sa.Column("copyright_text", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_case_version_call_id_call")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_version_case_id_case")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_case_version_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_version")),
        sa.UniqueConstraint("case_id", "ordinal", name=op.f("uq_case_version_case_id_ordinal")),
        sa.UniqueConstraint("case_id", "submission_key", name=op.f("uq_case_version_case_id_submission_key")),
        sa.UniqueConstraint("number", name=op.f("uq_case_version_number")),
    )
    op.create_index(op.f("ix_case_version_call_id"), "case_version", ["call_id"], unique=False)
    op.create_index(op.f("ix_case_version_case_id"), "case_version", ["case_id"], unique=False)
    op.create_table(
        "certificate_design",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("heading", sa.String(length=40), nullable=False),
        sa.Column("unit_words", sa.Text(), nullable=False),
        sa.Column("author_words", sa.Text(), nullable=False),
        sa.Column("issuers", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("for_units", sa.Boolean(), nullable=False),
        sa.Column("for_authors", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_certificate_design_round_id_judging_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_design")),
        sa.UniqueConstraint("round_id", name=op.f("uq_certificate_design_round_id")),
    )
    op.create_table(
        "collection_entry",
        sa.Column("collection_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_collection_entry_case_id_case")),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["case_collection.id"],
            name=op.f("fk_collection_entry_collection_id_case_collection"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection_entry")),
        sa.UniqueConstraint(
            "collection_id", "case_id", name=op.f("uq_collection_entry_collection_id_case_id")
        ),
    )
    op.create_index(op.f("ix_collection_entry_case_id"), "collection_entry", ["case_id"], unique=False)
    op.create_table(
        "commendation",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.String(length=40), nullable=False),
        sa.Column("written_by_name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_commendation_case_id_case")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_commendation_round_id_judging_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commendation")),
        sa.UniqueConstraint(
            "round_id", "case_id", "ordinal", name=op.f("uq_commendation_round_id_case_id_ordinal")
        ),
    )
    op.create_index(op.f("ix_commendation_case_id"), "commendation", ["case_id"], unique=False)
    op.create_table(
        "credential",
        sa.Column("user_id", sa.String(length=16), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_credential_user_id_user")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_credential")),
    )
    op.create_table(
        "edition_call",
        sa.Column("edition_id", sa.String(length=16), nullable=False),
        sa.Column("call_id", sa.String(length=16), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_edition_call_call_id_call")),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name=op.f("fk_edition_call_edition_id_edition"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_call")),
        sa.UniqueConstraint("edition_id", "call_id", name=op.f("uq_edition_call_edition_id_call_id")),
    )
    op.create_index(op.f("ix_edition_call_edition_id"), "edition_call", ["edition_id"], unique=False)
    op.create_table(
        "edition_chapter",
        sa.Column("edition_id", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name=op.f("fk_edition_chapter_edition_id_edition"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_chapter")),
    )
    op.create_index(op.f("ix_edition_chapter_edition_id"), "edition_chapter", ["edition_id"], unique=False)
    op.create_table(
        "edition_matter",
        sa.Column("edition_id", sa.String(length=16), nullable=False),
        sa.Column("place", sa.String(length=10), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name=op.f("fk_edition_matter_edition_id_edition"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_matter")),
    )
    op.create_index(op.f("ix_edition_matter_edition_id"), "edition_matter", ["edition_id"], unique=False)
    op.create_table(
        "evidence_word",
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("attachment_id", sa.String(length=16), nullable=False),
        sa.Column("released", sa.Boolean(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by", sa.String(length=16), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_evidence_word_case_id_case")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_evidence_word_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_word")),
        sa.UniqueConstraint("case_id", "attachment_id", name=op.f("uq_evidence_word_case_id_attachment_id")),
    )
    op.create_index(op.f("ix_evidence_word_unit_id"), "evidence_word", ["unit_id"], unique=False)
    op.create_table(
        "feedback_release",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by", sa.String(length=40), nullable=False),
        sa.Column("released_by_name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_feedback_release_case_id_case")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_feedback_release_round_id_judging_round")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_feedback_release_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_release")),
        sa.UniqueConstraint(
            "round_id", "case_id", "ordinal", name=op.f("uq_feedback_release_round_id_case_id_ordinal")
        ),
    )
    op.create_index("ix_feedback_release_case", "feedback_release", ["case_id"], unique=False)
    op.create_index(op.f("ix_feedback_release_unit_id"), "feedback_release", ["unit_id"], unique=False)
    op.create_table(
        "feedback_terms",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("fewest_reads", sa.Integer(), nullable=False),
        sa.Column("greeting", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_feedback_terms_round_id_judging_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_terms")),
        sa.UniqueConstraint("round_id", name=op.f("uq_feedback_terms_round_id")),
    )
    op.create_table(
        "identity_review",
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("call_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("masks", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("kept", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("withheld", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("confirmed_hash", sa.String(length=64), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.String(length=40), nullable=False),
        sa.Column("confirmed_by_name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_identity_review_call_id_call")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_identity_review_case_id_case")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_identity_review_unit_id_unit")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_identity_review")),
    )
    op.create_index(op.f("ix_identity_review_call_id"), "identity_review", ["call_id"], unique=False)
    op.create_table(
        "imported_case",
        sa.Column("call_id", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("run_id", sa.String(length=16), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_imported_case_call_id_call")),
        sa.ForeignKeyConstraint(
            ["run_id"], ["import_run.id"], name=op.f("fk_imported_case_run_id_import_run")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_case")),
        sa.UniqueConstraint("call_id", "key", name=op.f("uq_imported_case_call_id_key")),
    )
    op.create_table(
        "inclusion_certificate",
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("edition_id", sa.String(length=16), nullable=False),
        sa.Column("entry_id", sa.String(length=16), nullable=False),
        sa.Column("award_id", sa.String(length=16), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("holder_kind", sa.String(length=20), nullable=False),
        sa.Column("holder", sa.String(length=300), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("unit", sa.String(length=300), nullable=False),
        sa.Column("book", sa.String(length=300), nullable=False),
        sa.Column("sheet", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_inclusion_certificate_edition_id_edition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inclusion_certificate")),
        sa.UniqueConstraint(
            "edition_id",
            "entry_id",
            "holder_kind",
            "holder",
            name=op.f("uq_inclusion_certificate_edition_id_entry_id_holder_kind_holder"),
        ),
        sa.UniqueConstraint("number", name=op.f("uq_inclusion_certificate_number")),
        sa.UniqueConstraint("year", "serial", name=op.f("uq_inclusion_certificate_year_serial")),
    )
    op.create_index(
        op.f("ix_inclusion_certificate_edition_id"), "inclusion_certificate", ["edition_id"], unique=False
    )
    op.create_table(
        "judging_assignment_sheet",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("lines", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by", sa.String(length=40), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["judging_round.id"],
            name=op.f("fk_judging_assignment_sheet_round_id_judging_round"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judging_assignment_sheet")),
    )
    op.create_index(
        op.f("ix_judging_assignment_sheet_round_id"), "judging_assignment_sheet", ["round_id"], unique=False
    )
    op.create_table(
        "judging_conflict",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("juror_id", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("declared_by", sa.String(length=40), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.String(length=40), nullable=False),
        sa.Column("lift_reason", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_judging_conflict_case_id_case")),
        sa.ForeignKeyConstraint(["juror_id"], ["user.id"], name=op.f("fk_judging_conflict_juror_id_user")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_judging_conflict_round_id_judging_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judging_conflict")),
    )
    op.create_index(op.f("ix_judging_conflict_juror_id"), "judging_conflict", ["juror_id"], unique=False)
    op.create_index(op.f("ix_judging_conflict_round_id"), "judging_conflict", ["round_id"], unique=False)
    op.create_table(
        "judging_discussion",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=32), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(length=40), nullable=False),
        sa.Column("open_reason", sa.String(length=1000), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_judging_discussion_round_id_judging_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judging_discussion")),
        sa.UniqueConstraint("round_id", "ordinal", name=op.f("uq_judging_discussion_round_id_ordinal")),
    )
    op.create_table(
        "judging_distribution",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reads", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=40), nullable=False),
        sa.Column("made_by_name", sa.String(length=200), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_judging_distribution_round_id_judging_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judging_distribution")),
    )
    op.create_index(
        op.f("ix_judging_distribution_round_id"), "judging_distribution", ["round_id"], unique=False
    )
    op.create_table(
        "juror_interest",
        sa.Column("user_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_juror_interest_unit_id_unit")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_juror_interest_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_juror_interest")),
    )
    op.create_index(op.f("ix_juror_interest_user_id"), "juror_interest", ["user_id"], unique=False)
    op.create_table(
        "juror_profile",
        sa.Column("user_id", sa.String(length=16), nullable=False),
        sa.Column("topics", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("region", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=200), nullable=False),
        sa.Column("load_limit", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_juror_profile_user_id_user")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_juror_profile")),
    )
    op.create_table(
        "juror_remark",
        sa.Column("user_id", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_juror_remark_user_id_user")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_juror_remark")),
    )
    op.create_table(
        "jury_meeting",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("chair", sa.String(length=200), nullable=False),
        sa.Column("recorder", sa.String(length=200), nullable=False),
        sa.Column("attending", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("named_votes", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_jury_meeting_round_id_judging_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jury_meeting")),
        sa.UniqueConstraint("round_id", name=op.f("uq_jury_meeting_round_id")),
    )
    op.create_table(
        "jury_statement",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("worded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("worded_by", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_jury_statement_round_id_judging_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jury_statement")),
    )
    op.create_index(op.f("ix_jury_statement_round_id"), "jury_statement", ["round_id"], unique=False)
    op.create_table(
        "live_session",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("call_id", sa.String(length=16), nullable=False),
        sa.Column("token", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("stages", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("cursor", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("shown", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("questions_open", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_live_session_call_id_call")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_live_session_round_id_judging_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_session")),
        sa.UniqueConstraint("token", name=op.f("uq_live_session_token")),
    )
    op.create_index(op.f("ix_live_session_round_id"), "live_session", ["round_id"], unique=False)
    op.create_table(
        "meeting_motion",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("case_ids", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("prize_key", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("put_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("put_by", sa.String(length=40), nullable=False),
        sa.Column("put_by_name", sa.String(length=200), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_meeting_motion_round_id_judging_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_motion")),
        sa.UniqueConstraint("round_id", "ordinal", name=op.f("uq_meeting_motion_round_id_ordinal")),
    )
    op.create_index(op.f("ix_meeting_motion_round_id"), "meeting_motion", ["round_id"], unique=False)
    op.create_table(
        "meeting_note",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.String(length=40), nullable=False),
        sa.Column("written_by_name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_meeting_note_case_id_case")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_meeting_note_round_id_judging_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_note")),
    )
    op.create_index(op.f("ix_meeting_note_round_id"), "meeting_note", ["round_id"], unique=False)
    op.create_table(
        "one_time_link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=16), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_one_time_link_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_one_time_link_token_hash")),
    )
    op.create_index(op.f("ix_one_time_link_user_id"), "one_time_link", ["user_id"], unique=False)
    op.create_table(
        "organiser_recusal",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("declared_by", sa.String(length=40), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.String(length=40), nullable=False),
        sa.Column("lift_reason", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_organiser_recusal_case_id_case")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_organiser_recusal_round_id_judging_round")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_organiser_recusal_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organiser_recusal")),
    )
    op.create_index(op.f("ix_organiser_recusal_round_id"), "organiser_recusal", ["round_id"], unique=False)
    op.create_index(op.f("ix_organiser_recusal_user_id"), "organiser_recusal", ["user_id"], unique=False)
    op.create_table(
        "pack_use_answer",
        sa.Column("use_id", sa.String(length=16), nullable=False),
        sa.Column("browser", sa.String(length=64), nullable=False),
        sa.Column("gained", sa.Text(), nullable=False),
        sa.Column("unclear", sa.Text(), nullable=False),
        sa.Column("helpful", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["use_id"], ["pack_use.id"], name=op.f("fk_pack_use_answer_use_id_pack_use"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_use_answer")),
        sa.UniqueConstraint("use_id", "browser", name=op.f("uq_pack_use_answer_use_id_browser")),
    )
    op.create_index(op.f("ix_pack_use_answer_use_id"), "pack_use_answer", ["use_id"], unique=False)
    op.create_table(
        "pack_use_case",
        sa.Column("use_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["use_id"], ["pack_use.id"], name=op.f("fk_pack_use_case_use_id_pack_use"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_use_case")),
        sa.UniqueConstraint("use_id", "case_id", name=op.f("uq_pack_use_case_use_id_case_id")),
    )
    op.create_index(op.f("ix_pack_use_case_case_id"), "pack_use_case", ["case_id"], unique=False)
    op.create_index(op.f("ix_pack_use_case_use_id"), "pack_use_case", ["use_id"], unique=False)
    op.create_table(
        "panel_member",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("category_keys", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("load_limit", sa.Integer(), nullable=True),
        sa.Column("group_key", sa.String(length=40), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_by", sa.String(length=40), nullable=False),
        sa.Column("responded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("decline_reason", sa.String(length=1000), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_panel_member_round_id_judging_round")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_panel_member_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_member")),
        sa.UniqueConstraint("round_id", "user_id", name=op.f("uq_panel_member_round_id_user_id")),
    )
    op.create_index(op.f("ix_panel_member_user_id"), "panel_member", ["user_id"], unique=False)
    op.create_table(
        "person_to_avoid",
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("named_by", sa.String(length=40), nullable=False),
        sa.Column("named_by_name", sa.String(length=200), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_person_to_avoid_case_id_case")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_person_to_avoid_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_to_avoid")),
    )
    op.create_index(op.f("ix_person_to_avoid_case_id"), "person_to_avoid", ["case_id"], unique=False)
    op.create_table(
        "personal_token",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_personal_token_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_personal_token_token_hash")),
    )
    op.create_index(op.f("ix_personal_token_user_id"), "personal_token", ["user_id"], unique=False)
    op.create_table(
        "prize_decision",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=False),
        sa.Column("decided_by_name", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("standings", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("chosen", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_by", sa.String(length=40), nullable=False),
        sa.Column("taken_back_by_name", sa.String(length=200), nullable=False),
        sa.Column("take_back_reason", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_prize_decision_round_id_judging_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prize_decision")),
    )
    op.create_index(op.f("ix_prize_decision_round_id"), "prize_decision", ["round_id"], unique=False)
    op.create_index(
        "uq_prize_decision_stands",
        "prize_decision",
        ["round_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'main' AND taken_back_at IS NULL"),
        postgresql_where=sa.text("kind = 'main' AND taken_back_at IS NULL"),
    )
    op.create_table(
        "proof_error",
        sa.Column("edition_id", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.String(length=16), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(length=20), nullable=False),
        sa.Column("before", sa.String(length=500), nullable=False),
        sa.Column("after", sa.String(length=500), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("found_by", sa.String(length=40), nullable=False),
        sa.Column("found_name", sa.String(length=300), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by", sa.String(length=40), nullable=False),
        sa.Column("settled_name", sa.String(length=300), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("corrected_round", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(length=500), nullable=False),
        sa.Column("verified_name", sa.String(length=300), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_proof_error_edition_id_edition"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proof_error")),
    )
    op.create_index(op.f("ix_proof_error_edition_id"), "proof_error", ["edition_id"], unique=False)
    op.create_index(op.f("ix_proof_error_subject_id"), "proof_error", ["subject_id"], unique=False)
    op.create_table(
        "quiz_question",
        sa.Column("owner_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=True),
        sa.Column("question", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("difficulty", sa.String(length=10), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("words_hash", sa.String(length=64), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_quiz_question_owner_id_user")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_quiz_question_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_question")),
    )
    op.create_index(op.f("ix_quiz_question_case_id"), "quiz_question", ["case_id"], unique=False)
    op.create_index(op.f("ix_quiz_question_owner_id"), "quiz_question", ["owner_id"], unique=False)
    op.create_index(op.f("ix_quiz_question_topic"), "quiz_question", ["topic"], unique=False)
    op.create_index(op.f("ix_quiz_question_unit_id"), "quiz_question", ["unit_id"], unique=False)
    op.create_index(op.f("ix_quiz_question_words_hash"), "quiz_question", ["words_hash"], unique=False)
    op.create_table(
        "reading_list",
        sa.Column("owner_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("token", sa.String(length=40), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_reading_list_owner_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_list")),
        sa.UniqueConstraint("token", name=op.f("uq_reading_list_token")),
    )
    op.create_index(op.f("ix_reading_list_owner_id"), "reading_list", ["owner_id"], unique=False)
    op.create_table(
        "result_letter",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("queued_by", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_result_letter_case_id_case")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_result_letter_round_id_judging_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_letter")),
        sa.UniqueConstraint(
            "round_id", "case_id", "outcome", name=op.f("uq_result_letter_round_id_case_id_outcome")
        ),
    )
    op.create_table(
        "result_wording",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_result_wording_round_id_judging_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_wording")),
        sa.UniqueConstraint("round_id", "kind", name=op.f("uq_result_wording_round_id_kind")),
    )
    op.create_table(
        "review_act",
        sa.Column("edition_id", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("mark", sa.String(length=20), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=True),
        sa.Column("report", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("back_to", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("words", sa.String(length=64), nullable=False),
        sa.Column("snapshot", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("build", sa.Integer(), nullable=True),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("brief", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("by_name", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_review_act_edition_id_edition"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_act")),
        sa.UniqueConstraint("subject_id", "number", name=op.f("uq_review_act_subject_id_number")),
    )
    op.create_index(op.f("ix_review_act_edition_id"), "review_act", ["edition_id"], unique=False)
    op.create_index(op.f("ix_review_act_subject_id"), "review_act", ["subject_id"], unique=False)
    op.create_table(
        "review_draft",
        sa.Column("edition_id", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.String(length=16), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("user_id", sa.String(length=16), nullable=False),
        sa.Column("fields", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name=op.f("fk_review_draft_edition_id_edition"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_review_draft_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_draft")),
        sa.UniqueConstraint(
            "subject_id", "step", "user_id", name=op.f("uq_review_draft_subject_id_step_user_id")
        ),
    )
    op.create_index(op.f("ix_review_draft_edition_id"), "review_draft", ["edition_id"], unique=False)
    op.create_index(op.f("ix_review_draft_subject_id"), "review_draft", ["subject_id"], unique=False)
    op.create_index(op.f("ix_review_draft_user_id"), "review_draft", ["user_id"], unique=False)
    op.create_table(
        "review_duty",
        sa.Column("edition_id", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.String(length=16), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("user_id", sa.String(length=16), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assigned_by", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_review_duty_edition_id_edition"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_review_duty_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_duty")),
        sa.UniqueConstraint(
            "edition_id", "subject_id", "step", name=op.f("uq_review_duty_edition_id_subject_id_step")
        ),
    )
    op.create_index(op.f("ix_review_duty_edition_id"), "review_duty", ["edition_id"], unique=False)
    op.create_index(op.f("ix_review_duty_user_id"), "review_duty", ["user_id"], unique=False)
    op.create_table(
        "review_text_read",
        sa.Column("edition_id", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name=op.f("fk_review_text_read_edition_id_edition"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_review_text_read_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_text_read")),
        sa.UniqueConstraint("subject_id", "user_id", name=op.f("uq_review_text_read_subject_id_user_id")),
    )
    op.create_index(op.f("ix_review_text_read_edition_id"), "review_text_read", ["edition_id"], unique=False)
    op.create_index(op.f("ix_review_text_read_subject_id"), "review_text_read", ["subject_id"], unique=False)
    op.create_index(op.f("ix_review_text_read_user_id"), "review_text_read", ["user_id"], unique=False)
    op.create_table(
        "role_grant",
        sa.Column("user_id", sa.String(length=16), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_role_grant_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    op.create_index(op.f("ix_role_grant_user_id"), "role_grant", ["user_id"], unique=False)
    op.create_table(
        "saved_search",
        sa.Column("user_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("rhythm", sa.String(length=10), nullable=False),
        sa.Column("seen_number", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("visited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_saved_search_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
    )
    op.create_index(op.f("ix_saved_search_user_id"), "saved_search", ["user_id"], unique=False)
    op.create_table(
        "score_sheet",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("juror_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("lines", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["juror_id"], ["user.id"], name=op.f("fk_score_sheet_juror_id_user")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_score_sheet_round_id_judging_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_sheet")),
    )
    op.create_index(op.f("ix_score_sheet_juror_id"), "score_sheet", ["juror_id"], unique=False)
    op.create_table(
        "shelf_record",
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.String(length=16), nullable=False),
        sa.Column("category", sa.String(length=200), nullable=False),
        sa.Column("public_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("members_since", sa.Integer(), nullable=False),
        sa.Column("trainers_since", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_shelf_record_case_id_case")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_shelf_record")),
    )
    op.create_index("ix_shelf_record_harvest", "shelf_record", ["public_at", "case_id"], unique=False)
    op.create_index(op.f("ix_shelf_record_members_since"), "shelf_record", ["members_since"], unique=False)
    op.create_index(op.f("ix_shelf_record_number"), "shelf_record", ["number"], unique=False)
    op.create_index(op.f("ix_shelf_record_trainers_since"), "shelf_record", ["trainers_since"], unique=False)
    op.create_table(
        "shelf_wish",
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("wish", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=16), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(length=40), nullable=True),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.String(length=500), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_shelf_wish_case_id_case")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_shelf_wish_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shelf_wish")),
    )
    op.create_index(op.f("ix_shelf_wish_case_id"), "shelf_wish", ["case_id"], unique=False)
    op.create_index(op.f("ix_shelf_wish_unit_id"), "shelf_wish", ["unit_id"], unique=False)
    op.create_table(
        "study_series",
        sa.Column("token", sa.String(length=24), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=True),
        sa.Column("rhythm", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("remind_days", sa.Integer(), nullable=False),
        sa.Column("late_hours", sa.Integer(), nullable=False),
        sa.Column("keep_days", sa.Integer(), nullable=False),
        sa.Column("members_cases", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_study_series_owner_id_user")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_study_series_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_series")),
        sa.UniqueConstraint("token", name=op.f("uq_study_series_token")),
    )
    op.create_index(op.f("ix_study_series_owner_id"), "study_series", ["owner_id"], unique=False)
    op.create_index(op.f("ix_study_series_unit_id"), "study_series", ["unit_id"], unique=False)
    op.create_table(
        "topic_reading",
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("version_id", sa.String(length=16), nullable=False),
        sa.Column("audience", sa.String(length=10), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_topic_reading_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic_reading")),
        sa.UniqueConstraint("case_id", name=op.f("uq_topic_reading_case_id")),
    )
    op.create_table(
        "usage_day",
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_usage_day_case_id_case")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_usage_day_unit_id_unit")),
        sa.PrimaryKeyConstraint("case_id", "day", "kind", name=op.f("pk_usage_day")),
    )
    op.create_index(op.f("ix_usage_day_day"), "usage_day", ["day"], unique=False)
    op.create_index(op.f("ix_usage_day_unit_id"), "usage_day", ["unit_id"], unique=False)
    op.create_table(
        "user_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("browser", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_user_session_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_user_session_token_hash")),
    )
    op.create_index(op.f("ix_user_session_user_id"), "user_session", ["user_id"], unique=False)
    op.create_table(
        "assignment",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("version_id", sa.String(length=16), nullable=False),
        sa.Column("juror_id", sa.String(length=16), nullable=False),
        sa.Column("label", sa.String(length=10), nullable=False),
        sa.Column("category_key", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assigned_by", sa.String(length=40), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("skipped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("flag", sa.String(length=1000), nullable=False),
        sa.Column("flagged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.String(length=1000), nullable=False),
        sa.Column("distribution_id", sa.String(length=16), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=16), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_assignment_case_id_case")),
        sa.ForeignKeyConstraint(
            ["distribution_id"],
            ["judging_distribution.id"],
            name=op.f("fk_assignment_distribution_id_judging_distribution"),
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["judging_distribution.id"],
            name=op.f("fk_assignment_ended_by_judging_distribution"),
        ),
        sa.ForeignKeyConstraint(["juror_id"], ["user.id"], name=op.f("fk_assignment_juror_id_user")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_assignment_round_id_judging_round")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["case_version.id"], name=op.f("fk_assignment_version_id_case_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint(
            "round_id", "case_id", "juror_id", name=op.f("uq_assignment_round_id_case_id_juror_id")
        ),
    )
    op.create_index(op.f("ix_assignment_case_id"), "assignment", ["case_id"], unique=False)
    op.create_index(op.f("ix_assignment_distribution_id"), "assignment", ["distribution_id"], unique=False)
    op.create_index(op.f("ix_assignment_juror_id"), "assignment", ["juror_id"], unique=False)
    op.create_index("ix_assignment_round_state", "assignment", ["round_id", "state"], unique=False)
    op.create_table(
        "award",
        sa.Column("call_id", sa.String(length=16), nullable=False),
        sa.Column("decision_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("version_id", sa.String(length=16), nullable=False),
        sa.Column("prize_key", sa.String(length=40), nullable=False),
        sa.Column("prize_name", sa.String(length=200), nullable=False),
        sa.Column("prize_rank", sa.Integer(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_by", sa.String(length=40), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.String(length=40), nullable=False),
        sa.Column("revoke_reason", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_award_call_id_call")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_award_case_id_case")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["prize_decision.id"], name=op.f("fk_award_decision_id_prize_decision")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["case_version.id"], name=op.f("fk_award_version_id_case_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award")),
    )
    op.create_index(op.f("ix_award_call_id"), "award", ["call_id"], unique=False)
    op.create_index(op.f("ix_award_decision_id"), "award", ["decision_id"], unique=False)
    op.create_index(
        "uq_award_in_force",
        "award",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_table(
        "build_file",
        sa.Column("build_id", sa.String(length=16), nullable=False),
        sa.Column("output", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("media_type", sa.String(length=300), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["build_id"],
            ["book_build.id"],
            name=op.f("fk_build_file_build_id_book_build"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_build_file")),
        sa.UniqueConstraint("build_id", "output", name=op.f("uq_build_file_build_id_output")),
    )
    op.create_index(op.f("ix_build_file_build_id"), "build_file", ["build_id"], unique=False)
    op.create_index(op.f("ix_build_file_sha256"), "build_file", ["sha256"], unique=False)
    op.create_table(
        "calibration",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("version_id", sa.String(length=16), nullable=True),
        sa.Column("case_id", sa.String(length=16), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("commentary", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(length=40), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_calibration_case_id_case")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_calibration_round_id_judging_round")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["case_version.id"], name=op.f("fk_calibration_version_id_case_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration")),
    )
    op.create_index(op.f("ix_calibration_round_id"), "calibration", ["round_id"], unique=False)
    op.create_table(
        "case_check_sheet",
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("version_id", sa.String(length=16), nullable=False),
        sa.Column("ticks", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_check_sheet_case_id_case")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["case_version.id"], name=op.f("fk_case_check_sheet_version_id_case_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_check_sheet")),
        sa.UniqueConstraint("version_id", name=op.f("uq_case_check_sheet_version_id")),
    )
    op.create_index(op.f("ix_case_check_sheet_case_id"), "case_check_sheet", ["case_id"], unique=False)
    op.create_table(
        "case_recommendation",
        sa.Column("call_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("version_id", sa.String(length=16), nullable=False),
        sa.Column("case_unit_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("unit_name", sa.String(length=200), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.String(length=40), nullable=False),
        sa.Column("given_by_name", sa.String(length=200), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_case_recommendation_call_id_call")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_recommendation_case_id_case")),
        sa.ForeignKeyConstraint(
            ["case_unit_id"], ["unit.id"], name=op.f("fk_case_recommendation_case_unit_id_unit")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_case_recommendation_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["case_version.id"], name=op.f("fk_case_recommendation_version_id_case_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_recommendation")),
    )
    op.create_index(op.f("ix_case_recommendation_call_id"), "case_recommendation", ["call_id"], unique=False)
    op.create_index(op.f("ix_case_recommendation_case_id"), "case_recommendation", ["case_id"], unique=False)
    op.create_index(op.f("ix_case_recommendation_unit_id"), "case_recommendation", ["unit_id"], unique=False)
    op.create_table(
        "conflict_ruling",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("version_id", sa.String(length=16), nullable=False),
        sa.Column("juror_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=False),
        sa.Column("decided_by_name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_conflict_ruling_case_id_case")),
        sa.ForeignKeyConstraint(["juror_id"], ["user.id"], name=op.f("fk_conflict_ruling_juror_id_user")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_conflict_ruling_round_id_judging_round")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["case_version.id"], name=op.f("fk_conflict_ruling_version_id_case_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_ruling")),
    )
    op.create_index("ix_conflict_ruling_round", "conflict_ruling", ["round_id", "case_id"], unique=False)
    op.create_table(
        "discussion_remark",
        sa.Column("discussion_id", sa.String(length=16), nullable=False),
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("juror_id", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_discussion_remark_case_id_case")),
        sa.ForeignKeyConstraint(
            ["discussion_id"],
            ["judging_discussion.id"],
            name=op.f("fk_discussion_remark_discussion_id_judging_discussion"),
        ),
        sa.ForeignKeyConstraint(["juror_id"], ["user.id"], name=op.f("fk_discussion_remark_juror_id_user")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_discussion_remark_round_id_judging_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discussion_remark")),
    )
    op.create_index(
        "ix_discussion_remark_round_case", "discussion_remark", ["round_id", "case_id"], unique=False
    )
    op.create_table(
        "edition_entry",
        sa.Column("edition_id", sa.String(length=16), nullable=False),
        sa.Column("chapter_id", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("version_id", sa.String(length=16), nullable=False),
        sa.Column("award_id", sa.String(length=16), nullable=False),
        sa.Column("prize_name", sa.String(length=300), nullable=False),
        sa.Column("prize_rank", sa.Integer(), nullable=False),
        sa.Column("category_key", sa.String(length=40), nullable=False),
        sa.Column("category_name", sa.String(length=300), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("topics", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("places", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("prints_commendation", sa.Boolean(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["chapter_id"],
            ["edition_chapter.id"],
            name=op.f("fk_edition_entry_chapter_id_edition_chapter"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name=op.f("fk_edition_entry_edition_id_edition"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_entry")),
        sa.UniqueConstraint("edition_id", "case_id", name=op.f("uq_edition_entry_edition_id_case_id")),
    )
    op.create_index(op.f("ix_edition_entry_case_id"), "edition_entry", ["case_id"], unique=False)
    op.create_index(op.f("ix_edition_entry_edition_id"), "edition_entry", ["edition_id"], unique=False)
    op.create_index(op.f("ix_edition_entry_version_id"), "edition_entry", ["version_id"], unique=False)
    op.create_table(
        "invitation_link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.String(length=16), nullable=False),
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["panel_member.id"], name=op.f("fk_invitation_link_member_id_panel_member")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_invitation_link_round_id_judging_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_link_token_hash")),
    )
    op.create_index(op.f("ix_invitation_link_member_id"), "invitation_link", ["member_id"], unique=False)
    op.create_table(
        "judging_case",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("version_id", sa.String(length=16), nullable=False),
        sa.Column("category_key", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=10), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_judging_case_case_id_case")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_judging_case_round_id_judging_round")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["case_version.id"], name=op.f("fk_judging_case_version_id_case_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judging_case")),
        sa.UniqueConstraint("round_id", "case_id", name=op.f("uq_judging_case_round_id_case_id")),
        sa.UniqueConstraint("round_id", "label", name=op.f("uq_judging_case_round_id_label")),
    )
    op.create_table(
        "live_item",
        sa.Column("session_id", sa.String(length=16), nullable=False),
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("unit_name", sa.String(length=200), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("figures", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("revealed", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_live_item_case_id_case")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_live_item_round_id_judging_round")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["live_session.id"], name=op.f("fk_live_item_session_id_live_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_item")),
        sa.UniqueConstraint("session_id", "case_id", name=op.f("uq_live_item_session_id_case_id")),
    )
    op.create_index(op.f("ix_live_item_round_id"), "live_item", ["round_id"], unique=False)
    op.create_table(
        "meeting_vote",
        sa.Column("motion_id", sa.String(length=16), nullable=False),
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("juror_id", sa.String(length=16), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("choice", sa.String(length=20), nullable=False),
        sa.Column("cast_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["motion_id"], ["meeting_motion.id"], name=op.f("fk_meeting_vote_motion_id_meeting_motion")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_meeting_vote_round_id_judging_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_vote")),
        sa.UniqueConstraint(
            "motion_id", "juror_id", "ordinal", name=op.f("uq_meeting_vote_motion_id_juror_id_ordinal")
        ),
    )
    op.create_index(op.f("ix_meeting_vote_motion_id"), "meeting_vote", ["motion_id"], unique=False)
    op.create_table(
        "originality_match",
        sa.Column("version_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("source_id", sa.String(length=16), nullable=False),
        sa.Column("source_version_id", sa.String(length=16), nullable=True),
        sa.Column("matched", sa.Integer(), nullable=False),
        sa.Column("passages", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_originality_match_case_id_case")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["case_version.id"], name=op.f("fk_originality_match_version_id_case_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_originality_match")),
    )
    op.create_index(op.f("ix_originality_match_source_id"), "originality_match", ["source_id"], unique=False)
    op.create_index(
        op.f("ix_originality_match_version_id"), "originality_match", ["version_id"], unique=False
    )
    op.create_table(
        "originality_report",
        sa.Column("version_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("call_id", sa.String(length=16), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("matched", sa.Integer(), nullable=False),
        sa.Column("largest", sa.Integer(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("seen_matched", sa.Integer(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by", sa.String(length=40), nullable=False),
        sa.Column("reviewed_by_name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_originality_report_call_id_call")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_originality_report_case_id_case")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["case_version.id"], name=op.f("fk_originality_report_version_id_case_version")
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_originality_report")),
    )
    op.create_index(op.f("ix_originality_report_call_id"), "originality_report", ["call_id"], unique=False)
    op.create_index(op.f("ix_originality_report_case_id"), "originality_report", ["case_id"], unique=False)
    op.create_table(
        "photo_match",
        sa.Column("version_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("attachment_id", sa.String(length=16), nullable=False),
        sa.Column("source_id", sa.String(length=16), nullable=False),
        sa.Column("source_version_id", sa.String(length=16), nullable=False),
        sa.Column("source_attachment_id", sa.String(length=16), nullable=False),
        sa.Column("distance", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_photo_match_case_id_case")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["case_version.id"], name=op.f("fk_photo_match_version_id_case_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo_match")),
    )
    op.create_index(op.f("ix_photo_match_source_id"), "photo_match", ["source_id"], unique=False)
    op.create_index(op.f("ix_photo_match_version_id"), "photo_match", ["version_id"], unique=False)
    op.create_table(
        "public_notice",
        sa.Column("decision_id", sa.String(length=16), nullable=False),
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("call_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.String(length=40), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("contact", sa.String(length=1000), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("final_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_public_notice_call_id_call")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["prize_decision.id"], name=op.f("fk_public_notice_decision_id_prize_decision")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_public_notice_round_id_judging_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_notice")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_public_notice_decision_id")),
    )
    op.create_index(op.f("ix_public_notice_call_id"), "public_notice", ["call_id"], unique=False)
    op.create_index(op.f("ix_public_notice_round_id"), "public_notice", ["round_id"], unique=False)
    op.create_table(
        "published_book",
        sa.Column("edition_id", sa.String(length=16), nullable=False),
        sa.Column("build_id", sa.String(length=16), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("offers", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.String(length=40), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["build_id"], ["book_build.id"], name=op.f("fk_published_book_build_id_book_build")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name=op.f("fk_published_book_edition_id_edition"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_book")),
        sa.UniqueConstraint("edition_id", name=op.f("uq_published_book_edition_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_published_book_slug")),
    )
    op.create_index(op.f("ix_published_book_build_id"), "published_book", ["build_id"], unique=False)
    op.create_table(
        "quiz_challenge",
        sa.Column("series_id", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("counting", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("smallest", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("pool", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("seed", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"], ["study_series.id"], name=op.f("fk_quiz_challenge_series_id_study_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_challenge")),
    )
    op.create_index(op.f("ix_quiz_challenge_series_id"), "quiz_challenge", ["series_id"], unique=False)
    op.create_table(
        "reading_list_entry",
        sa.Column("list_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_reading_list_entry_case_id_case")),
        sa.ForeignKeyConstraint(
            ["list_id"],
            ["reading_list.id"],
            name=op.f("fk_reading_list_entry_list_id_reading_list"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_list_entry")),
        sa.UniqueConstraint("list_id", "case_id", name=op.f("uq_reading_list_entry_list_id_case_id")),
    )
    op.create_index(op.f("ix_reading_list_entry_case_id"), "reading_list_entry", ["case_id"], unique=False)
    op.create_table(
        "search_find",
        sa.Column("search_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_search_find_case_id_case")),
        sa.ForeignKeyConstraint(
            ["search_id"],
            ["saved_search.id"],
            name=op.f("fk_search_find_search_id_saved_search"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("search_id", "case_id", name=op.f("pk_search_find")),
    )
    op.create_index("ix_search_find_waiting", "search_find", ["told_at", "search_id"], unique=False)
    op.create_table(
        "study_participant",
        sa.Column("series_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.String(length=16), nullable=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"], ["study_series.id"], name=op.f("fk_study_participant_series_id_study_series")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_study_participant_unit_id_unit")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_study_participant_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_participant")),
        sa.UniqueConstraint("series_id", "user_id", name=op.f("uq_study_participant_series_id_user_id")),
    )
    op.create_index(op.f("ix_study_participant_series_id"), "study_participant", ["series_id"], unique=False)
    op.create_index(op.f("ix_study_participant_unit_id"), "study_participant", ["unit_id"], unique=False)
    op.create_table(
        "study_presenter",
        sa.Column("series_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("away_from", sa.Date(), nullable=True),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.Column("left", sa.Boolean(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"], ["study_series.id"], name=op.f("fk_study_presenter_series_id_study_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_presenter")),
    )
    op.create_index(op.f("ix_study_presenter_series_id"), "study_presenter", ["series_id"], unique=False)
    op.create_table(
        "study_unit",
        sa.Column("series_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"], ["study_series.id"], name=op.f("fk_study_unit_series_id_study_series")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_study_unit_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_unit")),
        sa.UniqueConstraint("series_id", "unit_id", name=op.f("uq_study_unit_series_id_unit_id")),
    )
    op.create_index(op.f("ix_study_unit_series_id"), "study_unit", ["series_id"], unique=False)
    op.create_index(op.f("ix_study_unit_unit_id"), "study_unit", ["unit_id"], unique=False)
    op.create_table(
        "calibration_mark",
        sa.Column("calibration_id", sa.String(length=16), nullable=False),
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("juror_id", sa.String(length=16), nullable=False),
        sa.Column("criterion_key", sa.String(length=40), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(length=20), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["calibration_id"],
            ["calibration.id"],
            name=op.f("fk_calibration_mark_calibration_id_calibration"),
        ),
        sa.ForeignKeyConstraint(["juror_id"], ["user.id"], name=op.f("fk_calibration_mark_juror_id_user")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_calibration_mark_round_id_judging_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration_mark")),
        sa.UniqueConstraint(
            "calibration_id",
            "juror_id",
            "criterion_key",
            "ordinal",
            name=op.f("uq_calibration_mark_calibration_id_juror_id_criterion_key_ordinal"),
        ),
    )
    op.create_table(
        "calibration_read",
        sa.Column("calibration_id", sa.String(length=16), nullable=False),
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("juror_id", sa.String(length=16), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["calibration_id"],
            ["calibration.id"],
            name=op.f("fk_calibration_read_calibration_id_calibration"),
        ),
        sa.ForeignKeyConstraint(["juror_id"], ["user.id"], name=op.f("fk_calibration_read_juror_id_user")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_calibration_read_round_id_judging_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration_read")),
        sa.UniqueConstraint(
            "calibration_id", "juror_id", name=op.f("uq_calibration_read_calibration_id_juror_id")
        ),
    )
    op.create_table(
        "certificate",
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("call_id", sa.String(length=16), nullable=False),
        sa.Column("award_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("holder_kind", sa.String(length=20), nullable=False),
        sa.Column("holder", sa.String(length=200), nullable=False),
        sa.Column("sheet", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.String(length=40), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.String(length=40), nullable=False),
        sa.Column("void_reason", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_certificate_award_id_award")),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_certificate_call_id_call")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_certificate_case_id_case")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_certificate_round_id_judging_round")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_certificate_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("number", name=op.f("uq_certificate_number")),
        sa.UniqueConstraint("year", "serial", name=op.f("uq_certificate_year_serial")),
    )
    op.create_index(op.f("ix_certificate_award_id"), "certificate", ["award_id"], unique=False)
    op.create_index(op.f("ix_certificate_case_id"), "certificate", ["case_id"], unique=False)
    op.create_index(op.f("ix_certificate_round_id"), "certificate", ["round_id"], unique=False)
    op.create_index(op.f("ix_certificate_unit_id"), "certificate", ["unit_id"], unique=False)
    op.create_index(
        "uq_certificate_in_force",
        "certificate",
        ["award_id", "holder_kind", "holder"],
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL"),
        postgresql_where=sa.text("voided_at IS NULL"),
    )
    op.create_table(
        "claim_verdict",
        sa.Column("assignment_id", sa.String(length=16), nullable=False),
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("juror_id", sa.String(length=16), nullable=False),
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_claim_verdict_assignment_id_assignment")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_claim_verdict_round_id_judging_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_verdict")),
        sa.UniqueConstraint(
            "assignment_id", "claim", "ordinal", name=op.f("uq_claim_verdict_assignment_id_claim_ordinal")
        ),
    )
    op.create_index(op.f("ix_claim_verdict_round_id"), "claim_verdict", ["round_id"], unique=False)
    op.create_table(
        "editing_thread",
        sa.Column("entry_id", sa.String(length=16), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("before", sa.String(length=300), nullable=False),
        sa.Column("after", sa.String(length=300), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by", sa.String(length=40), nullable=False),
        sa.Column("resolver_name", sa.String(length=300), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["edition_entry.id"],
            name=op.f("fk_editing_thread_entry_id_edition_entry"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editing_thread")),
    )
    op.create_index(op.f("ix_editing_thread_entry_id"), "editing_thread", ["entry_id"], unique=False)
    op.create_table(
        "feedback_comment",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("assignment_id", sa.String(length=16), nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("withheld", sa.Boolean(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_by", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_feedback_comment_assignment_id_assignment")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_feedback_comment_case_id_case")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_feedback_comment_round_id_judging_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_comment")),
        sa.UniqueConstraint("assignment_id", name=op.f("uq_feedback_comment_assignment_id")),
    )
    op.create_index(op.f("ix_feedback_comment_round_id"), "feedback_comment", ["round_id"], unique=False)
    op.create_table(
        "hand_in",
        sa.Column("assignment_id", sa.String(length=16), nullable=False),
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("juror_id", sa.String(length=16), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("composite", sa.String(length=60), nullable=False),
        sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reopened_by", sa.String(length=40), nullable=False),
        sa.Column("reopen_reason", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_hand_in_assignment_id_assignment")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_hand_in_round_id_judging_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_in")),
        sa.UniqueConstraint("assignment_id", "ordinal", name=op.f("uq_hand_in_assignment_id_ordinal")),
    )
    op.create_index(op.f("ix_hand_in_round_id"), "hand_in", ["round_id"], unique=False)
    op.create_table(
        "ignored_finding",
        sa.Column("edition_id", sa.String(length=16), nullable=False),
        sa.Column("entry_id", sa.String(length=16), nullable=True),
        sa.Column("rule", sa.String(length=80), nullable=False),
        sa.Column("passage", sa.String(length=400), nullable=False),
        sa.Column("before", sa.String(length=40), nullable=False),
        sa.Column("after", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by", sa.String(length=40), nullable=False),
        sa.Column("said_by_name", sa.String(length=100), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name=op.f("fk_ignored_finding_edition_id_edition"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["edition_entry.id"],
            name=op.f("fk_ignored_finding_entry_id_edition_entry"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ignored_finding")),
    )
    op.create_index(op.f("ix_ignored_finding_edition_id"), "ignored_finding", ["edition_id"], unique=False)
    op.create_index(op.f("ix_ignored_finding_entry_id"), "ignored_finding", ["entry_id"], unique=False)
    op.create_table(
        "live_question",
        sa.Column("session_id", sa.String(length=16), nullable=False),
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("item_id", sa.String(length=16), nullable=True),
        sa.Column("visitor", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["live_item.id"], name=op.f("fk_live_question_item_id_live_item")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_live_question_round_id_judging_round")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["live_session.id"], name=op.f("fk_live_question_session_id_live_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_question")),
    )
    op.create_index(op.f("ix_live_question_session_id"), "live_question", ["session_id"], unique=False)
    op.create_index(op.f("ix_live_question_visitor"), "live_question", ["visitor"], unique=False)
    op.create_table(
        "live_vote",
        sa.Column("session_id", sa.String(length=16), nullable=False),
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("item_id", sa.String(length=16), nullable=False),
        sa.Column("visitor", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["live_item.id"], name=op.f("fk_live_vote_item_id_live_item")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_live_vote_round_id_judging_round")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["live_session.id"], name=op.f("fk_live_vote_session_id_live_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_vote")),
        sa.UniqueConstraint("item_id", "visitor", name=op.f("uq_live_vote_item_id_visitor")),
    )
    op.create_index(op.f("ix_live_vote_round_id"), "live_vote", ["round_id"], unique=False)
    op.create_table(
        "manuscript",
        sa.Column("entry_id", sa.String(length=16), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("unit", sa.String(length=300), nullable=False),
        sa.Column("authors", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("photos", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("source_line", sa.String(length=500), nullable=False),
        sa.Column("signoff_line", sa.String(length=500), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.String(length=40), nullable=False),
        sa.Column("writer_name", sa.String(length=300), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["edition_entry.id"],
            name=op.f("fk_manuscript_entry_id_edition_entry"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_manuscript")),
        sa.UniqueConstraint("entry_id", "ordinal", name=op.f("uq_manuscript_entry_id_ordinal")),
    )
    op.create_index(op.f("ix_manuscript_entry_id"), "manuscript", ["entry_id"], unique=False)
    op.create_table(
        "manuscript_draft",
        sa.Column("entry_id", sa.String(length=16), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("unit", sa.String(length=300), nullable=False),
        sa.Column("authors", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("photos", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("source_line", sa.String(length=500), nullable=False),
        sa.Column("signoff_line", sa.String(length=500), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(length=40), nullable=False),
        sa.Column("saved_by_name", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["edition_entry.id"],
            name=op.f("fk_manuscript_draft_entry_id_edition_entry"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_manuscript_draft")),
    )
    op.create_table(
        "mark",
        sa.Column("assignment_id", sa.String(length=16), nullable=False),
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("juror_id", sa.String(length=16), nullable=False),
        sa.Column("criterion_key", sa.String(length=40), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(length=20), nullable=True),
        sa.Column("phase", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_mark_assignment_id_assignment")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_mark_round_id_judging_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark")),
        sa.UniqueConstraint(
            "assignment_id",
            "criterion_key",
            "ordinal",
            name=op.f("uq_mark_assignment_id_criterion_key_ordinal"),
        ),
    )
    op.create_index(op.f("ix_mark_round_id"), "mark", ["round_id"], unique=False)
    op.create_table(
        "notice_line",
        sa.Column("notice_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("version_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("prize_key", sa.String(length=40), nullable=False),
        sa.Column("prize_name", sa.String(length=200), nullable=False),
        sa.Column("prize_rank", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("unit_name", sa.String(length=200), nullable=False),
        sa.Column("category_name", sa.String(length=200), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_notice_line_case_id_case")),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["public_notice.id"], name=op.f("fk_notice_line_notice_id_public_notice")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_notice_line_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["case_version.id"], name=op.f("fk_notice_line_version_id_case_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_line")),
        sa.UniqueConstraint("notice_id", "case_id", name=op.f("uq_notice_line_notice_id_case_id")),
    )
    op.create_index(op.f("ix_notice_line_case_id"), "notice_line", ["case_id"], unique=False)
    op.create_index(op.f("ix_notice_line_unit_id"), "notice_line", ["unit_id"], unique=False)
    op.create_table(
        "quiz_attempt",
        sa.Column("challenge_id", sa.String(length=16), nullable=False),
        sa.Column("participant_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("answers", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.Column("shows_name", sa.Boolean(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["quiz_challenge.id"], name=op.f("fk_quiz_attempt_challenge_id_quiz_challenge")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["study_participant.id"],
            name=op.f("fk_quiz_attempt_participant_id_study_participant"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_attempt")),
        sa.UniqueConstraint(
            "challenge_id",
            "participant_id",
            "number",
            name=op.f("uq_quiz_attempt_challenge_id_participant_id_number"),
        ),
    )
    op.create_index(op.f("ix_quiz_attempt_challenge_id"), "quiz_attempt", ["challenge_id"], unique=False)
    op.create_index(op.f("ix_quiz_attempt_participant_id"), "quiz_attempt", ["participant_id"], unique=False)
    op.create_table(
        "recommendation_scan",
        sa.Column("recommendation_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("version_id", sa.String(length=16), nullable=False),
        sa.Column("case_unit_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("proof", sa.String(length=10), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=40), nullable=False),
        sa.Column("added_by_name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_recommendation_scan_case_id_case")),
        sa.ForeignKeyConstraint(
            ["case_unit_id"], ["unit.id"], name=op.f("fk_recommendation_scan_case_unit_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["case_recommendation.id"],
            name=op.f("fk_recommendation_scan_recommendation_id_case_recommendation"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["case_version.id"], name=op.f("fk_recommendation_scan_version_id_case_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_scan")),
    )
    op.create_index(op.f("ix_recommendation_scan_case_id"), "recommendation_scan", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_recommendation_scan_recommendation_id"),
        "recommendation_scan",
        ["recommendation_id"],
        unique=False,
    )
    op.create_table(
        "review_comment",
        sa.Column("assignment_id", sa.String(length=16), nullable=False),
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("juror_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_review_comment_assignment_id_assignment")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_review_comment_round_id_judging_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_comment")),
        sa.UniqueConstraint(
            "assignment_id", "kind", "ordinal", name=op.f("uq_review_comment_assignment_id_kind_ordinal")
        ),
    )
    op.create_index(op.f("ix_review_comment_round_id"), "review_comment", ["round_id"], unique=False)
    op.create_table(
        "study_device",
        sa.Column("series_id", sa.String(length=16), nullable=False),
        sa.Column("participant_id", sa.String(length=16), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["study_participant.id"],
            name=op.f("fk_study_device_participant_id_study_participant"),
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["study_series.id"], name=op.f("fk_study_device_series_id_study_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_device")),
        sa.UniqueConstraint("series_id", "token_hash", name=op.f("uq_study_device_series_id_token_hash")),
    )
    op.create_index(op.f("ix_study_device_participant_id"), "study_device", ["participant_id"], unique=False)
    op.create_index(op.f("ix_study_device_token_hash"), "study_device", ["token_hash"], unique=False)
    op.create_table(
        "study_session",
        sa.Column("series_id", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_for", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("presenter_id", sa.String(length=16), nullable=True),
        sa.Column("fixed", sa.Boolean(), nullable=False),
        sa.Column("case_ids", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("pack_id", sa.String(length=16), nullable=False),
        sa.Column("cursor", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("desk_key", sa.String(length=24), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("makeup_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recording_url", sa.String(length=500), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["presenter_id"],
            ["study_presenter.id"],
            name=op.f("fk_study_session_presenter_id_study_presenter"),
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["study_series.id"], name=op.f("fk_study_session_series_id_study_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_session")),
        sa.UniqueConstraint("desk_key", name=op.f("uq_study_session_desk_key")),
    )
    op.create_index(op.f("ix_study_session_series_id"), "study_session", ["series_id"], unique=False)
    op.create_index(op.f("ix_study_session_starts_at"), "study_session", ["starts_at"], unique=False)
    op.create_index(op.f("ix_study_session_state"), "study_session", ["state"], unique=False)
    op.create_table(
        "unit_letter",
        sa.Column("edition_id", sa.String(length=16), nullable=False),
        sa.Column("entry_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by", sa.String(length=40), nullable=False),
        sa.Column("sender_name", sa.String(length=300), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(length=40), nullable=False),
        sa.Column("answerer_name", sa.String(length=300), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_unit_letter_edition_id_edition"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["edition_entry.id"],
            name=op.f("fk_unit_letter_entry_id_edition_entry"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_letter_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_letter")),
    )
    op.create_index(op.f("ix_unit_letter_case_id"), "unit_letter", ["case_id"], unique=False)
    op.create_index(op.f("ix_unit_letter_edition_id"), "unit_letter", ["edition_id"], unique=False)
    op.create_index(op.f("ix_unit_letter_entry_id"), "unit_letter", ["entry_id"], unique=False)
    op.create_index(op.f("ix_unit_letter_unit_id"), "unit_letter", ["unit_id"], unique=False)
    op.create_table(
        "editing_remark",
        sa.Column("thread_id", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.String(length=40), nullable=False),
        sa.Column("writer_name", sa.String(length=300), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["editing_thread.id"],
            name=op.f("fk_editing_remark_thread_id_editing_thread"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editing_remark")),
    )
    op.create_index(op.f("ix_editing_remark_thread_id"), "editing_remark", ["thread_id"], unique=False)
    op.create_table(
        "objection",
        sa.Column("notice_id", sa.String(length=16), nullable=False),
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("line_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.String(length=140), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("objector_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("workplace", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("confirm_hash", sa.String(length=64), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("ruled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["notice_line.id"], name=op.f("fk_objection_line_id_notice_line")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["public_notice.id"], name=op.f("fk_objection_notice_id_public_notice")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_objection_round_id_judging_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
        sa.UniqueConstraint("number", name=op.f("uq_objection_number")),
    )
    op.create_index(op.f("ix_objection_confirm_hash"), "objection", ["confirm_hash"], unique=False)
    op.create_index(op.f("ix_objection_notice_id"), "objection", ["notice_id"], unique=False)
    op.create_index(op.f("ix_objection_objector_id"), "objection", ["objector_id"], unique=False)
    op.create_index(op.f("ix_objection_round_id"), "objection", ["round_id"], unique=False)
    op.create_table(
        "study_attendance",
        sa.Column("session_id", sa.String(length=16), nullable=False),
        sa.Column("participant_id", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("makeup", sa.Boolean(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["study_participant.id"],
            name=op.f("fk_study_attendance_participant_id_study_participant"),
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["study_session.id"], name=op.f("fk_study_attendance_session_id_study_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_attendance")),
        sa.UniqueConstraint(
            "session_id", "participant_id", name=op.f("uq_study_attendance_session_id_participant_id")
        ),
    )
    op.create_index(
        op.f("ix_study_attendance_participant_id"), "study_attendance", ["participant_id"], unique=False
    )
    op.create_table(
        "study_contribution",
        sa.Column("session_id", sa.String(length=16), nullable=False),
        sa.Column("participant_id", sa.String(length=16), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["study_participant.id"],
            name=op.f("fk_study_contribution_participant_id_study_participant"),
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["study_session.id"], name=op.f("fk_study_contribution_session_id_study_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_contribution")),
    )
    op.create_index(
        op.f("ix_study_contribution_participant_id"), "study_contribution", ["participant_id"], unique=False
    )
    op.create_index(
        op.f("ix_study_contribution_session_id"), "study_contribution", ["session_id"], unique=False
    )
    op.create_table(
        "study_step",
        sa.Column("session_id", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("section", sa.Integer(), nullable=False),
        sa.Column("question", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("must", sa.Boolean(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["study_session.id"], name=op.f("fk_study_step_session_id_study_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_step")),
    )
    op.create_index(op.f("ix_study_step_session_id"), "study_step", ["session_id"], unique=False)
    op.create_table(
        "unit_question",
        sa.Column("letter_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("before", sa.String(length=300), nullable=False),
        sa.Column("after", sa.String(length=300), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("taken_round", sa.Integer(), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["unit_letter.id"],
            name=op.f("fk_unit_question_letter_id_unit_letter"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_question_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_question")),
    )
    op.create_index(op.f("ix_unit_question_letter_id"), "unit_question", ["letter_id"], unique=False)
    op.create_table(
        "objection_statement",
        sa.Column("objection_id", sa.String(length=16), nullable=False),
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("line_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_by", sa.String(length=40), nullable=False),
        sa.Column("given_by_name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["notice_line.id"], name=op.f("fk_objection_statement_line_id_notice_line")
        ),
        sa.ForeignKeyConstraint(
            ["objection_id"], ["objection.id"], name=op.f("fk_objection_statement_objection_id_objection")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_objection_statement_round_id_judging_round")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_objection_statement_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection_statement")),
        sa.UniqueConstraint("objection_id", name=op.f("uq_objection_statement_objection_id")),
    )
    op.create_index(op.f("ix_objection_statement_unit_id"), "objection_statement", ["unit_id"], unique=False)
    op.create_table(
        "prize_ruling",
        sa.Column("line_id", sa.String(length=16), nullable=False),
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("objection_id", sa.String(length=16), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.String(length=40), nullable=False),
        sa.Column("proposed_by_name", sa.String(length=200), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(length=40), nullable=False),
        sa.Column("answered_by_name", sa.String(length=200), nullable=False),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["notice_line.id"], name=op.f("fk_prize_ruling_line_id_notice_line")
        ),
        sa.ForeignKeyConstraint(
            ["objection_id"], ["objection.id"], name=op.f("fk_prize_ruling_objection_id_objection")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_prize_ruling_round_id_judging_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prize_ruling")),
    )
    op.create_index(op.f("ix_prize_ruling_line_id"), "prize_ruling", ["line_id"], unique=False)
    op.create_index(op.f("ix_prize_ruling_objection_id"), "prize_ruling", ["objection_id"], unique=False)
    op.create_index(
        "uq_prize_ruling_proposed",
        "prize_ruling",
        ["line_id"],
        unique=True,
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.create_table(
        "study_answer",
        sa.Column("session_id", sa.String(length=16), nullable=False),
        sa.Column("step_id", sa.String(length=16), nullable=False),
        sa.Column("participant_id", sa.String(length=16), nullable=False),
        sa.Column("answer", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("mark", sa.String(length=20), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["study_participant.id"],
            name=op.f("fk_study_answer_participant_id_study_participant"),
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["study_session.id"], name=op.f("fk_study_answer_session_id_study_session")
        ),
        sa.ForeignKeyConstraint(
            ["step_id"], ["study_step.id"], name=op.f("fk_study_answer_step_id_study_step")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_answer")),
        sa.UniqueConstraint("step_id", "participant_id", name=op.f("uq_study_answer_step_id_participant_id")),
    )
    op.create_index(op.f("ix_study_answer_participant_id"), "study_answer", ["participant_id"], unique=False)
    op.create_index(op.f("ix_study_answer_session_id"), "study_answer", ["session_id"], unique=False)
    op.create_table(
        "objection_file",
        sa.Column("objection_id", sa.String(length=16), nullable=False),
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("line_id", sa.String(length=16), nullable=False),
        sa.Column("statement_id", sa.String(length=16), nullable=True),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("objector_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["notice_line.id"], name=op.f("fk_objection_file_line_id_notice_line")
        ),
        sa.ForeignKeyConstraint(
            ["objection_id"], ["objection.id"], name=op.f("fk_objection_file_objection_id_objection")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["judging_round.id"], name=op.f("fk_objection_file_round_id_judging_round")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["objection_statement.id"],
            name=op.f("fk_objection_file_statement_id_objection_statement"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection_file")),
    )
    op.create_index(op.f("ix_objection_file_objection_id"), "objection_file", ["objection_id"], unique=False)


def downgrade() -> None:
    raise RuntimeError("the first tables are not taken away; drop the database instead")
