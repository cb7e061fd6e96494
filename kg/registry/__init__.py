"""Registry: what a graph knows of its formulas and spirits over dated documents.

``entries`` has each formula with its list and the versions of it, ``matrix`` formulas by
documents, ``trends`` the life of formulations period by period, ``changes`` what came and went.
"""
