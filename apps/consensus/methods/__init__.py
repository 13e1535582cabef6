"""The methods of decision, one module each: how a rule declares it, what a voter may choose, what votes amount to."""
