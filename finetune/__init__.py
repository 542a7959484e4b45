"""Teach the models this shop's products, shoppers and way of talking."""
