import { splitCommands } from './split.ts'

/** One simple command of a shell script, as far as it can be told without running it. */
export interface ShellCommand {
  /** Words without their quotes; variables that were set to a literal are put in, others stay as `$NAME`. */
  readonly words: readonly string[]
  /** As it stands in the file. */
  readonly text: string
  /** Bytes from the start of the file. */
  readonly offset: number
  /** From 1. */
  readonly line: number
  /** True inside of if, case, loops and functions that nothing is known to call, and behind `&&` and `||`. */
  readonly conditional: boolean
  /** True when its output goes into the next command. */
  readonly piped: boolean
}

/** Functions and branches that an init system calls to start something. */
const STARTING = /^(start|start_service|do_start|boot|restart)$/
const MOST_COMMANDS = 20_000

/** Frames of the control structures that a line stands in. */
interface Frame {
  readonly closes: string
  conditional: boolean
  /** False where it can never run: `if false`, a branch that stops a service. */
  reachable: boolean
  /** False between the name of a function and its brace, which may stand on a line of its own. */
  braced: boolean
}

/**
 * Reads a script line by line: comments, quotes, continuations, here-documents, control structures. What cannot run
 * (`if false`, behind `exit`) is left out; what runs on a condition says so. It is no shell: what it cannot tell, it
 * takes for conditional.
 * @param text byte string
 */
export function readShell(text: string): readonly ShellCommand[] {
  const commands: ShellCommand[] = []
  const variables = new Map<string, string>()
  const frames: Frame[] = []
  let ended = false
  for (const part of splitCommands(text)) {
    if (ended || commands.length >= MOST_COMMANDS) break
    const words = part.words.map((word) => expand(word, variables))
    const keyword = words[0] ?? ''
    if (openFrame(frames, words) || closeFrame(frames, keyword, words)) continue
    const rest = afterKeyword(words)
    if (rest.length === 0) continue
    if (!frames.every((frame) => frame.reachable)) continue
    const assignment = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(rest[0] as string)
    if (assignment && rest.length === 1) {
      variables.set(assignment[1] as string, assignment[2] as string)
      continue
    }
    const conditional = part.chained || frames.some((frame) => frame.conditional)
    if ((rest[0] === 'exit' || rest[0] === 'exec') && !conditional) ended = true
    if (rest[0] === 'exit') continue
    commands.push({
      words: rest,
      text: part.text,
      offset: part.offset,
      line: part.line,
      conditional,
      piped: part.piped,
    })
  }
  return commands
}

function expand(word: string, variables: ReadonlyMap<string, string>): string {
  return word.replace(
    /\$(?:\{([A-Za-z_][A-Za-z0-9_]*)\}|([A-Za-z_][A-Za-z0-9_]*))/g,
    (all, braced?: string, bare?: string) => {
      const value = variables.get((braced ?? bare) as string)
      return value === undefined || value.length > 1_000 ? all : value
    },
  )
}

const NEVER = new Set(['false', '[ 0 = 1 ]', 'test 0 = 1'])

/** Says whether the command opens a structure and is nothing else. */
function openFrame(frames: Frame[], words: readonly string[]): boolean {
  const [first = '', second = ''] = words
  const functionName =
    /^([\w-]+)\(\)$/.exec(first)?.[1] ?? (first === 'function' ? second.replace('()', '') : undefined)
  switch (first) {
    case 'if':
      frames.push({
        closes: 'fi',
        conditional: true,
        reachable: !NEVER.has(words.slice(1).join(' ')),
        braced: true,
      })
      return NEVER.has(words.slice(1).join(' '))
    case 'case':
      frames.push({ closes: 'esac', conditional: true, reachable: true, braced: true })
      return true
    case 'for':
    case 'while':
    case 'until':
    case 'select':
      frames.push({
        closes: 'done',
        conditional: true,
        reachable: first !== 'while' || second !== 'false',
        braced: true,
      })
      return true
    case '{': {
      const top = frames.at(-1)
      if (top && !top.braced) top.braced = true
      else frames.push({ closes: '}', conditional: false, reachable: true, braced: true })
      return words.length === 1
    }
    default:
      if (functionName === undefined) return false
      frames.push({
        closes: '}',
        conditional: !STARTING.test(functionName),
        reachable: true,
        braced: words.includes('{'),
      })
      return words.at(-1) === '{' || !words.includes('{')
  }
}

/** Says whether the command closes or divides a structure. */
function closeFrame(frames: Frame[], keyword: string, words: readonly string[]): boolean {
  const top = frames.at(-1)
  if (!top) return false
  if (keyword === top.closes) {
    frames.pop()
    return true
  }
  if (top.closes === 'fi' && (keyword === 'else' || keyword === 'elif')) {
    top.reachable = true
    return words.length === 1
  }
  if (top.closes !== 'esac') return false
  const label = /^\(?([^()]*)\)$/.exec(keyword)?.[1]
  if (label === undefined) return false
  const starts = label.split('|').some((one) => STARTING.test(one))
  top.conditional = !starts
  top.reachable = !/^(stop|status|reload)(\||$)/.test(label)
  return words.length === 1
}

const PREFIXES = new Set([
  'then',
  'else',
  'elif',
  'do',
  'if',
  '!',
  '{',
  '(',
  'nohup',
  'time',
  'exec',
  'command',
  'builtin',
])

/** The command behind keywords and wrappers; behind a label of a case as well. */
function afterKeyword(words: readonly string[]): readonly string[] {
  let at = 0
  while (
    at < words.length &&
    (PREFIXES.has(words[at] as string) || /^\(?[^()\s]*\)$|^[\w-]+\(\)$/.test(words[at] as string))
  )
    at++
  const rest = words.slice(at)
  return rest.length === 0 && words[0] === 'exec' ? words : rest
}
