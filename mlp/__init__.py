"""What the stages and the commands share: parameters, tables, networks, scores and figures."""
