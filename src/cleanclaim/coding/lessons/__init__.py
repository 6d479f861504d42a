"""What an organisation's coders teach."""
