"""The benches: one file a job; `make bench` prints one table at the end."""
