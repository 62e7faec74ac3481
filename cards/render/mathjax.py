"""Commands that math-core draws and Anki's MathJax does not know: a card with one would be right in one place only.

Found by comparing math-core's commands with those of MathJax 4 (its base, ams, mathtools and autoloaded packages, which
is what Anki loads). MathJax shows an unknown command's name in red.
"""

from __future__ import annotations

UNKNOWN_TO_MATHJAX = frozenset(
    """
    AE Alpha Beta Chi Complex Dagger Darr Epsilon Eta H Harr Iota Kappa Larr Lrarr Mu N Nu O OE Omicron
    Overrightarrow P R Rarr Reals Rho Tau Uarr VDash Yleft Yright Z Zeta aa ae alef alefsym angl angln
    approxcoloncolon arcctg arceq arctg argmax argmin ascnode awint bigcupdot bigdoublevee bigdoublewedge bigsqcap
    bm bold botdoteq bull ch cirfnint clubs cnums coloncolon coloncolonapprox coloncolonequals coloncolonminus
    coloncolonsim colonequals colonminus copyright cosec cotg ctg cth dArr dag darr ddag diamonds displaylimits
    dotsminusdots empty eqdef equalscolon equalscoloncolon erf erfc exist fcmp fint hArr harr hearts image imageof
    infin intBar intbar intclockwise isin kernelcontraction lAngle lArr lBrace lang larr lightning llangle llbracket
    llparenthesis lq lrArr lrarr mathsterling measeq medspace minuscolon minuscoloncolon minuso natnums nequiv
    ngtrless ngtrsim nlessgt nlesssim notni nsubset nsupset o oe ointctrclockwise operatornamewithlimits origof
    overgroup overleftharpoon overrightharpoon phase plim plusmn pounds questeq rAngle rArr rBrace rang rarr ratio
    real reals relax rq rrangle rrbracket rrparenthesis rupee sect sh simcoloncolon sixptsize slashed sout spades ss
    stareq sube sumint supe textasciicircum textasciitilde textbackslash textbar textbardbl textbraceleft
    textbraceright textdagger textdaggerdbl textdegree textdollar textellipsis textemdash textendash textgreater
    textless textquotedblleft textquotedblright textquoteleft textquoteright textregistered textsc textsterling
    textunderscore textyen tg th thetasym thickspace uArr uarr underbar undergroup varointclockwise vcentcolon veeeq
    vertoverlay wedgeq weierp
    """.split()  # noqa: SIM905 - two hundred quoted names would be harder to read
)
