"""Plans made by a constraint solver: needs in, a plan out. Imports the kernel alone; the worker and the command line ask for it."""
