"""The bundled framework, as YAML data files."""
