"""The evaluation and management code of a visit: kind of service, patient, decision making, time."""
