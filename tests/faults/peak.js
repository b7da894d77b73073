/** Loaded into a program: the last that it says is how many MB were resident at the most. */
process.on('exit', () => process.stdout.write(`${Math.round(process.resourceUsage().maxRSS / 1024)} MB\n`))
