"""Writes of submissions: load, permit, decide, write, record. Nothing here commits."""

from submissions.service.attachments import (
    NewFile,
    attach_file,
    caption_attachment,
    move_attachment,
    order_attachments,
    release_attachment,
    remove_attachment,
)
from submissions.service.awards import forget_award, keep_award, rebuild_awards
from submissions.service.calls import (
    close_due,
    create_call,
    extend_window,
    publish_call,
    update_call,
)
from submissions.service.decisions import (
    check_case,
    return_case,
    rule_on_late_arrival,
    undo_decision,
)
from submissions.service.drafts import (
    check_draft,
    discard_draft,
    import_word,
    save_draft,
    start_draft,
    taken_over,
)
from submissions.service.evidence import (
    confirm_claim,
    link_evidence,
    mark_claim,
    remove_claim,
    unlink_evidence,
)
from submissions.service.formal_checking import (
    MOST_AT_ONCE,
    decide_many,
    note_check,
    remind_unfinished,
    unfinished_branches,
)
from submissions.service.handing_in import submit_case, withdraw_case
from submissions.service.identity import confirm_identity, identity_subject
from submissions.service.questions import answer_question, move_question, remove_question
from submissions.service.recommending import (
    attach_scan,
    comment_on_case,
    rank_recommendations,
    recommend_case,
    withdraw_recommendation,
)
from submissions.service.sharing import invite_coauthor, note_presence, remove_coauthor
from submissions.service.uploads import abandon_upload, announce_upload, expire_uploads, finish_upload

__all__ = [
    "MOST_AT_ONCE",
    "NewFile",
    "abandon_upload",
    "announce_upload",
    "answer_question",
    "attach_file",
    "attach_scan",
    "caption_attachment",
    "check_case",
    "check_draft",
    "close_due",
    "comment_on_case",
    "confirm_claim",
    "confirm_identity",
    "create_call",
    "decide_many",
    "discard_draft",
    "expire_uploads",
    "extend_window",
    "finish_upload",
    "forget_award",
    "identity_subject",
    "import_word",
    "invite_coauthor",
    "keep_award",
    "link_evidence",
    "mark_claim",
    "move_attachment",
    "move_question",
    "note_check",
    "note_presence",
    "order_attachments",
    "publish_call",
    "rank_recommendations",
    "rebuild_awards",
    "recommend_case",
    "release_attachment",
    "remind_unfinished",
    "remove_attachment",
    "remove_claim",
    "remove_coauthor",
    "remove_question",
    "return_case",
    "rule_on_late_arrival",
    "save_draft",
    "start_draft",
    "submit_case",
    "taken_over",
    "undo_decision",
    "unfinished_branches",
    "unlink_evidence",
    "update_call",
    "withdraw_case",
    "withdraw_recommendation",
]
