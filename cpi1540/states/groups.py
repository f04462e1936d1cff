"""The five regional groups of the United Nations."""

# In the order in which documents of the Organization name them.
GROUPS = ("african", "asia-pacific", "eastern-european", "grulac", "weog")
BASES = ("full", "electoral", "observer")
