"""Tell in words, tables and pictures how two networks differ, by the task."""
