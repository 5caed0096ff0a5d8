/** What the sandbox of a check does. It holds all readers and checks, so nothing else of the command line imports them. */
export { CHECKS, runSandboxProgram as run } from '@messlatte/inspect'
