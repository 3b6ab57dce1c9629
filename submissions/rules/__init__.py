"""Pure rules of submissions: values in, answer out, `now` is an argument."""
