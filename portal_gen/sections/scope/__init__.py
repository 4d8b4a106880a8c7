"""Scope: what was agreed (objectives, in, out, deferred, assumptions), by whom and where."""

from portal_gen.contract import Section
from portal_gen.sections.scope.model import ScopeRecords, load
from portal_gen.sections.scope.view import facts, views

SECTION: Section[ScopeRecords] = Section(name="scope", order=20, load=load, facts=facts, views=views)
