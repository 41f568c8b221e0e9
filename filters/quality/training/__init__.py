"""How a model is trained, checked and described."""
