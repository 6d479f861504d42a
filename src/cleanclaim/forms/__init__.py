"""Paper and PDF: the CMS-1500, the UB-04 and the patient's statement, drawn by ourselves."""
