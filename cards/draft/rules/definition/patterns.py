r"""The sentences that define, as patterns on lines in which a formula or a bold word is one sign."""

from __future__ import annotations

import re

from cards.draft.rules.phrases import EMPHASIS, FORMULA, STRONG

MARK = rf"(?:{STRONG}|{EMPHASIS})"
_LEAD_IN = (
    r"(?:(?:Formally|Informally|Recall(?: that)?|Recall,|By definition|Mathematically|Intuitively"
    r"|In (?!this|these|that|our|the (?:above|following)|example)\w+(?: \w+){0,3}"
    r"|Simply put|In other words|Remember(?: that)?),?\s+)?"
)
_ARTICLE = r"(?:(?P<article>an?|the|every|each)\s+)?"
_IS = (
    r"(?:is|are)(?: (?:simply|just|basically|essentially|usually|often|typically|always|also|formally))?"
    r"(?: (?:defined|understood|thought of|described) (?:as|to be))?"
)
_MEANS = r"(?:refers? to|means?|denotes?|stands? for|represents?)"
_DOES = (
    r"(?:assigns?|maps?|measures?|tells?|takes?|contains?|consists? of|states?|says?|allows?|lets?|converts?|computes?"
    r"|returns?|determines?|quantif(?:y|ies)|counts?|gives?|finds?|combines?|transforms?|splits?|stores?|predicts?"
    r"|connects?|produces?|calculates?|estimates?|minimi[sz]es?|maximi[sz]es?|compares?|divides?|groups?|generates?"
    r"|controls?|expresses|express|specif(?:y|ies)|describes?)"
)
_VERB = rf"(?:(?P<is>{_IS})|(?P<means>{_MEANS})|(?P<does>{_DOES}))(?:\s+(?P<rest>\S.*)|\s*:?)$"

MARKED = re.compile(
    rf"^{_LEAD_IN}{_ARTICLE}(?P<subject>"
    rf"(?:(?!(?:and|or|but|so|then|that|when|if|where|two|all|any|some|suppose|let)\s)[\w-]+ ){{0,2}}{MARK}"
    rf"(?:\s*\([^()]{{1,60}}\)|,? (?:or|also called|denoted) (?:by )?[^,]{{1,30}},|\s{FORMULA})?"
    rf"(?:\s(?:of|between|in|for|from)\s[^.,;:]{{1,60}}?)?)\s+{_VERB}",
    re.I | re.S,
)
"""A sentence whose subject is a bold or slanted term."""

PLAIN = re.compile(
    rf"^{_LEAD_IN}(?!(?:suppose|if|let|assume|assuming|using|considering|given|consider|for|in|when|two|all|any|some|there|we|see)\s){_ARTICLE}"
    rf"(?P<subject>[\w'’-]+(?: [\w'’-]+){{0,3}}?(?:\s*\([^()]{{1,40}}\)|\s?{FORMULA})?)\s*\b{_VERB}",
    re.I | re.S,
)
"""A sentence about anything."""

TELLS = re.compile(
    rf"^(?P<subject>(?:The [\w-]+(?: [\w-]+)?(?:\s{FORMULA})?|{FORMULA}))\s+(?P<verb>tells (?:you|us)|answers)"
    r"(?: the question)?:?\s+(?P<rest>\S.*)$",
    re.S,
)

CALLED = re.compile(
    r"\b(?:(?:is|are|be) (?:(?:often|usually|also|sometimes|then|commonly) )?(?:called|known as|termed|named|said to be"
    rf"|referred to as)|we (?:then )?(?:call|say)\b[^.]*?|called)\s+(?:(?:an?|the|its|their)\s+)?(?P<term>{MARK})"
    rf"|\b(?:is|are) (?:an? )?(?P<said>{MARK})(?=\s(?:if|iff|when|whenever|provided)\b)",
    re.I,
)
"""Where a sentence gives something its name."""

LEANS = re.compile(
    r"^(?:this|that|these|those|it|its|they|their|he|she|such|here|there|then|so|thus|hence|therefore|but|and|or|also"
    r"|however|now|again|both|another|other|the (?:above|following|former|latter|same|first|second|other|result)|which"
    r"|as (?:above|before)|similarly|likewise|moreover|furthermore|indeed|one such|some|sometimes|where|with|by)\b",
    re.I,
)
"""Sentences that need the one before them."""

POINTS = re.compile(
    r"\b(?:this|these|above|below|here|our|us|you|your|I|let's|he|she|they|we (?!call|say|then))\b", re.I
)
"""Words that point out of the sentence: a card of it would not stand alone."""

TOLD_BY = re.compile(
    r"^[\w-]+ (?:if|when|whenever|iff|under|provided|exactly)\b"
    r"|^(?!(?:based|when|ten)\b)[\w-]+(?:ed|ly|ous|ful|able|ible|ent|ant|ary|less|ive|ical|en)\b"
    r"|^(?:not|also|very|quite|so|too|now|in|on|at|by|why|how|what|useful|important|used|called|known|similar|different"
    r"|the same|often|usually|given|shown|here|there|easy|hard|simple|one of (?:the|those)|as follows|and"
    r"|(?:around|about|approximately|roughly|almost|nearly)\s\W?\d+"
    r"|(?:crucial|critical|essential|vital|necessary)\b(?!\s\w+s?\b(?:\sof|\sthat))"
    r"|rather|fairly|pretty|somewhat|really|like|most|more|less|a little|a bit|only|both|that|to be|it)\b",
    re.I,
)
"""What follows *is* where it says how something is, not what it is."""

EMPTY = re.compile(
    r"^(?:an?|the|one of the)\s(?:(?:most|very|really|highly)\s)?"
    r"(?:important|fundamental|key|central|basic|core|essential|crucial|useful|popular|powerful|common|vital|significant"
    r"|basis of|foundation of|heart of|core of|backbone of|cornerstone of)\b"
    r"(?!.*\b(?:that|which|who|where|to|for|by|whose)\b).{0,90}$",
    re.I | re.S,
)
"""What follows *is* where it only praises the thing: *an important idea in statistics*."""

OPEN_END = re.compile(
    r"\b(?:as|by|of the form|form|that|is|are|equals|to|with|follows|density|where|satisf\w+|and|of)\W*$", re.I
)
"""The end of a sentence that goes on in the formula below it."""

COUNTED = re.compile(
    r"\b(?:two|three|four|five|several|following)\b.*\b(?:things|parts|components|steps|types|kinds|properties|items"
    r"|elements|pieces|conditions|stages|phases)\W*$|\b(?:following|of)\W*$",
    re.I,
)
"""The end of a sentence that goes on in the list below it."""

FRAGMENT = re.compile(
    r"^(?:(?:the|an?|one|any) (?:(?![\w-]*[^s]s )[\w-]+ ){1,4}?"
    rf"(?:of|for|to|that|which|between|from|with|in|{FORMULA})"
    r"|shorthand\b|short for\b|another (?:name|word) for\b|how (?:much|many|fast|far|often|well|likely|strongly)\b)",
    re.I,
)
"""How words begin that say what something is without being a sentence."""

FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|can|will|may|must|should|would|could|let|lets|we|you|I|it|this|that"
    r"|these|there|they|tells?|gives?|means?|consists?|uses?|shows?|see|here|now|answers?|says?|takes?|makes?|helps?|if"
    r"|begins?|provides?|contains?|includes?|returns?|describes?|follows?|allows?|requires?|holds?|works?"
    r"|(?!raised|called|used|defined|based|applied|divided|multiplied|squared|given|weighted|ordered|fixed)\w+ed)\b",
    re.I,
)
