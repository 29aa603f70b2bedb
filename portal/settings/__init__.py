"""One module for each way to run the portal: development, testing and production."""
