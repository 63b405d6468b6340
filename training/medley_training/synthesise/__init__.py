"""Extra training pictures made from open test files or drawn from nothing; not the real training set."""
