"""会议: the calendar of a body's meetings, one meeting before, in and after the room, and the guides they are held by."""
