"""The subcommands of `mlp`, which a person or CI runs after the pipeline."""
