"""From two catalogues to the changes for clients of the API, in what they can send and what they must.

Texts and examples are not compared, as a change of these breaks no program.
"""
