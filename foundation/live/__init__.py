"""Pages that change while they are looked at: server-sent events to many watchers of one thing.

streams = Streams(load=newer_frame, admit=who_may_watch, draw=parts_of_the_page)
Route("/live/{token}/stream", streams.endpoint, methods=["GET"])
"""

from foundation.live.hub import Frame
from foundation.live.streams import Admission, Streams

__all__ = ["Admission", "Frame", "Streams"]
