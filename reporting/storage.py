"""Where finished reports are kept: a folder that web and worker share, or a bucket that speaks S3.

Either way nobody ever sees half a file: in a folder it is written under another name, waited for and renamed; a bucket
shows an object only when it is whole. Everything that reads or writes a report's file goes through the functions here.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, default_storage


class NotReachedError(Exception):
    """The storage cannot be reached now, or refuses. The text is a sentence for people; it may work later."""


class ReportFolder(FileSystemStorage):
    """A folder. A name stands for one content, so that writing it again is harmless."""

    def __init__(self) -> None:
        super().__init__(allow_overwrite=True)

    @property
    def base_location(self) -> str:  # read anew each time: tests move it
        """The folder of the settings."""
        return str(settings.MEDIA_ROOT)

    @property
    def location(self) -> str:
        """The same as a whole path."""
        return str(Path(self.base_location).absolute())

    def _save(self, name: str, content: "File[bytes]") -> str:
        """Write it under another name, wait for the disk, rename."""
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".part")
        try:
            with temporary.open("wb") as file:
                file.write(content.read())
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        return name


def put(name: str, content: bytes) -> None:
    """Keep a file. Raises OSError where there is no room for it, NotReachedError where the bucket does not answer."""
    with _said_plainly():
        default_storage.save(name, ContentFile(content))


def get(name: str) -> bytes:
    """The file. Raises OSError where it is missing, NotReachedError where the bucket does not answer."""
    with _said_plainly(), default_storage.open(name) as file:
        content: bytes = file.read()
        return content


def forget(name: str) -> None:
    """Remove a file; one that is not there is no fault."""
    with _said_plainly():
        default_storage.delete(name)


def beginning_with(folder: str, start: str) -> list[str]:
    """The names of the files of a folder that begin so."""
    with _said_plainly():
        _, names = default_storage.listdir(folder)
    return [f"{folder}/{name}" for name in names if name.startswith(start)]


@contextmanager
def _said_plainly() -> Iterator[None]:
    """What a bucket's client raises, which is no OSError, as a sentence."""
    try:
        yield
    except Exception as error:
        if isinstance(error, OSError) or not _is_of_the_bucket(error):
            raise
        raise NotReachedError("The storage in which finished reports are kept cannot be reached.") from error


def _is_of_the_bucket(error: Any) -> bool:
    return type(error).__module__.partition(".")[0] in {"botocore", "boto3", "s3transfer", "urllib3"}
