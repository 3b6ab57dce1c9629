"""In and out: imports with a dry run, exports of what a role may see."""
