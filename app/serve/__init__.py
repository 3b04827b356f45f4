"""What is stored is served: a page and its REST twin share a loader."""
