"""八维目标卡 of the plant."""
