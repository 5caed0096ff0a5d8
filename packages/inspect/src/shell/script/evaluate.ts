import { parseScript } from './parse.ts'
import { isPattern, patternOf } from './pattern.ts'
import type { Command, Node, Word } from './tree.ts'
import { truthOfTest } from './truth.ts'

/** True, false, or not to be told from the image. */
export type Truth = boolean | undefined

/** What a script can ask of the system that it runs on. */
export interface Host {
  /** Whether a path is there; undefined where nobody can tell before the system runs (`/tmp`, `/dev`). */
  exists(path: string, kind: 'any' | 'file' | 'directory' | 'executable'): Truth
  /** Paths that fit a pattern, sorted. */
  glob(pattern: string): readonly string[]
  /** The text of a script; undefined where there is none. */
  source(path: string): string | undefined
  /** What a command of a substitution prints, where the image tells; nobody tells where it is left out. */
  output?(words: readonly string[]): string | undefined
}

/** A command that a script runs, as far as that can be told without running it. */
export interface Run {
  /** Known parts put in; what is not known stands as `$NAME`. */
  readonly words: readonly string[]
  /** Tests on which it depends, in their order; none for what always runs. */
  readonly conditions: readonly string[]
  readonly background: boolean
  /** Files that it writes to, and reads from, by redirection. */
  readonly writes: readonly string[]
  readonly reads: readonly string[]
  /** Which pipe it is part of, and which place it has there. */
  readonly pipe?: { readonly id: number; readonly stage: number }
  /** Calls of functions that led here, outermost first, as they stand. */
  readonly calls: readonly string[]
  /** The script ends when it fails (`set -e`), unless something asks for its outcome. */
  readonly isFatal: boolean
  readonly text: string
  /** Path of the script in which it stands, and characters from its start. */
  readonly file: string
  readonly offset: number
}

export interface Evaluation {
  readonly runs: readonly Run[]
  /** Paths of the scripts that were gone through: itself, and those that it sources. */
  readonly files: readonly string[]
}

const MOST_STEPS = 20_000
const MOST_RUNS = 2_000
const DEEPEST_CALL = 20
const MOST_VALUE = 4_000
const MOST_CONDITION = 120

/** What usually succeeds: what stands behind it and `&&` does not depend on anything. */
const SUCCEEDS: ReadonlySet<string> = new Set(
  'cd mkdir echo printf export mount insmod modprobe touch cp mv ln chmod chown ulimit rm sleep sync mknod hostname ifconfig ip cat umask set'.split(
    ' ',
  ),
)

interface Function {
  readonly body: Node
  /** Where it stands. */
  readonly file: string
  readonly base: number
}

interface State {
  readonly variables: Map<string, string | undefined>
  readonly functions: Map<string, Function>
  /** Undefined: nobody knows what it is called with. */
  args: readonly string[] | undefined
  file: string
  /** Characters from the start of the file to that of the text that is run. */
  base: number
  calls: readonly string[]
  pipe?: NonNullable<Run['pipe']>
  isFatal: boolean
  conditions: readonly string[]
  /** Those of them that an exit has left behind: they outlast the function in which it stands. */
  exits: readonly string[]
  /** Set by exit and return; nothing behind it runs. */
  ended: false | 'exit' | 'return'
  background: boolean
  depth: number
}

/**
 * Follows a script as a shell would: variables, functions, conditions that the image decides, sourced files. A condition
 * that it cannot decide leaves both ways open, and says so of what lies on them.
 * @param file path of the script @param args what it is called with
 */
export function evaluateScript(
  text: string,
  file: string,
  args: readonly string[],
  host: Host,
): readonly Run[] {
  const evaluator = new Evaluator(host, false)
  evaluator.run(parseScript(text), startingState(file, args))
  return evaluator.runs
}

/**
 * All that a script could do, whatever it is called with: its arguments are not known, and functions that it only
 * defines, and what substitutions run, are gone through as well.
 */
export function exploreScript(text: string, file: string, host: Host): Evaluation {
  const evaluator = new Evaluator(host, true)
  const state = startingState(file, undefined)
  evaluator.run(parseScript(text), state)
  evaluator.runUncalled(state)
  return { runs: evaluator.runs, files: [...evaluator.files] }
}

function startingState(file: string, args: readonly string[] | undefined): State {
  return {
    variables: new Map([['0', file]]),
    functions: new Map(),
    args,
    file,
    base: 0,
    calls: [],
    isFatal: false,
    conditions: [],
    exits: [],
    ended: false,
    background: false,
    depth: 0,
  }
}

class Evaluator {
  readonly runs: Run[] = []
  readonly files = new Set<string>()
  readonly #host: Host
  /** What substitutions run is told as well. */
  readonly #explores: boolean
  readonly #called = new Set<string>()
  #steps = 0
  #pipes = 0

  constructor(host: Host, explores: boolean) {
    this.#host = host
    this.#explores = explores
  }

  /** Functions of which no call was seen: somebody else may call them. */
  runUncalled(state: State): void {
    for (const [name, { file }] of [...state.functions]) {
      if (this.#called.has(name)) continue
      const start = { ...state, ended: false as const, file, args: undefined, conditions: [], exits: [] }
      this.#call(name, `${name}()`, undefined, start)
    }
  }

  run(node: Node, state: State): Truth {
    if (state.ended || ++this.#steps > MOST_STEPS || this.runs.length >= MOST_RUNS) return undefined
    this.files.add(state.file)
    switch (node.kind) {
      case 'command':
        return this.#command(node, state)
      case 'list': {
        let last: Truth = true
        for (const item of node.items) last = this.run(item, state)
        return last
      }
      case 'pipe':
        return this.#pipe(node.items, state)
      case 'and':
        return this.#chain(node.left, node.right, state, true)
      case 'or':
        return this.#chain(node.left, node.right, state, false)
      case 'not': {
        const truth = this.run(node.body, state)
        return truth === undefined ? undefined : !truth
      }
      case 'background':
        this.run(node.body, { ...state, background: true })
        return true
      case 'subshell':
        return this.run(node.body, { ...state, variables: new Map(state.variables) })
      case 'if':
        return this.#if(node, state)
      case 'while':
      case 'until':
        return this.#loop(node, state)
      case 'for':
        return this.#for(node, state)
      case 'case':
        return this.#case(node, state)
      case 'function':
        state.functions.set(node.name, { body: node.body, file: state.file, base: state.base })
        return true
    }
  }

  #pipe(items: readonly Node[], state: State): Truth {
    const id = this.#pipes++
    for (const [stage, item] of items.entries()) this.run(item, { ...state, pipe: { id, stage } })
    return undefined
  }

  /** Runs a node that may not run at all; what it changes is not known afterwards, and what ends in it may not end. */
  #maybe(node: Node, state: State, condition: string): void {
    const before = new Map(state.variables)
    const inner: State = { ...state, conditions: [...state.conditions, condition.slice(0, MOST_CONDITION)] }
    this.run(node, inner)
    if (inner.isFatal) state.isFatal = true
    for (const [name, value] of state.variables) {
      if (before.has(name) && before.get(name) !== value) state.variables.set(name, undefined)
    }
    const left = inner.ended ? [negated(condition)] : []
    const exits = inner.ended === 'exit' ? left : inner.exits.slice(state.exits.length)
    state.conditions = [...state.conditions, ...(inner.ended ? left : exits)]
    state.exits = [...state.exits, ...exits]
  }

  #chain(left: Node, right: Node, state: State, wanted: boolean): Truth {
    const truth = this.#asked(left, state)
    if (state.ended) return undefined
    if (truth === wanted) return this.run(right, state)
    if (truth !== undefined) return truth
    this.#maybe(right, state, wanted ? textOf(left) : negated(textOf(left)))
    return undefined
  }

  /** Runs what somebody asks for the outcome of: its failure ends nothing. */
  #asked(node: Node, state: State): Truth {
    const before = state.isFatal
    state.isFatal = false
    const truth = this.run(node, state)
    state.isFatal = before
    return truth
  }

  #if(node: Extract<Node, { kind: 'if' }>, state: State): Truth {
    let denied: readonly string[] = []
    for (const { test, body } of node.branches) {
      const truth = this.#asked(test, state)
      if (truth === true) {
        if (denied.length === 0) this.run(body, state)
        else this.#maybe(body, state, denied.join(' && '))
        return undefined
      }
      if (truth === false) continue
      this.#maybe(body, state, [...denied, textOf(test)].join(' && '))
      denied = [...denied, negated(textOf(test))]
    }
    if (node.otherwise) {
      if (denied.length === 0) this.run(node.otherwise, state)
      else this.#maybe(node.otherwise, state, denied.join(' && '))
    }
    return undefined
  }

  #loop(node: Extract<Node, { kind: 'while' | 'until' }>, state: State): Truth {
    const truth = this.#asked(node.test, state)
    const goes = truth === undefined ? undefined : truth === (node.kind === 'while')
    if (goes === false) return true
    if (goes) this.run(node.body, state)
    else this.#maybe(node.body, state, textOf(node.test))
    return undefined
  }

  #for(node: Extract<Node, { kind: 'for' }>, state: State): Truth {
    const values = node.words
      ? node.words.flatMap((word) => this.#fields(word, state))
      : (state.args ?? ['$@'])
    const isKnown = values.every((value) => !value.includes('$'))
    if (!isKnown) {
      state.variables.set(node.name, undefined)
      this.#maybe(node.body, state, `for ${node.name} in ${values.join(' ')}`)
      return undefined
    }
    for (const value of values.slice(0, 500)) {
      state.variables.set(node.name, value)
      this.run(node.body, state)
    }
    return undefined
  }

  #case(node: Extract<Node, { kind: 'case' }>, state: State): Truth {
    const value = this.#value(node.word, state)
    for (const { patterns, body } of node.arms) {
      const texts = patterns.map((pattern) => this.#pattern(pattern, state))
      if (value === undefined) {
        this.#maybe(body, state, `${textOfWord(node.word)} = ${texts.map((text) => text ?? '?').join('|')}`)
      } else if (texts.some((text) => text !== undefined && matches(text, value))) {
        return this.run(body, state)
      }
    }
    return undefined
  }

  #command(command: Command, state: State): Truth {
    for (const { name, value } of command.assignments) state.variables.set(name, this.#value(value, state))
    const words = command.words.flatMap((word) => this.#fields(word, state))
    const [name, ...args] = words
    if (name === undefined) return true
    if (state.functions.has(name)) return this.#call(name, command.text, args, state)
    const builtin = this.#builtin(words, command, state)
    if (builtin !== 'none') return builtin
    if (this.runs.length < MOST_RUNS) this.runs.push(this.#runOf(command, words, state))
    return SUCCEEDS.has(name) ? true : undefined
  }

  #runOf({ text, offset, redirections }: Command, words: readonly string[], state: State): Run {
    const { conditions, background, file, base, pipe, calls, isFatal } = state
    const files = (way: 'in' | 'out') =>
      redirections.filter((one) => one.way === way).flatMap(({ target }) => this.#fields(target, state))
    return {
      words,
      conditions,
      background,
      writes: files('out'),
      reads: files('in'),
      ...(pipe ? { pipe } : {}),
      calls,
      isFatal,
      text,
      file,
      offset: base + offset,
    }
  }

  #call(name: string, text: string, args: readonly string[] | undefined, state: State): Truth {
    const called = state.functions.get(name)
    if (!called || state.depth >= DEEPEST_CALL) return undefined
    this.#called.add(name)
    const { body, file, base } = called
    const calls = [...state.calls, text]
    const inner: State = { ...state, args, file, base, calls, depth: state.depth + 1, exits: [] }
    const truth = this.run(body, inner)
    state.conditions = [...state.conditions, ...inner.exits]
    state.exits = [...state.exits, ...inner.exits]
    if (inner.ended === 'exit') state.ended = 'exit'
    return truth
  }

  #builtin(words: readonly string[], command: Command, state: State): Truth | 'none' {
    const [name = '', ...args] = words
    switch (name) {
      case 'true':
      case ':':
        return true
      case 'false':
        return false
      case '[':
      case '[[':
      case 'test':
        return truthOfTest(name === 'test' ? args : args.slice(0, -1), this.#host)
      case 'exit':
      case 'return':
        state.ended = name
        return args[0] === undefined || args[0] === '0' ? true : args[0].includes('$') ? undefined : false
      case 'exec':
        if (args.length === 0) return true
        this.#command({ ...command, assignments: [], words: command.words.slice(1) }, state)
        state.ended = 'exit'
        return undefined
      case '.':
      case 'source':
        return this.#source(words, command, state)
      case 'export':
      case 'local':
      case 'readonly':
      case 'declare':
        for (const arg of args) {
          const match = /^([A-Za-z_]\w*)=(.*)$/s.exec(arg)
          if (match) state.variables.set(match[1] as string, match[2]?.includes('$') ? undefined : match[2])
        }
        return true
      case 'unset':
        for (const arg of args) state.variables.set(arg, '')
        return true
      case 'read':
        for (const arg of args) if (!arg.startsWith('-')) state.variables.set(arg, undefined)
        return undefined
      case 'shift':
        state.args = state.args?.slice(Number(args[0] ?? 1) || 1)
        return true
      case 'set':
        if (args[0] === '--') state.args = args.slice(1)
        else if (/^-[a-z]*e/.test(args[0] ?? '')) state.isFatal = true
        else if (/^\+[a-z]*e/.test(args[0] ?? '')) state.isFatal = false
        return true
      case 'eval':
        if (args.some((arg) => arg.includes('$'))) return undefined
        return this.run(parseScript(args.join(' ')), { ...state, depth: state.depth + 1 })
      case 'config_get':
      case 'config_get_bool':
        // What OpenWrt's configuration says is decided by the running system.
        if (args[0] !== undefined) state.variables.set(args[0], undefined)
        return undefined
      case 'config_foreach': {
        const [callback = '', ...rest] = args
        return this.#call(callback, command.text, rest, state)
      }
      case 'trap':
      case 'wait':
      case 'umask':
      case 'continue':
      case 'break':
        return true
      default:
        return 'none'
    }
  }

  #source(words: readonly string[], command: Command, state: State): Truth {
    const [, path = '', ...args] = words
    const text = path.includes('$') ? undefined : this.#host.source(path)
    if (text === undefined && this.#explores && this.runs.length < MOST_RUNS)
      this.runs.push(this.#runOf(command, words, state))
    if (text === undefined || state.depth >= DEEPEST_CALL) return undefined
    const inner: State = {
      ...state,
      file: path,
      base: 0,
      args: args.length > 0 ? args : state.args,
      depth: state.depth + 1,
    }
    const truth = this.run(parseScript(text), inner)
    if (inner.ended === 'exit') state.ended = 'exit'
    return truth
  }

  /** The one value of a word; undefined where it is not known. */
  #value(word: Word, state: State): string | undefined {
    let value = ''
    for (const part of word) {
      const text =
        part.kind === 'text'
          ? part.text
          : part.kind === 'variable'
            ? this.#variable(part.name, part.fallback, state)
            : this.#computed(part, state)
      if (text === undefined || value.length + text.length > MOST_VALUE) return undefined
      value += text
    }
    return value
  }

  /** Runs what a substitution runs; what it prints is known only where the host tells. */
  #computed(
    { script, offset = 0 }: Extract<Word[number], { kind: 'computed' }>,
    state: State,
  ): string | undefined {
    if (!this.#explores || script === undefined || state.depth >= DEEPEST_CALL) return undefined
    const before = this.runs.length
    this.run(parseScript(script), {
      ...state,
      variables: new Map(state.variables),
      base: state.base + offset,
      isFatal: false,
      depth: state.depth + 1,
    })
    const [only, ...others] = this.runs.slice(before)
    if (!only || others.length > 0 || only.words.some((word) => word.includes('$'))) return undefined
    return this.#host.output?.(only.words)
  }

  #variable(name: string, fallback: Word | undefined, state: State): string | undefined {
    if (!state.args && /^[1-9@*#]$/.test(name)) return undefined
    const args = state.args ?? []
    const value = /^[1-9]$/.test(name)
      ? (args[Number(name) - 1] ?? '')
      : name === '@' || name === '*'
        ? args.join(' ')
        : name === '#'
          ? String(args.length)
          : state.variables.get(name)
    if ((value === undefined && !state.variables.has(name)) || value === '')
      return fallback ? this.#value(fallback, state) : value
    return value
  }

  /** The fields into which a word falls: unquoted values are split, unquoted patterns expanded. */
  #fields(word: Word, state: State): readonly string[] {
    let fields = ['']
    let quoted = false
    let pattern = false
    for (const part of word) {
      const text = this.#shown(part, state)
      quoted ||= part.kind !== 'computed' && part.quoted
      if (part.kind === 'text' && !part.quoted && isPattern(text)) pattern = true
      const splits = part.kind !== 'text' && !(part.kind === 'variable' && part.quoted)
      const pieces = splits ? text.split(/\s+/) : [text]
      const [first = '', ...others] = pieces
      fields = [...fields.slice(0, -1), `${fields.at(-1)}${first}`, ...others].slice(0, 500)
    }
    const kept = fields.filter((field) => field !== '' || quoted).map((field) => field.slice(0, MOST_VALUE))
    if (!pattern) return kept
    return kept.flatMap((field) => {
      const found = field.includes('$') ? [] : this.#host.glob(field)
      return found.length > 0 ? found : [field]
    })
  }

  #shown(part: Word[number], state: State): string {
    switch (part.kind) {
      case 'text':
        return part.text
      case 'variable':
        return (
          this.#variable(part.name, part.fallback, state) ??
          (!state.args || state.variables.has(part.name) || !/^\d$/.test(part.name) ? `$${part.name}` : '')
        )
      case 'computed':
        return this.#computed(part, state) ?? '$()'
    }
  }

  #pattern(word: Word, state: State): string | undefined {
    return this.#value(word, state)
  }
}

function negated(condition: string): string {
  return (condition.startsWith('! ') ? condition.slice(2) : `! ${condition}`).slice(0, MOST_CONDITION)
}

function matches(pattern: string, value: string): boolean {
  // In a case, `*` fits a slash as well.
  return patternOf(pattern.replaceAll('/', '\0'))?.test(value.replaceAll('/', '\0')) ?? false
}

function textOfWord(word: Word): string {
  return word
    .map((part) =>
      part.kind === 'text' ? part.text : part.kind === 'variable' ? `$${part.name}` : part.text,
    )
    .join('')
}

/** A node in short, as a condition is shown. */
export function textOf(node: Node): string {
  switch (node.kind) {
    case 'command':
      return node.text
    case 'list':
      return node.items.map(textOf).join('; ')
    case 'pipe':
      return node.items.map(textOf).join(' | ')
    case 'and':
      return `${textOf(node.left)} && ${textOf(node.right)}`
    case 'or':
      return `${textOf(node.left)} || ${textOf(node.right)}`
    case 'not':
      return `! ${textOf(node.body)}`
    case 'background':
    case 'subshell':
      return textOf(node.body)
    case 'if':
      return node.branches.map(({ test }) => textOf(test)).join(' / ')
    case 'while':
    case 'until':
      return textOf(node.test)
    case 'for':
      return `for ${node.name}`
    case 'case':
      return `case ${textOfWord(node.word)}`
    case 'function':
      return node.name
  }
}
