"""What do the gathered closes and tickets come to? One set of Ibis expressions, in DuckDB or in a warehouse."""
