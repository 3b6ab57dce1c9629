"""The application: the only package that knows all others. Wiring, accounts, command line, templates."""

import os

# Read by numpy and scipy when they are first imported. The server has threads of its own: several more in
# each matrix product fight over the same processors, and a fit takes three times as long.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
