"""From records to the model: groups applied, variables filled in, requirements and examples checked."""
