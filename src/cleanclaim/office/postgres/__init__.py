"""The PostgreSQL connection of the office: Django's own, and it tells the server which tenant it works in."""
