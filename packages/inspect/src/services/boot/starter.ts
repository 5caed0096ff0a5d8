import { evaluateScript, type Run } from '../../shell/script/evaluate.ts'
import { daemonOf, portsOf } from './daemons.ts'
import type { BootService } from './service.ts'
import type { Place, System } from './system.ts'
import { baseName, unwrap } from './words.ts'

/** How far the boot has come where something is started. */
export interface Circumstances {
  /** Tests on which it depends. */
  readonly conditions: readonly string[]
  /** Paths of the files that led here, first to last. */
  readonly chain: readonly string[]
  readonly file: string
  /** Bytes from the start of that file. */
  readonly offset: number
  readonly text: string
  /** A manager of services keeps it running: then it is one, whatever it is called. */
  readonly managed: boolean
  readonly user?: string
}

/** A command that runs on the way, whether it stays or not. */
export interface BootCommand {
  readonly words: readonly string[]
  /** Tests on which it depends; none where it always runs. */
  readonly conditions: readonly string[]
  readonly place: Place | undefined
  readonly text: string
}

const DEEPEST = 12
const MOST_SERVICES = 500
const MOST_COMMANDS = 3_000
const MOST_SCRIPTS = 500
const SHELLS = /^(?:ba|da|a|mk|hu|z)?sh$/
const MOST_WORDS = 32

/** Follows what is started, through scripts and wrappers, down to the programs that stay. */
export class Starter {
  readonly services = new Map<string, BootService>()
  readonly commands: BootCommand[] = []
  readonly #system: System
  readonly #running = new Set<string>()
  #scripts = 0

  constructor(system: System) {
    this.#system = system
  }

  /** @param words a command with its arguments */
  start(words: readonly string[], where: Circumstances): void {
    const { words: command, managed, user } = unwrap(words)
    const [program, ...args] = command
    if (program === undefined || where.chain.length > DEEPEST) return
    if (this.commands.length < MOST_COMMANDS) {
      const { conditions, text } = where
      this.commands.push({
        words: command.slice(0, MOST_WORDS),
        conditions,
        place: this.#place(where),
        text,
      })
    }
    const next = { ...where, managed: where.managed || managed, ...(user === undefined ? {} : { user }) }
    if (this.#indirect(baseName(program), args, next)) return
    const path = this.#system.program(program)
    const text = path === undefined ? undefined : this.#system.source(path)
    if (path !== undefined && text?.startsWith('#!')) {
      this.script(path, args, next)
      if (!next.managed) return
    }
    // A shell stays where somebody keeps it; elsewhere it runs what it is fed.
    const stays = daemonOf(program) !== undefined && !SHELLS.test(baseName(program))
    if (stays || next.managed) this.#add(command, next, path)
  }

  /** Scripts and programs that start others by what they are told. */
  #indirect(name: string, args: readonly string[], where: Circumstances): boolean {
    const [first = '', second = ''] = args
    if (SHELLS.test(name)) {
      const at = args.findIndex((arg) => /^-[a-z]*c$/.test(arg))
      if (at >= 0) this.text(args[at + 1] ?? '', where.file, [], where)
      else {
        const file = args.find((arg) => !arg.startsWith('-'))
        if (file !== undefined) this.script(file, args.slice(args.indexOf(file) + 1), where)
      }
      return at >= 0 || args.some((arg) => !arg.startsWith('-'))
    }
    switch (name) {
      case 'run-parts':
        for (const path of this.#system.glob(`${args.filter((arg) => !arg.startsWith('-')).at(-1) ?? ''}/*`))
          this.script(path, [], where)
        return true
      case 'service':
      case 'rc-service':
      case 'invoke-rc.d':
        if (second === 'start' || second === 'restart') this.script(`/etc/init.d/${first}`, ['start'], where)
        return true
      case 'runsvdir':
      case 'svscan':
      case 's6-svscan':
        this.#supervised(args.filter((arg) => !arg.startsWith('-')).at(-1) ?? '', where)
        return false
      case 'inetd':
      case 'xinetd':
        this.#superServer(name, where)
        return false
      case 'crond':
      case 'cron':
        this.#jobs(where)
        return false
      default:
        return false
    }
  }

  script(path: string, args: readonly string[], where: Circumstances): void {
    const text = path.includes('$') ? undefined : this.#system.source(path)
    if (text === undefined) return
    this.text(text, this.#system.resolve(path), args, where)
  }

  /** @param file where the text stands, or what it was called from */
  text(source: string, file: string, args: readonly string[], where: Circumstances): void {
    const key = [file, source.length, ...args, where.conditions.length > 0].join('\n')
    if (this.#running.has(key) || ++this.#scripts > MOST_SCRIPTS) return
    this.#running.add(key)
    const runs = evaluateScript(source, file, args, this.#system)
    for (const run of runs) this.#run(run, where)
  }

  #run(run: Run, where: Circumstances): void {
    this.start(run.words, {
      conditions: [...where.conditions, ...run.conditions],
      chain: where.chain.at(-1) === run.file ? where.chain : [...where.chain, run.file],
      file: run.file,
      offset: run.offset,
      text: run.text,
      managed: run.background && daemonLike(run.words),
      ...(where.user === undefined ? {} : { user: where.user }),
    })
  }

  #supervised(folder: string, where: Circumstances): void {
    for (const path of this.#system.glob(`${folder}/*/run`)) {
      const down = this.#system.exists(path.replace(/run$/, 'down'), 'any') === true
      if (down) continue
      this.script(path, [], { ...where, managed: true })
      const runs = evaluateScript(this.#system.source(path) ?? '', path, [], this.#system)
      const last = runs.at(-1)
      if (last) this.#run({ ...last, background: true }, where)
    }
  }

  #superServer(name: string, where: Circumstances): void {
    const files =
      name === 'inetd' ? ['/etc/inetd.conf'] : ['/etc/xinetd.conf', ...this.#system.glob('/etc/xinetd.d/*')]
    for (const file of files) {
      const text = this.#system.source(file) ?? ''
      const commands = name === 'inetd' ? inetdCommands(text) : xinetdCommands(text)
      for (const { words, user, line, offset } of commands) {
        this.start(words, {
          ...where,
          chain: [...where.chain, file],
          file,
          offset,
          text: line,
          managed: true,
          ...(user === undefined ? {} : { user }),
        })
      }
    }
  }

  #jobs(where: Circumstances): void {
    const files = [
      '/etc/crontab',
      ...this.#system.glob('/etc/crontabs/*'),
      ...this.#system.glob('/etc/cron.d/*'),
    ]
    for (const file of files) {
      const withUser = !file.startsWith('/etc/crontabs/')
      for (const { text, offset } of linesOf(this.#system.source(file) ?? '')) {
        const match = /^\s*(@\w+|(?:[\d*,/A-Za-z-]+\s+){5})\s*(.*)$/.exec(text)
        if (!match) continue
        const [, time = '', rest = ''] = match
        const command = withUser ? rest.replace(/^\S+\s+/, '') : rest
        const conditions = time.startsWith('@reboot')
          ? where.conditions
          : [...where.conditions, `cron ${time.trim()}`]
        this.text(command, file, [], {
          ...where,
          conditions,
          chain: [...where.chain, file],
          file,
          offset,
          text,
        })
      }
    }
  }

  #add(command: readonly string[], where: Circumstances, path: string | undefined): void {
    const words = command.slice(0, MOST_WORDS)
    const name = baseName(words[0] ?? '')
    const key = words.join(' ')
    const known = this.services.get(key)
    if (known && (known.conditions.length === 0 || where.conditions.length > 0)) return
    if (!known && this.services.size >= MOST_SERVICES) return
    const daemon = daemonOf(name)
    this.services.set(key, {
      name,
      title: daemon?.title ?? name,
      words,
      conditions: where.conditions,
      chain: where.chain,
      place: this.#place(where),
      text: where.text,
      user: where.user,
      listens: portsOf(words),
      authenticates: daemon?.authenticates,
      reads: this.#files(words.slice(1)),
      missing:
        path === undefined &&
        !words[0]?.includes('$') &&
        this.#system.exists(programPath(words[0] ?? ''), 'any') === false,
    })
  }

  /** Paths among the arguments that are there: `-f /etc/x.conf`, `--config=/etc/x.conf`. */
  #files(args: readonly string[]): readonly string[] {
    return args
      .flatMap((arg) => /(?:^|=|^-[A-Za-z])(\/[^\s$,:]+)$/.exec(arg)?.[1] ?? [])
      .filter((path) => this.#system.exists(path, 'file') === true)
  }

  #place({ file, offset, text }: Circumstances): Place | undefined {
    const entry = this.#system.entry(file)
    return entry && { ...entry.place, offset, length: text.length }
  }
}

/** What a script puts into the background stays; loops and pauses do not count as programs. */
function daemonLike(words: readonly string[]): boolean {
  return !/^(?:sleep|while|until|for|echo|cat|wait|true|\(|\{|logger|sync|kill|dd|tail|rm|cp|mv)$/.test(
    words[0] ?? '',
  )
}

function programPath(word: string): string {
  return word.startsWith('/') ? word : '/'
}

interface Line {
  readonly text: string
  readonly offset: number
}

/** Lines without comments, with their places. */
export function linesOf(source: string): readonly Line[] {
  let offset = 0
  return source
    .split('\n')
    .map((text): Line => {
      const line = { text, offset }
      offset += text.length + 1
      return line
    })
    .filter(({ text }) => text.trim() !== '' && !text.trimStart().startsWith('#'))
}

interface SuperCommand {
  readonly words: readonly string[]
  readonly user?: string | undefined
  readonly line: string
  readonly offset: number
}

/** `service type protocol wait user program arguments`. */
function inetdCommands(source: string): readonly SuperCommand[] {
  return linesOf(source).flatMap(({ text, offset }): SuperCommand[] => {
    const fields = text.trim().split(/\s+/)
    const [program, ...args] = fields.slice(5)
    if (program === undefined || program === 'internal') return []
    const words = baseName(program) === 'tcpd' ? args : [program, ...args.slice(1)]
    return [{ words, user: fields[4], line: text, offset }]
  })
}

function xinetdCommands(source: string): readonly SuperCommand[] {
  return [...source.matchAll(/^[ \t]*service\s+(\S+)\s*\{([^}]*)\}/gm)].flatMap((match): SuperCommand[] => {
    const body = match[2] ?? ''
    const field = (name: string) =>
      new RegExp(`^[ \\t]*${name}[ \\t]*\\+?=[ \\t]*(.*?)[ \\t]*$`, 'm').exec(body)?.[1]
    const server = field('server')
    if (server === undefined || field('disable') === 'yes') return []
    const args = (field('server_args') ?? '').split(/\s+/).filter(Boolean)
    return [
      { words: [server, ...args], user: field('user'), line: match[0].slice(0, 200), offset: match.index },
    ]
  })
}
