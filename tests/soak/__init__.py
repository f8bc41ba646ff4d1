"""What takes too long for every test run: ``make soak``. Each prints one line of JSON with its figures."""
