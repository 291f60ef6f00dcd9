"""The organisation on a day: two trees and their map, what is uncovered, what the rules find, and every deed on it."""
