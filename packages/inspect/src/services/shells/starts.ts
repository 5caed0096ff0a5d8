import type { Artefact } from '../../contract.ts'
import { readShell } from '../../shell/commands.ts'

/** A command that something starts at boot, as its file states it. */
export interface Start {
  readonly words: readonly string[]
  readonly text: string
  /** Bytes from the start of the file. */
  readonly offset: number
  readonly conditional: boolean
  /** Set where the line names a terminal for it. */
  readonly terminal?: string
}

const INITTAB = /^(?:.*\/)?etc\/inittab$/
const INETD = /^(?:.*\/)?etc\/inetd\.conf$/
const XINETD = /^(?:.*\/)?etc\/xinetd\.d\/[^/]+$/
const UNIT = /^(?:.*\/)?(?:etc|lib|usr\/lib)\/systemd\/system\/[^/]+\.service$/
const CRONTAB =
  /^(?:.*\/)?(?:etc\/crontabs?\/[^/]+|etc\/crontab|etc\/cron\.d\/[^/]+|var\/spool\/cron\/(?:crontabs\/)?[^/]+)$/
const SCRIPT =
  /^(?:.*\/)?etc\/(?:init\.d|rc\.d|rc[S0-9]\.d)\/[^/]+$|^(?:.*\/)?etc\/rc(?:\.local|S|\.sysinit|\.boot)?$/

/** Files from which a system is started. */
export const START_FILES: readonly RegExp[] = [INITTAB, INETD, XINETD, UNIT, CRONTAB, SCRIPT]

const MOST_LINES = 10_000

/** What a file starts; empty for files of another kind. */
export function startsOf(artefact: Artefact): readonly Start[] {
  const { inner } = artefact
  if (INITTAB.test(inner)) return lines(artefact).flatMap(inittabStart)
  if (INETD.test(inner)) return lines(artefact).flatMap(inetdStart)
  if (XINETD.test(inner)) return xinetdStart(artefact.text())
  if (UNIT.test(inner)) return lines(artefact).flatMap(unitStart)
  if (CRONTAB.test(inner)) return lines(artefact).flatMap(cronStart)
  if (SCRIPT.test(inner)) return readShell(artefact.text())
  return []
}

export function isUnit(inner: string): boolean {
  return UNIT.test(inner)
}

interface Line {
  readonly text: string
  readonly offset: number
}

function lines(artefact: Artefact): readonly Line[] {
  let offset = 0
  return artefact
    .text()
    .split('\n', MOST_LINES)
    .map((text) => {
      const line = { text, offset }
      offset += text.length + 1
      return line
    })
    .filter(({ text }) => text.trim() !== '' && !text.trimStart().startsWith('#'))
}

/** `id:runlevels:action:process`; busybox takes the id for a terminal. */
function inittabStart({ text, offset }: Line): readonly Start[] {
  const match = /^([^:]*):([^:]*):([^:]*):(.*)$/.exec(text)
  if (!match) return []
  const [, id = '', levels = '', action = '', process = ''] = match
  if (!/^(?:respawn|askfirst|once|wait|sysinit|boot|bootwait|ondemand)$/.test(action)) return []
  // A process with a leading minus is a login shell.
  const [command] = readShell(process.replace(/^[-+@]/, ''))
  if (!command) return []
  const terminal = /^tty|^console|^hvc/.test(id) ? id : undefined
  const conditional = action === 'ondemand' || (levels !== '' && !/[S12345]/.test(levels))
  return [
    { words: command.words, text, offset, conditional, ...(terminal === undefined ? {} : { terminal }) },
  ]
}

/** `service type protocol wait user program arguments`. */
function inetdStart({ text, offset }: Line): readonly Start[] {
  const fields = text.trim().split(/\s+/)
  if (fields.length < 6) return []
  const [program = '', ...args] = fields.slice(5)
  return [{ words: [program, ...args.slice(1)], text, offset, conditional: false }]
}

function xinetdStart(text: string): readonly Start[] {
  const field = (name: string) =>
    new RegExp(`^[ \\t]*${name}[ \\t]*=[ \\t]*(.*)$`, 'm').exec(text)?.[1]?.trim()
  const server = field('server')
  if (server === undefined || field('disable') === 'yes') return []
  const offset = text.search(/^[ \t]*server[ \t]*=/m)
  return [
    {
      words: [server, ...(field('server_args') ?? '').split(/\s+/).filter(Boolean)],
      text: `server = ${server}`,
      offset,
      conditional: false,
    },
  ]
}

function unitStart({ text, offset }: Line): readonly Start[] {
  const command = /^ExecStart\s*=\s*[-@:+!]*(.*)$/.exec(text)?.[1]
  const [first] = command === undefined ? [] : readShell(command)
  return first ? [{ words: first.words, text, offset, conditional: false }] : []
}

/** Five fields of time (or `@reboot`), in system crontabs a user, then the command. */
function cronStart({ text, offset }: Line): readonly Start[] {
  const match = /^\s*(?:@\w+|(?:[\d*,/A-Za-z-]+\s+){5})\s*(.*)$/.exec(text)
  return match
    ? readShell(match[1] as string).map(({ words }) => ({ words, text, offset, conditional: false }))
    : []
}
