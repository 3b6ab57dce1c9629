"""An S3 server of the tests' own (moto, over real HTTP)."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import obstore
from obstore.store import S3Store

BUCKET = "exemplar"
REGION = "us-east-1"


@dataclass(frozen=True, slots=True)
class S3Server:
    endpoint: str

    def store(self, prefix: str = "") -> S3Store:
        """A fresh corner of the bucket."""
        return S3Store(
            BUCKET,
            prefix=prefix or None,
            endpoint=self.endpoint,
            region=REGION,
            access_key_id="test",
            secret_access_key="test",
            virtual_hosted_style_request=False,
            client_options={"allow_http": True},
        )


@contextmanager
def running() -> Iterator[S3Server]:
    """Start the server on a free port, with one bucket in it."""
    moto = importlib.import_module("moto.server")  # a second to import: only for tests that want S3
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        endpoint = f"http://{host}:{port}"
        _make_bucket(endpoint)
        yield S3Server(endpoint)
    finally:
        server.stop()


def _make_bucket(endpoint: str) -> None:
    boto3 = importlib.import_module("boto3")
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    client.create_bucket(Bucket=BUCKET)


def keys(server: S3Server) -> list[str]:
    """All keys in the bucket, sorted."""
    found = [meta["path"] for batch in obstore.list(server.store()) for meta in batch]
    return sorted(found)
