"""What the aids find, pure: lines of a manuscript in, slips out. One kind a file.

Precision before recall: an editor who reads three false alarms stops reading. A rule speaks only where the
standard is plain, leaves quotations alone where they may say what they like, and proposes a correction only
where there is one.
"""

VERSION = "1"
"""Changed with the rules: what was computed before is computed again."""
