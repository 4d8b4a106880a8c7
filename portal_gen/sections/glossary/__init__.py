"""Glossary: every term with its short and long meaning, other names, and where it is used."""

from portal_gen.contract import Section
from portal_gen.sections.glossary.model import GlossaryRecords, load
from portal_gen.sections.glossary.view import facts, views

SECTION: Section[GlossaryRecords] = Section(name="glossary", order=70, load=load, facts=facts, views=views)
