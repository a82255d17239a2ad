"""What is made of notices beside pages: one module a format."""
