"""Text: characters, web addresses, Markdown, plain text and text messages."""
