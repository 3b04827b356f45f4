"""Demarche: who backs it, who rejects it, and in which words."""

__version__ = "0.1.0"
