"""What the clock sets off, in one workspace after another, without anybody having pressed anything."""
