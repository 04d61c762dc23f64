# Served by Triton's Python backend.
