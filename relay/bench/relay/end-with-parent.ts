/** A server under measurement ends with the driver, also when that is cut short: its end of the pipe closes. */
process.stdin.resume().on('end', () => process.exit(0));
