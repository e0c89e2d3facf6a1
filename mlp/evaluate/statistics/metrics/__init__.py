"""The difference of every metric of two predictions of the same rows, by the task."""
