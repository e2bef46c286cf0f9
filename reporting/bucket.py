"""A bucket that speaks S3, chosen by the setting REPORTS_BUCKET. Imported only where it is set."""

from typing import Any

from botocore.config import Config
from storages.backends.s3 import S3Storage


class ReportBucket(S3Storage):
    """As it comes, but nobody waits long for it, and servers other than Amazon's understand it."""

    def __init__(self, **options: Any) -> None:
        calm = Config(
            connect_timeout=3,
            read_timeout=20,
            retries={"total_max_attempts": 2, "mode": "standard"},
            s3={"addressing_style": "path" if options.get("endpoint_url") else "auto"},
            # Newer checks that several servers refuse; what is handed out is held against its hash anyway.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(**{"client_config": calm} | options)
