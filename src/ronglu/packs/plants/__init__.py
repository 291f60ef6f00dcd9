"""The plants; each is a folder of declarations over base and modules, never over another plant."""
