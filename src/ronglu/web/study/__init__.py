"""Study and education: plans by audience, topics taken up by meetings, and one's own hours."""
