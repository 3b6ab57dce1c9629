"""How a result travels from the child process that reads strangers' files.

JSON and raw bytes, not pickle: whatever took over the child could only send us an odd case, which is cleaned
again on this side.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Mapping
from typing import Any

from foundation import richtext
from foundation.forms import clean_text
from foundation.text import Text
from submissions.intake.pictures import Picture
from submissions.intake.values import ParsedCase, ParsedPicture
from submissions.values import Author

_LENGTH = struct.Struct(">I")


def pack(kind: str, content: Mapping[str, Any], blobs: list[bytes]) -> bytes:
    """One message: the length of the JSON, the JSON (which holds the lengths of the blobs), the blobs."""
    head = json.dumps({"kind": kind, "content": content, "sizes": [len(blob) for blob in blobs]}).encode()
    return b"".join([_LENGTH.pack(len(head)), head, *blobs])


def unpack(message: bytes) -> tuple[str, dict[str, Any], list[bytes]]:
    """Raises ValueError, KeyError or struct.error when the message is not whole."""
    (size,) = _LENGTH.unpack_from(message)
    start = _LENGTH.size + size
    head = json.loads(message[_LENGTH.size : start])
    blobs = []
    for length in head["sizes"]:
        blobs.append(message[start : start + length])
        start += length
    if start != len(message):
        raise ValueError("a message of another length than it says")
    return head["kind"], head["content"], blobs


def case_message(case: ParsedCase) -> bytes:
    return pack(
        "case",
        {
            "title": case.title,
            "unit": case.unit,
            "authors": [[author.name, author.post] for author in case.authors],
            "summary": case.summary,
            "body_html": case.body_html,
            "source_line": case.source_line,
            "signoff_line": case.signoff_line,
            "category": case.category,
            "findings": [text_to_json(each) for each in case.findings],
            "pictures": [
                [each.id, each.name, each.media_type, each.caption, each.width, each.height]
                for each in case.pictures
            ],
        },
        [each.data for each in case.pictures],
    )


def case_of(content: Mapping[str, Any], blobs: list[bytes]) -> ParsedCase:
    return ParsedCase(
        title=str(content["title"]),
        unit=str(content["unit"]),
        authors=tuple(Author(str(name), str(post)) for name, post in content["authors"]),
        summary=str(content["summary"]),
        body_html=richtext.clean(content["body_html"]),
        pictures=tuple(
            ParsedPicture(str(key), str(name), data, str(media_type), str(caption), int(width), int(height))
            for (key, name, media_type, caption, width, height), data in zip(
                content["pictures"], blobs, strict=True
            )
        ),
        source_line=str(content["source_line"]),
        signoff_line=str(content["signoff_line"]),
        category=str(content["category"]),
        findings=tuple(text_of(each) for each in content["findings"]),
    )


def picture_message(picture: Picture) -> bytes:
    return pack(
        "picture",
        {"media_type": picture.media_type, "width": picture.width, "height": picture.height},
        [picture.data],
    )


def picture_of(content: Mapping[str, Any], blobs: list[bytes]) -> Picture:
    return Picture(blobs[0], str(content["media_type"]), int(content["width"]), int(content["height"]))


def codes_message(codes: Iterable[str]) -> bytes:
    return pack("codes", {"codes": list(codes)}, [])


def codes_of(content: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(clean_text(str(each)) for each in content["codes"])


def said_message(said: Iterable[str]) -> bytes:
    return pack("said", {"said": list(said)}, [])


def said_of(content: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(clean_text(str(each)) for each in content["said"])


def cleaned_message(data: bytes) -> bytes:
    return pack("cleaned", {}, [data])


def cleaned_of(blobs: list[bytes]) -> bytes:
    return blobs[0]


def refusal_message(reason: Text) -> bytes:
    return pack("refused", text_to_json(reason), [])


def text_to_json(sentence: Text) -> dict[str, Any]:
    return {
        "msgid": sentence.msgid,
        "plural": sentence.plural,
        "count": sentence.count,
        "params": {
            key: text_to_json(each) if isinstance(each, Text) else each
            for key, each in sentence.params.items()
        },
    }


def text_of(content: Mapping[str, Any]) -> Text:
    params = {
        key: text_of(each) if isinstance(each, Mapping) else each for key, each in content["params"].items()
    }
    return Text(content["msgid"], params, content["plural"], content["count"])
