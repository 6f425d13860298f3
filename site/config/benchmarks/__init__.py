"""What reading and writing cost with more and more comments, beside a bare Wagtail page and a bare Django view: `make bench`."""
