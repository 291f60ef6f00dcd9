"""The pages of every closed loop, made from its declaration alone: overview, list, board, case, new case, ledger."""
