"""The collection of posted notices, and the questions that pages and feeds ask of it."""
