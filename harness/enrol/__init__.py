"""Trying a workflow's file: is it walked here, and what does it do with a record of a seeded portal?"""
