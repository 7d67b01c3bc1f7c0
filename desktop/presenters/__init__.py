"""What a page shows and allows, without a toolkit."""
