"""Objects that nothing refers to any more: how often Python looks for cycles among them.

To be imported before what is large. Modules and rows are many objects and hardly ever cycles:
looking for these as often as Python does by itself, and once more at the end, takes 0.2 s of a run,
half of it while modules are imported.
"""

import atexit
import gc

_NEW_OBJECTS_BEFORE_COLLECTION = 150_000  # a small run makes fewer

gc.set_threshold(_NEW_OBJECTS_BEFORE_COLLECTION)
atexit.register(gc.freeze)
