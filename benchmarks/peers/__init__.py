"""Programs that the pipeline is compared with, and the environment that has their packages."""
