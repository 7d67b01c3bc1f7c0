"""How cells of tables and trees are drawn and edited."""
