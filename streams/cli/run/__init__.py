"""What the commands do. These modules import what they need; the declarations beside them import next to nothing."""
