"""The home page: what waits for each role; and the pages that belong to no package."""
