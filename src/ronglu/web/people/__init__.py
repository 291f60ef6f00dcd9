"""People of one's scope: who works where, belongs to which group, holds which posts; and what can be arranged for them."""
