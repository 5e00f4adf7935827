"""Mutated requests of every route against a running gateway: what no input may ever cause. Never deployed."""
