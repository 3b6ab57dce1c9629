"""The demonstration year: thirty-one cases, three calls and the people who wrote, judged and compiled them.

Everything in `content/` was written for this project; units, places and people are invented.
"""
