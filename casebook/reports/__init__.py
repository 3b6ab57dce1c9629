"""Research reports from sets of cases: charts, tables, passages, an annex."""
