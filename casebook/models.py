"""Tables of casebook."""
