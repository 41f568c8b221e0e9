"""Evidence of rights and opt-outs: what a page and its site say about its use."""
