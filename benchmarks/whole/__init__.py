"""The whole system measured: learners whose true memory is known study for months, with Refresher and with Anki.

`python -m benchmarks.whole` prints the table. What is asked: how much is known in the end for the minutes spent. The
learners are made up, so their assumptions are written down (`benchmarks.whole.mind`) and varied; what comes out says
what the system does for a learner who is like that, not that learners are like that.
"""
