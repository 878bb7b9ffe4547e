"""Transactional e-mail: what would have been sent."""
