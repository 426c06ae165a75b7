"""Whether a worker still does its work: pages that say so, and an end with its reason where it does not.

A worker that stands still keeps its partitions from others, and looks alive to whoever supervises the process. So it
ends itself with one line and an exit code, and is started again. A freeze (SIGSTOP, a suspended machine) is no
standstill: what is counted here is time in which this process ran.
"""

from streams.supervision.contact import Contact
from streams.supervision.loop_watch import LoopWatch
from streams.supervision.progress import Progress

__all__ = ["Contact", "LoopWatch", "Progress"]
