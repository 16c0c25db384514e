"""What people type, read safely: numbers, dates, text and spreadsheet cells."""
