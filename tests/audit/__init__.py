"""What `make audit` asks of the public pages: sound HTML, Lighthouse, weight."""
