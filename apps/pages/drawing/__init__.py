"""The one idea drawn three ways: a small square mark, the mark stretched into a bar, the mark grown into the matrix.

Plain functions from values to SVG text. No inline styles and no scripts: colours and type come from classes in the
style sheet, so the same text serves pages under a strict content policy, print and mail.
"""
