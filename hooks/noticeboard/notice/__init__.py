"""The file format: strict YAML, dates, data codes, the model, and one language’s words of a notice."""
