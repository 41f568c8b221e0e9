"""What is set before a process of a command imports anything large."""

import atexit
import gc
import os

# Modules and rows are many objects and hardly ever cycles: looking for these as often as Python
# does by itself, and once more at the end, takes 0.2 s of a run, half of it while modules are
# imported. A small run makes fewer new objects than this.
_NEW_OBJECTS_BEFORE_COLLECTION = 150_000

gc.set_threshold(_NEW_OBJECTS_BEFORE_COLLECTION)
atexit.register(gc.freeze)

# To look for plugins pydantic reads the entry points of all that is installed, a tenth of a
# millisecond each: no model of ours has a use for one. Whoever wants them sets another value.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
