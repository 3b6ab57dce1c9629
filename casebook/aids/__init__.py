"""What a careful reader would find: language, numbers, names, captions, terms of the house."""
