"""The invented group: four plants, their people, their clock, thirteen months of readings, all from one seed."""
