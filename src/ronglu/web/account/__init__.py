"""Log in, log out, change the password; accounts, keys, deputies."""
