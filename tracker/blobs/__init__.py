"""Bytes of uploads, once for each content: pictures made safe to show, documents looked into."""
