"""A learner and time: scheduling, history, the store, the service and its web face."""
