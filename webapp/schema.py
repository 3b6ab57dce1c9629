"""All tables together: what migrations compare with. The only place that imports every package's models."""

import casebook.aids.models
import casebook.editing.models
import casebook.houses.models
import casebook.making.models
import casebook.matters.models
import casebook.models
import casebook.reports.models
import casebook.reviewing.models
import judging.models
import search.curation.models.collections
import search.curation.models.evidence
import search.curation.models.placements
import search.curation.models.rebuilds
import search.curation.models.synonyms
import search.curation.models.topics
import search.curation.models.wishes
import search.harvest.models
import search.readers.models.lists
import search.readers.models.searches
import search.readers.models.usage
import search.teaching.packs.models
import search.teaching.quizzes.models
import search.teaching.sessions.models
import submissions.models
import webapp.accounts.models
import webapp.exchange.models
from foundation import journal, mail, people, tries
from foundation.db import Base

TABLES = (
    people,
    journal,
    mail,
    tries,
    webapp.accounts.models,
    submissions.models,
    judging.models,
    search.curation.models.evidence,
    search.curation.models.placements,
    search.curation.models.synonyms,
    search.curation.models.wishes,
    search.curation.models.topics,
    search.curation.models.rebuilds,
    search.curation.models.collections,
    search.harvest.models,
    search.readers.models.usage,
    search.readers.models.searches,
    search.readers.models.lists,
    search.teaching.packs.models,
    search.teaching.sessions.models,
    search.teaching.quizzes.models,
    casebook.models,
    casebook.editing.models,
    casebook.matters.models,
    casebook.houses.models,
    casebook.aids.models,
    casebook.making.models,
    casebook.reports.models,
    casebook.reviewing.models,
    webapp.exchange.models,
)
"""The modules that declare tables."""

metadata = Base.metadata
