"""Queries of pages: the objects of a directive, the target of a link, the chapters of a reference."""
