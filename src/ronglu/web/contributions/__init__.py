"""贡献台账: what got better on the lines, and what of it branches may call theirs."""
