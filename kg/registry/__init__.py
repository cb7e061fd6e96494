"""Registry: what a graph knows of its formulas and spirits over dated documents."""
