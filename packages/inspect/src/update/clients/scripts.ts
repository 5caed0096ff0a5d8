import { readShell, type ShellCommand } from '../../shell/commands.ts'

interface Place {
  /** Bytes from the start of the file. */
  readonly offset: number
  readonly length: number
  readonly line: number
  readonly text: string
}

export interface Fetch extends Place {
  readonly program: string
  readonly url: string
  readonly scheme: string
  /** True where the certificate of the server is not checked. */
  readonly unchecked: boolean
  readonly conditional: boolean
  /** True where it fetches a checksum or a signature, not the thing itself. */
  readonly companion: boolean
}

/** A script that fetches something over a network and flashes or runs it. */
export interface FetchedUpdate {
  readonly fetches: readonly Fetch[]
  readonly uses: readonly (Place & { readonly what: 'flashed' | 'run' | 'piped-to-shell' | 'installed' })[]
  /** Commands that verify a signature, in front of the last use. */
  readonly verifiedBy: readonly string[]
  /** Commands that only compare a checksum. */
  readonly checksums: readonly string[]
}

const FETCHERS = /^(?:wget|curl|uclient-fetch|tftp|ftpget|ftp|axel|aria2c)$/
/** Byte strings that stand in every script that could matter. */
export const FETCH_LITERALS: readonly string[] = ['wget ', 'curl ', 'tftp ', 'ftpget ', 'uclient-fetch ']
const SHELL = /^(?:.*\/)?(?:sh|ash|bash|dash)$/
const COMPANION =
  /\.(?:md5|sha\d+|sha\d+sum|sig|asc|sign|txt|json|crt|pem)(?:sum)?$|(?:version|latest|manifest|checksum)[^/]*$/i
/** Hosts that a device can only reach inside of somebody's own network. */
const PRIVATE_HOST =
  /^(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|\[?::1|\[?fe80|[\w-]+\.(?:lan|local|home|internal)(?:[:/]|$))/i

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** What a script fetches and does with it; undefined where it does not fetch or does nothing with what it fetched. */
export function readUpdateScript(text: string): FetchedUpdate | undefined {
  const commands = readShell(text)
  const fetches = commands.flatMap((command, index) => fetchOf(command, commands[index - 1]))
  if (fetches.length === 0) return undefined
  const targets = new Set(commands.flatMap(outputOf))
  const uses = commands.flatMap((command, index) => useOf(command, commands[index - 1], targets))
  const last = uses.at(-1)
  if (!last) return undefined
  const before = commands.filter((command) => command.offset <= last.offset)
  return {
    fetches,
    uses,
    verifiedBy: before.filter(verifies).map((command) => command.text),
    checksums: before
      .filter((command) => /^(?:md5|sha\d+)sum$/.test(baseName(command.words[0] ?? '')))
      .map((command) => command.text),
  }
}

function placed(command: ShellCommand): Place {
  return { offset: command.offset, length: command.text.length, line: command.line, text: command.text }
}

function fetchOf(command: ShellCommand, _before: ShellCommand | undefined): readonly Fetch[] {
  const [path = '', ...args] = stripBusybox(command.words)
  const program = baseName(path)
  if (!FETCHERS.test(program)) return []
  const url =
    args
      .map((word) => word.replace(/^.*?=(?=[a-z]+:\/\/)/, ''))
      .find((word) => /^[a-z]{2,6}:\/\/\S/i.test(word)) ?? bareAddress(program, args)
  if (url === undefined) return []
  const scheme = /^([a-z]+):/i.exec(url)?.[1]?.toLowerCase() ?? 'http'
  const host = url.replace(/^[a-z]+:\/\/(?:[^@/]*@)?/i, '')
  if (PRIVATE_HOST.test(host)) return []
  const unchecked = args.some(
    (word) =>
      word === '--insecure' ||
      word === '--no-check-certificate' ||
      (program === 'curl' && /^-[a-zA-Z]*k/.test(word)),
  )
  return [
    {
      ...placed(command),
      program,
      url,
      scheme,
      unchecked,
      conditional: command.conditional,
      companion: COMPANION.test(url),
    },
  ]
}

/** TFTP and FTP clients take a host and a file instead of an address. */
function bareAddress(program: string, args: readonly string[]): string | undefined {
  const words = args.filter((word) => !word.startsWith('-'))
  const host = words.at(-1)
  if (program === 'tftp' && args.includes('-g') && host !== undefined) return `tftp://${host}`
  if (program === 'ftpget' && words[0] !== undefined) return `ftp://${words[0]}`
  return undefined
}

function stripBusybox(words: readonly string[]): readonly string[] {
  return /^(?:busybox|toybox|sudo|timeout|nice)$/.test(baseName(words[0] ?? ''))
    ? words.slice(words[0] === 'timeout' ? 2 : 1)
    : words
}

/** Files that fetchers write. */
function outputOf(command: ShellCommand): readonly string[] {
  const words = stripBusybox(command.words)
  if (!FETCHERS.test(baseName(words[0] ?? ''))) return []
  return words.flatMap((word, index) => {
    const next = words[index + 1]
    if (/^-(?:O|o|l|[a-zA-Z]*[oO])$/.test(word) && next !== undefined && next !== '-') return [next]
    if (word === '>' && next !== undefined) return [next]
    return []
  })
}

function useOf(
  command: ShellCommand,
  before: ShellCommand | undefined,
  targets: ReadonlySet<string>,
): readonly FetchedUpdate['uses'][number][] {
  const words = stripBusybox(command.words)
  const [path = '', ...args] = words
  const program = baseName(path)
  if (before?.piped && SHELL.test(path) && FETCHERS.test(baseName(stripBusybox(before.words)[0] ?? ''))) {
    return [
      {
        ...placed(before),
        text: `${before.text} | ${command.text}`,
        length: command.offset + command.text.length - before.offset,
        what: 'piped-to-shell',
      },
    ]
  }
  const flashes =
    (program === 'mtd' && args.includes('write')) ||
    (program === 'dd' && args.some((word) => /^of=\/dev\/(?:mtd|mmcblk|ubi|nand|sd)/.test(word))) ||
    /^(?:flashcp|nandwrite|sysupgrade|ubiupdatevol|fw_flash|flash_image|mtd_write)$/.test(program) ||
    args.some((word) => /^>?\/dev\/mtd(?:block)?\d/.test(word) && (program === 'cp' || program === 'cat'))
  if (flashes) return [{ ...placed(command), what: 'flashed' }]
  const installs =
    (program === 'rauc' && args[0] === 'install') ||
    program === 'swupdate' ||
    (/^mender(?:-update)?$/.test(program) && args.some((word) => /^-?install$/.test(word)))
  if (installs) return [{ ...placed(command), what: 'installed' }]
  const runs =
    targets.has(path) ||
    ((SHELL.test(path) || program === '.' || program === 'source') && args.some((word) => targets.has(word)))
  return runs ? [{ ...placed(command), what: 'run' }] : []
}

/** Clients and tools that look at a signature before they go on. */
function verifies(command: ShellCommand): boolean {
  const [path = '', ...args] = stripBusybox(command.words)
  const has = (...words: readonly string[]) => words.some((word) => args.includes(word))
  switch (baseName(path)) {
    case 'openssl':
      return (
        (args[0] === 'dgst' && has('-verify', '-prverify')) ||
        ((args[0] === 'cms' || args[0] === 'smime' || args[0] === 'pkeyutl') && has('-verify'))
      )
    case 'usign':
    case 'signify':
    case 'minisign':
      return has('-V')
    case 'gpg':
    case 'gpg2':
      return has('--verify')
    case 'gpgv':
    case 'ucert':
      return true
    case 'rauc':
      return args[0] === 'install' || args[0] === 'info'
    case 'swupdate':
      return has('-k')
    case 'mender':
    case 'mender-update':
      return has('install', '-install')
    default:
      return false
  }
}
