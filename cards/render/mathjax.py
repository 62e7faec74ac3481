r"""Commands that math-core draws and Anki's MathJax does not know: a card with one would be right in one place only.

Found by giving MathJax 3.2, with the packages that Anki loads, every command that math-core takes, and by comparing
with the names in MathJax 4. MathJax shows an unknown command's name in red, inside `\text{}` it shows any as written.
"""

from __future__ import annotations

UNKNOWN_TO_MATHJAX = frozenset(
    """
    AE Alpha Beta Chi Colondash Complex Dagger Darr Dashcolon Epsilon Eta H Harr Iota Kappa Larr Lrarr Mu N Nu O OE
    Omicron Overrightarrow P R Rarr Reals Rho Simcolon Tau Uarr VDash Yleft Yright Z Zeta aa ae alef alefsym angl
    angln approxcolon approxcoloncolon arcctg arceq arctg argmax argmin ascnode awint bigcupdot bigdoublevee
    bigdoublewedge bigsqcap bm bold botdoteq bull ch cirfnint clubs cnums coloncolon coloncolonapprox
    coloncolonequals coloncolonminus coloncolonsim colondash colonequals colonminus copyright cosec cotg ctg cth
    dArr dag darr dashcolon ddag degree diamonds displaylimits dotsminusdots emph empty eqdef equalscolon
    equalscoloncolon erf erfc exist fcmp fint hArr harr hearts iddots image imageof infin intBar intbar intclockwise
    isin kernelcontraction lAngle lArr lBrace lang larr lightning llangle llbracket llparenthesis lq lrArr lrarr
    mathsterling measeq medspace minuscolon minuscoloncolon minuso natnums nequiv ngtrless ngtrsim nlessgt nlesssim
    notni nsubset nsupset o oe oiiint oiint ointctrclockwise operatornamewithlimits origof overgroup overleftharpoon
    overrightharpoon phase plim plusmn pounds questeq rAngle rArr rBrace rang rarr ratio real reals relax rq rrangle
    rrbracket rrparenthesis rupee sect sh simcolon simcoloncolon sixptsize slashed sout spades ss stareq sub sube
    sumint supe textasciicircum textasciitilde textbackslash textbar textbardbl textbraceleft textbraceright
    textdagger textdaggerdbl textdegree textdollar textellipsis textemdash textendash textgreater textless
    textquotedblleft textquotedblright textquoteleft textquoteright textregistered textsc textsterling
    textunderscore textyen tg th thetasym thickspace uArr uarr underbar undergroup varointclockwise vcentcolon veeeq
    vertoverlay wedgeq weierp
    """.split()  # noqa: SIM905 - two hundred quoted names would be harder to read
)
