"""组织生活: meetings on the shift clock — who could come when, and what a plan of a month must hold."""
