// Loaded before the program: its input and output count as a terminal, on every system.
process.stdin.isTTY = true
process.stdout.isTTY = true
