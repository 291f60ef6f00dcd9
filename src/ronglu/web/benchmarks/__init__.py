"""对标: indicators beside their benchmarks, weak points, energy levels, the benchmarks themselves."""
