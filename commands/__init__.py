"""What a person or CI runs after the pipeline: the subcommands of `mlp`."""
