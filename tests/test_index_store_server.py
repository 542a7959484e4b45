"""The product store on a Chroma server: the tests of the one in files, again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import test_index_store
from chroma_server import Server, chroma_server

from index.store import ProductStore

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for these tests."""
    with chroma_server(tmp_path_factory.mktemp("server")) as started:
        yield started


@pytest.fixture(scope="module", autouse=True)
def stores_on_the_server(server: Server) -> Iterator[None]:
    """Every store that is made is on the server."""
    create = ProductStore.create

    def on_the_server(folder: Path, address: str = "", size: int = 0) -> ProductStore:
        return create(folder, address or server.address, size)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ProductStore, "create", on_the_server)
        yield


folder = test_index_store.folder
three = test_index_store.three
# One is about files only.
globals().update(
    {
        name: test
        for name, test in vars(test_index_store).items()
        if name.startswith("test_") and name != "test_a_folder_without_a_store_is_told"
    }
)


def test_they_are_on_the_server(server: Server, folder: Path) -> None:
    store = ProductStore.create(folder / "one", server.address)
    assert ProductStore.address_of(folder / "one") == server.address
    assert ProductStore.open(folder / "one").count() == 0
    store.close()
    ProductStore.drop(folder / "one")
    ProductStore.drop(folder / "one")
