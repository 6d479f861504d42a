"""Which codes exist on which date, what they mean and how they relate; by date of service, never by today."""
