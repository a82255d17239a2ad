"""What the form at /post/ and `noticeboard new` ask."""
