"""Small widgets that pages and panes share."""
