"""OpenIMR: Independent Medical Review, where every sentence shows the page it stands on."""

__version__ = "0.1.0"
