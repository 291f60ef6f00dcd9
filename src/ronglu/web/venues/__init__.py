"""场地·阵地: the register, who has a room when, and times beside a shift that are free."""
