"""The benches: one file a job; `make bench` prints one table at the end."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as webapp does; read when numpy is first imported
