"""Questions to the clinician."""
