"""Bytes of uploads, kept once for each content, and pictures made safe to show."""
