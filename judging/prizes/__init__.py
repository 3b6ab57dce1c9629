"""Prizes: what the published rule gives, and a person's choice held against it."""

from judging.prizes.choice import review_choice
from judging.prizes.pools import hamilton
from judging.prizes.proposal import propose
from judging.prizes.terms import Terms, terms

__all__ = ["Terms", "hamilton", "propose", "review_choice", "terms"]
