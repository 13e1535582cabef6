"""All or nothing: what a count means for proposals that stand or fall together."""

from collections.abc import Collection, Iterable


def fallen(packages: Iterable[Collection[str]], adopted: Collection[str]) -> set[str]:
    """The proposals that the rule would adopt but that fall, because another of their package is not adopted.

    A proposal in several packages needs all of them: what falls with one pulls the others down.
    """
    standing, sets = set(adopted), [set(package) for package in packages]
    while True:
        broken = {one for package in sets if not package <= standing for one in package & standing}
        if not broken:
            return set(adopted) - standing
        standing -= broken


def torn(packages: Iterable[Collection[str]], together: Collection[str]) -> set[str]:
    """The proposals missing from an agenda that has some of a package, but not all of it."""
    agenda = set(together)
    return {one for package in packages if agenda & set(package) for one in set(package) - agenda}
