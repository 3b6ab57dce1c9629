"""What is posted about saved searches and lists."""
