import type { Start } from './starts.ts'

/** A program that gives a shell: over the network, or on a terminal. */
export interface Shell {
  readonly program: string
  readonly over: 'network' | 'terminal'
  /** False where nobody is asked who they are. */
  readonly authenticates: boolean
}

const SHELL = /^-?(?:.*\/)?(?:sh|ash|bash|dash|mksh|hush|zsh)$/
const TELNET = /^(?:in\.)?u?telnetd$/
const REMOTE_SHELL = /^(?:in\.)?r(?:sh|login|exec)d$/
const NETCAT = /^(?:nc|ncat|netcat)$/
const GETTY = /^(?:a|m|min|u)?getty$/

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** What kind of shell a started command gives, if any. */
export function shellOf(start: Start): Shell | undefined {
  const words = unwrapped(start.words)
  const [path = '', ...args] = words
  const program = baseName(path)
  if (TELNET.test(program))
    return { program, over: 'network', authenticates: !SHELL.test(optionValue(args, 'l') ?? 'login') }
  if (REMOTE_SHELL.test(program)) return { program, over: 'network', authenticates: true }
  if (program === 'adbd') return { program, over: 'network', authenticates: false }
  if (NETCAT.test(program) && listens(args) && args.some((word) => SHELL.test(word))) {
    return { program, over: 'network', authenticates: false }
  }
  if (
    program === 'socat' &&
    args.some((word) => /LISTEN/.test(word)) &&
    args.some((word) => /^(?:EXEC|SYSTEM):.*\b(?:ba|a)?sh\b/.test(word))
  ) {
    return { program, over: 'network', authenticates: false }
  }
  if (start.terminal !== undefined && SHELL.test(path) && !args.some((word) => !word.startsWith('-'))) {
    return { program, over: 'terminal', authenticates: false }
  }
  if (GETTY.test(program)) {
    const asksNobody = args.includes('-n') && SHELL.test(optionValue(args, 'l') ?? 'login')
    return asksNobody ? { program, over: 'terminal', authenticates: false } : undefined
  }
  return undefined
}

/** Without `busybox`, `setsid`, `start-stop-daemon … --` and the like in front. */
function unwrapped(words: readonly string[]): readonly string[] {
  const [first = '', ...rest] = words
  switch (baseName(first)) {
    case 'busybox':
    case 'toybox':
    case 'setsid':
    case 'nohup':
    case 'cttyhack':
    case 'exec':
      return unwrapped(rest)
    case 'start-stop-daemon': {
      const program =
        optionValue(rest, 'x') ??
        rest[rest.indexOf('--exec') + 1] ??
        rest[rest.indexOf('--startas') + 1] ??
        ''
      const behind = rest.indexOf('--')
      return rest.includes('-K') || rest.includes('--stop')
        ? []
        : [program, ...(behind < 0 ? [] : rest.slice(behind + 1))]
    }
    default:
      return words
  }
}

function optionValue(args: readonly string[], letter: string): string | undefined {
  const at = args.findIndex((word) => new RegExp(`^-[a-zA-Z]*${letter}$`).test(word))
  if (at >= 0) return args[at + 1]
  return args.find((word) => word.startsWith(`-${letter}`) && word.length > 2)?.slice(2)
}

function listens(args: readonly string[]): boolean {
  return args.some((word) => /^-[a-zA-Z]*[lL]/.test(word) || word === '--listen')
}
