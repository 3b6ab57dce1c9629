"""Cases by e-mail: an SMTP server of its own that takes messages for calls and nothing else."""
