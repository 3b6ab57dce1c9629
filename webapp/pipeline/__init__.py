"""A whole award year from a folder of documents: call, cases, judging, prizes, library, casebook.

Every step goes through the services that the pages use, on a clock that is set to when it would have been.
"""
