"""联动: 我的系数, how it came about, and the schemes by which the plant links party and administrative scores."""
