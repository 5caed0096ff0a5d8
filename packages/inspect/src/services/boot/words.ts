export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** What is left of a command without the programs that only start another one. */
export interface Unwrapped {
  readonly words: readonly string[]
  /** A manager of services was told to keep it running. */
  readonly managed: boolean
  readonly user?: string
}

const NOTHING: Unwrapped = { words: [], managed: false }
const MOST_WRAPPERS = 8

/** Without `busybox`, `nohup`, `start-stop-daemon … --`, `su -c`, `procd_set_param command` and the like in front. */
export function unwrap(words: readonly string[], depth = 0): Unwrapped {
  const [first = '', ...rest] = words
  if (depth > MOST_WRAPPERS) return { words, managed: false }
  switch (baseName(first)) {
    case 'busybox':
    case 'toybox':
    case 'setsid':
    case 'nohup':
    case 'cttyhack':
    case 'exec':
    case 'command':
    case 'time':
    case 'log_must':
      return unwrap(rest, depth + 1)
    case 'nice':
    case 'ionice':
    case 'chrt':
    case 'taskset':
    case 'chroot':
    case 'stdbuf':
      return unwrap(behindOptions(rest), depth + 1)
    case 'env':
      return unwrap(
        rest.slice(
          Math.max(
            0,
            rest.findIndex((one) => !/^-|=/.test(one)),
          ),
        ),
        depth + 1,
      )
    case 'start-stop-daemon':
      return startStopDaemon(rest)
    case 'daemon':
    case 'start_daemon':
    case 'daemonize':
    case 'service_start':
    case 'respawn':
      return { ...unwrap(behindOptions(rest), depth + 1), managed: true }
    case 'procd_set_param':
    case 'procd_append_param':
      return rest[0] === 'command' ? { ...unwrap(rest.slice(1), depth + 1), managed: true } : NOTHING
    case 'su':
    case 'runuser':
      return asUser(rest, depth)
    case 'tcpsvd':
    case 'udpsvd':
      return { words, managed: true }
    default:
      return { words, managed: false }
  }
}

function behindOptions(words: readonly string[]): readonly string[] {
  let at = 0
  while (at < words.length && /^[-+]/.test(words[at] as string)) {
    at += /^-[nNcpou]$/.test(words[at] as string) ? 2 : 1
  }
  return words.slice(at)
}

function option(words: readonly string[], short: string, ...long: readonly string[]): string | undefined {
  for (const [index, word] of words.entries()) {
    if (word === '--') return undefined
    if (long.some((one) => word.startsWith(`${one}=`))) return word.slice(word.indexOf('=') + 1)
    // Letters may stand together: `-Sqx PROGRAM`.
    if (long.includes(word) || new RegExp(`^-[A-Za-z]*${short}$`).test(word)) return words[index + 1]
  }
  return undefined
}

function startStopDaemon(words: readonly string[]): Unwrapped {
  const has = (short: string, long: string) =>
    words.some((word) => word === long || new RegExp(`^-[A-Za-z]*${short}`).test(word))
  if (!has('S', '--start') || has('t', '--test')) return NOTHING
  const program = option(words, 'a', '--startas') ?? option(words, 'x', '--exec')
  if (program === undefined) return NOTHING
  const behind = words.indexOf('--')
  const user = option(words, 'c', '--chuid') ?? option(words, 'u', '--user')
  return {
    words: [program, ...(behind < 0 ? [] : words.slice(behind + 1))],
    managed: true,
    ...(user === undefined ? {} : { user }),
  }
}

function asUser(words: readonly string[], depth: number): Unwrapped {
  const command = option(words, 'c', '--command')
  if (command === undefined) return NOTHING
  const user = words.find((word) => !word.startsWith('-') && word !== command)
  return { ...unwrap(command.split(/\s+/), depth + 1), ...(user === undefined ? {} : { user }) }
}
