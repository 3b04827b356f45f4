"""Settings, all from the environment with the prefix DEMARCHE_."""

from functools import lru_cache
from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Each field is an environment variable: `host` is DEMARCHE_HOST."""

    model_config = SettingsConfigDict(env_prefix="DEMARCHE_")

    host: str = "127.0.0.1"
    port: int = 8000
    home: Path = Path("var")
    database_url: str | None = None
    public_url: str | None = None  # what addresses in citations begin with; else the request's own
    threshold: float = 0.5  # a proposal less confident than this does not move a position
    samples: bool = True  # load the sample briefs into an empty database
    public_read: bool = True
    fetch_seconds: float = 20.0
    max_bytes: int = 10_000_000  # of one document, as it arrives
    pool_size: int = 10
    log_level: str = "INFO"
    # Addresses that may be fetched although they are private. For tests and closed networks.
    fetch_allow: str = ""


@lru_cache
def load_settings() -> Settings:
    return Settings()
