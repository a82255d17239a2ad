"""What `noticeboard check` looks for: one generator a rule."""
