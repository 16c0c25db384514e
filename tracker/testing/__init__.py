"""What tests of the tracker and of its plugins stand on: fixtures, factories, databases."""
