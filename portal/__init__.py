"""The frame around the portal: settings, addresses, middleware. Configuration only."""
