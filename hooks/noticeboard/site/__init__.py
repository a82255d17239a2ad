"""The build without MkDocs: load the notices, render each, collect the rest; and inspect a built site."""
