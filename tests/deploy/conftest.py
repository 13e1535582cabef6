"""What the tests of the deployment can ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from negotiator.launcher.engines import engines
from tests.deploy.outside import Cluster, prepared


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A cluster of its own, thrown away afterwards, whatever engines the other tests use."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        patch.delenv("REDIS_URL", raising=False)
        with engines("test") as e:
            yield prepared(e)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What are volumes in production."""
    return tmp_path_factory.mktemp("volumes")
