"""The launcher: one command brings up the embedded engines, the web server, the worker and the beat, and takes all of
it down again.
"""


class Trouble(Exception):
    """Something outside the program stands in the way. The text is one line that says what, and what to do; the exit
    code is 2.
    """
