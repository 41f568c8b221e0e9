"""Jingyu: Chinese pre-training corpora from web crawls."""
