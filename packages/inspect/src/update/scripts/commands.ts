import { baseName, unwrap } from '../../services/boot/words.ts'
import type { Run } from '../../shell/script/evaluate.ts'

/** Something that a script fetches over a network. */
export interface Fetch {
  readonly run: Run
  readonly program: string
  /** As far as it is known: `$NAME` stands for what is not. */
  readonly url: string
  /** `unknown` where even the beginning of the address is not known. */
  readonly scheme: string
  /** True where the certificate of the server is not checked. */
  readonly unchecked: boolean
  /** Path of the certificates that the server is checked with; undefined for those of the system. */
  readonly authorities?: string
  /** Files that it writes. */
  readonly targets: readonly string[]
  /** It fetches a checksum, a signature or the number of a version, not the thing itself. */
  readonly companion: boolean
}

/** What a script does with something so that it runs from now on. */
export interface Use {
  readonly run: Run
  readonly what: 'flashed' | 'handed' | 'installed' | 'piped-to-shell' | 'run' | 'unpacked'
  /** The client that does it: `rauc`, `swupdate`; undefined where the script does it itself. */
  readonly client?: string
}

/** A command without what only wraps it. */
export function commandOf({ words }: Run): readonly string[] {
  const { words: command } = unwrap(words)
  const [first = '', ...rest] = command
  if (first === 'sudo') return rest.slice(rest.findIndex((word) => !word.startsWith('-')))
  if (baseName(first) === 'timeout') return behindTimeout(rest)
  if (baseName(first) === 'xargs') return rest.slice(rest.findIndex((word) => !word.startsWith('-')))
  return command
}

/** `timeout [-t] 30 wget …`. */
function behindTimeout(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word) => /^\d+[smh]?$/.test(word))
  return at < 0 ? words : words.slice(at + 1)
}

const FETCHERS = /^(?:wget|curl|uclient-fetch|tftp|ftpget|ftp|axel|aria2c|(?:lua|node|python|php):[\w.]+)$/
/** Programs that take the options of curl: itself, and libraries of other languages as `interpreted.ts` puts them. */
const LIKE_CURL = /^curl$|:/
export const SHELL = /^(?:sh|ash|bash|dash)$/
const COMPANION =
  /\.(?:md5|sha\d+|sha\d+sum|sig|asc|sign|txt|json|xml|crt|pem)(?:sum)?$|(?:version|latest|manifest|checksum)[^/]*$/i
/** Hosts that a device can only reach inside of somebody's own network. */
const PRIVATE_HOST =
  /^(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|\[?::1|\[?fe80|[\w-]+\.(?:lan|local|home|internal)(?:[:/]|$))/i
/** Short options of curl that take a value: what stands behind them in one word is that value. */
const CURL_VALUES = 'AbcCdDeEFhHKmoPQrtTuUwxXyYz'

export function fetchOf(run: Run): Fetch | undefined {
  const [path = '', ...args] = commandOf(run)
  const program = baseName(path)
  if (!FETCHERS.test(program) && !fetchesItself(program, args)) return undefined
  const url = addressOf(program, args)
  if (url === undefined) return undefined
  const host = url.replace(/^[a-z]+:\/\/(?:[^@/]*@)?/i, '')
  if (PRIVATE_HOST.test(host)) return undefined
  const authorities = authoritiesOf(program, args)
  return {
    run,
    program,
    url,
    scheme: url.startsWith('$') ? 'unknown' : (/^([a-z]+):/i.exec(url)?.[1]?.toLowerCase() ?? 'http'),
    unchecked: isUnchecked(program, args),
    ...(authorities === undefined ? {} : { authorities }),
    targets: targetsOf(run, program, args, url),
    companion: COMPANION.test(url),
  }
}

/** Clients that take the address of an update. */
function fetchesItself(program: string, args: readonly string[]): boolean {
  return (
    /^(?:rauc|swupdate|swupdate-client|mender|mender-update|sysupgrade|opkg)$/.test(program) &&
    args.some((word) => /^[a-z]+:\/\//.test(word.replace(/^-u\s*/, '')))
  )
}

function addressOf(program: string, args: readonly string[]): string | undefined {
  const plain = args.map(
    (word) => word.replace(/^--?[\w-]+=(?=[a-z]+:\/\/)|^-u\s*(?=[a-z]+:)/, '').split(/\s/)[0] ?? '',
  )
  const full = plain.find((word) => /^[a-z]{2,6}:\/\/\S/i.test(word))
  if (full !== undefined) return full
  const words = args.filter((word) => !word.startsWith('-'))
  if (program === 'tftp') {
    const host = words.at(-1)
    return args.includes('-g') && host !== undefined ? `tftp://${host}` : undefined
  }
  if (program === 'ftpget') return words[0] === undefined ? undefined : `ftp://${words[0]}`
  if (!/^(?:wget|curl|uclient-fetch)$|:/.test(program)) return undefined
  // Options that take a value are passed over.
  const operands = args.filter(
    (word, at) => !word.startsWith('-') && !takesValue(program, args[at - 1] ?? ''),
  )
  return operands.find((word) => /^\$[\w{(]|^(?:[\w-]+\.)+[a-z]{2,}(?:[:/]|$)/i.test(word))
}

function takesValue(program: string, word: string): boolean {
  if (
    /^--(?:output|output-document|header|user|data|max-time|connect-timeout|retry|cacert|cert|key|post-data|post-file|timeout|tries|user-agent|ca-certificate)$/.test(
      word,
    )
  )
    return true
  const last = /^-[a-zA-Z]*([a-zA-Z])$/.exec(word)?.[1]
  return last !== undefined && (LIKE_CURL.test(program) ? CURL_VALUES : 'OoTtUPYaeiw').includes(last)
}

function isUnchecked(program: string, args: readonly string[]): boolean {
  return args.some(
    (word) =>
      word === '--insecure' ||
      word === '--tls-no-verify' ||
      word === '--no-check-certificate' ||
      word === '--check-certificate=off' ||
      (LIKE_CURL.test(program) && shortOptions(word).includes('k')),
  )
}

/** The letters of `-sSk` up to one that takes a value. */
function shortOptions(word: string): string {
  const letters = /^-([a-zA-Z#]+)/.exec(word)?.[1] ?? ''
  const value = [...letters].findIndex((letter) => CURL_VALUES.includes(letter))
  return value < 0 ? letters : letters.slice(0, value)
}

function authoritiesOf(program: string, args: readonly string[]): string | undefined {
  const long = LIKE_CURL.test(program)
    ? /^--(?:cacert|capath|pinnedpubkey)(?:=(.+))?$/
    : /^--ca-(?:certificate|directory)(?:=(.+))?$/
  for (const [at, word] of args.entries()) {
    const match = long.exec(word)
    if (match) return match[1] ?? args[at + 1]
  }
  return undefined
}

/** Files that a fetcher writes: those that options name, a redirection, or the last part of the address. */
function targetsOf(run: Run, program: string, args: readonly string[], url: string): readonly string[] {
  const folder = args[args.indexOf('-P') + 1]
  if (program === 'wget' && args.includes('-P') && folder !== undefined) return [`${folder}/${baseName(url)}`]
  const named = args.flatMap((word, at) => {
    const next = args[at + 1]
    if (/^-(?:O|o|l|[a-zA-Z]*o)$/.test(word) && next !== undefined) {
      if (LIKE_CURL.test(program) && word === '-O') return [baseName(url)]
      return next === '-' ? [] : [next]
    }
    const long = /^--output(?:-document)?=(.+)$/.exec(word)?.[1]
    if (long !== undefined) return [long]
    return /^--output(?:-document)?$/.test(word) && next !== undefined ? [next] : []
  })
  const all = [...named, ...run.writes.filter((path) => path !== '/dev/null')]
  const toOutput =
    args.includes('-') || args.includes('-O-') || args.includes('-qO-') || LIKE_CURL.test(program)
  if (all.length > 0 || toOutput) return all
  if (program === 'tftp') return args.slice(args.indexOf('-r') + 1, args.indexOf('-r') + 2)
  return [baseName(url)]
}

const BLOCK = /^\/dev\/(?:mtd|mmcblk|ubi|nand|sd[a-z]|by-partlabel|disk\/)/
const FLASHERS =
  /^(?:flashcp|nandwrite|sysupgrade|ubiupdatevol|flash_image|mtd_write|mtd_debug|upgrade_tool)$/
/** Programs of makers that write to flash by their names; they may verify what they get. */
const HANDED =
  /(?:fw|firmware|image|flash).*(?:burn|flash|write|upgrade|update)|(?:burn|flash|write|upgrade|update).*(?:fw|firmware|image|flash)/i

/** What a command puts into place; undefined where it does nothing of that kind. @param fetched files that were fetched, or made from such */
export function useOf(run: Run, fetched: Tainted): Use | undefined {
  const [path = '', ...args] = commandOf(run)
  const program = baseName(path)
  if (
    program === 'sysupgrade' &&
    args.some((word) => /^-(?:[bklrT]|-(?:create-backup|test|help))/.test(word))
  )
    return undefined
  const flashes =
    (program === 'mtd' && args.includes('write')) ||
    (program === 'mtd_debug' && args.includes('write')) ||
    (program === 'dd' && writesBlock(args)) ||
    (FLASHERS.test(program) && program !== 'mtd_debug' && args.length > 0) ||
    (/^(?:cat|cp|gunzip|zcat|xzcat|unxz|gzip|tee|pv)$/.test(program) &&
      [...run.writes, ...(program === 'cp' ? args.slice(-1) : program === 'tee' ? args : [])].some((word) =>
        BLOCK.test(word),
      ))
  if (flashes) return { run, what: 'flashed', ...(program === 'sysupgrade' ? { client: program } : {}) }
  const client = installer(program, args, fetched)
  if (client !== undefined) return { run, what: 'installed', client }
  if (unpacks(program, args) && fetched.holds(run)) return { run, what: 'unpacked' }
  if (HANDED.test(program) && !namesVerification(program) && fetched.holds(run))
    return { run, what: 'handed' }
  const runsIt =
    fetched.isFetched(path) ||
    ((SHELL.test(program) || path === '.' || path === 'source') &&
      [...args.filter((word) => !word.startsWith('-')).slice(0, 1), ...run.reads].some((word) =>
        fetched.isFetched(word),
      ))
  return runsIt ? { run, what: 'run' } : undefined
}

/** Clients that install what they are given. */
function installer(program: string, args: readonly string[], fetched: Tainted): string | undefined {
  const words = args.filter((word) => !word.startsWith('-'))
  const named = words.some((word) => fetched.isFetched(word) || /^[a-z]+:\/\//.test(word))
  switch (program) {
    case 'rauc':
      return words[0] === 'install' ? 'rauc' : undefined
    case 'swupdate':
    case 'swupdate-client':
      return args.some((word) => /^-(?:i|d|u|w)|^--(?:image|download|suricatta|webserver)/.test(word)) ||
        (program === 'swupdate-client' && words.length > 0)
        ? 'swupdate'
        : undefined
    case 'mender':
    case 'mender-update':
      return args.some((word) => /^-{0,2}(?:install|rootfs)$/.test(word)) ? 'mender' : undefined
    case 'opkg':
      return words[0] === 'upgrade' || (words[0] === 'install' && named) ? 'opkg' : undefined
    case 'apk':
      return words[0] === 'upgrade' || (words[0] === 'add' && named) ? 'apk' : undefined
    case 'apt-get':
    case 'apt':
      return words.some((word) => /^(?:dist-|full-)?upgrade$/.test(word)) ? 'apt' : undefined
    case 'dpkg':
      return args.some((word) => /^(?:-i|--install)$/.test(word)) && named ? 'dpkg' : undefined
    default:
      return undefined
  }
}

/** `dd of=/dev/mtd3`; zeros and noise only wipe. */
function writesBlock(args: readonly string[]): boolean {
  return (
    args.some((word) => word.startsWith('of=') && BLOCK.test(word.slice(3))) &&
    !args.some((word) => /^if=\/dev\/(?:zero|null|u?random)$/.test(word))
  )
}

/** Folders in which programs lie: what is unpacked elsewhere is data. */
const OF_SYSTEM = /^\/(?:(?:usr\/)?(?:local\/)?(?:s?bin|lib(?:exec)?)?|etc|opt(?:\/.*)?)\/?$/

/** An archive that is unpacked over the system. */
function unpacks(program: string, args: readonly string[]): boolean {
  if (program === 'unzip') return OF_SYSTEM.test(args[args.indexOf('-d') + 1] ?? '')
  if (program !== 'tar') return false
  const at = args.findIndex((word) => /^-[a-zA-Z]*C$|^--directory$/.test(word))
  const folder = at >= 0 ? args[at + 1] : undefined
  return folder !== undefined && OF_SYSTEM.test(folder) && args.some((word) => /^-?[a-zA-Z]*x/.test(word))
}

/** Whether a command that writes to flash speaks of software: settings and calibration are written as well. */
export function isOfSoftware({ words, file }: Run): boolean {
  return /firmware|upgrade|update|rootfs|kernel|linux|sysupgrade|\bfw|image|\.(?:bin|img|trx|itb|ubi|swu|raucb)\b/i.test(
    `${words.join(' ')} ${file}`,
  )
}

/** Clients and tools that look at a signature. */
export function verifies(run: Run): boolean {
  const [path = '', ...args] = commandOf(run)
  const has = (...words: readonly string[]) => words.some((word) => args.includes(word))
  switch (baseName(path)) {
    case 'openssl':
      return (
        (args[0] === 'dgst' && has('-verify', '-prverify')) ||
        ((args[0] === 'cms' || args[0] === 'smime' || args[0] === 'pkeyutl') && has('-verify')) ||
        (args[0] === 'rsautl' && has('-verify'))
      )
    case 'usign':
    case 'signify':
    case 'minisign':
      return has('-V') || args.some((word) => /^-[a-zA-Z]*V/.test(word))
    case 'gpg':
    case 'gpg2':
      return has('--verify')
    case 'gpgv':
      return true
    case 'ucert':
      return args.some((word) => /^-[a-zA-Z]*V/.test(word))
    default:
      return false
  }
}

/** Whether the name of a program or function says that it verifies something; checksums do not count. */
export function namesVerification(name: string): boolean {
  return (
    /verif|sign?_?check|check_?sign?|signature|auth_?image|image_?auth/i.test(name) &&
    !/md5|crc|sha\d|sum/i.test(name)
  )
}

const CHECKSUM = /^(?:md5|sha\d+|ck|crc32)sum$|^(?:cksum|crc32)$/

export function sums(run: Run): boolean {
  const [path = '', ...args] = commandOf(run)
  return (
    CHECKSUM.test(baseName(path)) ||
    (baseName(path) === 'openssl' && /^(?:dgst|md5|sha\d+)$/.test(args[0] ?? '') && !verifies(run))
  )
}

const NOTICES = {
  mosquitto_pub: 'message',
  mail: 'mail',
  sendmail: 'mail',
  msmtp: 'mail',
  wall: 'login',
  logger: 'log',
} as const

/** How a command tells somebody. */
export function noticeOf(run: Run): (typeof NOTICES)[keyof typeof NOTICES] | undefined {
  const program = baseName(commandOf(run)[0] ?? '')
  return Object.hasOwn(NOTICES, program) ? NOTICES[program as keyof typeof NOTICES] : undefined
}

/** The key that a verifying command names: a file that exists on the device. */
export function keyOf(run: Run): string | undefined {
  const args = commandOf(run)
  for (const option of ['-verify', '-p', '-P', '-CAfile', '-inkey', '--keyring']) {
    const value = args[args.indexOf(option) + 1]
    if (args.includes(option) && value?.startsWith('/')) return value
  }
  return undefined
}

/** Programs that make one file of another. */
const TRANSFORMERS =
  /^(?:tar|gunzip|gzip|unzip|xz|unxz|bunzip2|lzma|zcat|xzcat|cat|cp|mv|ln|dd|openssl|cpio|7z|ubnize|fwtool|head|tail|base64|sed)$/

/** Which files hold what was fetched. */
export class Tainted {
  readonly #names = new Set<string>()
  readonly #folders: string[] = []
  /** An archive that was fetched was unpacked: what it held has names of its own. */
  #unpacked = false

  add(...paths: readonly string[]): void {
    for (const path of paths) {
      if (path === '' || path.startsWith('/dev/')) continue
      this.#names.add(baseName(path))
      if (path.startsWith('/') && this.#folders.length < MOST_FOLDERS) this.#folders.push(`${path}/`)
    }
  }

  isFetched(word: string): boolean {
    const path = word.replace(/^(?:if|file)=/, '')
    return (
      /[\w$]/.test(path) &&
      (this.#names.has(baseName(path)) || this.#folders.some((one) => path.startsWith(one)))
    )
  }

  /** Whether a command takes something that was fetched. */
  holds(run: Run): boolean {
    return [...run.words.slice(1), ...run.reads].some((word) => this.isFetched(word))
  }

  /** Whether it may be something that was fetched, and nothing says that it is not. */
  mayHold(run: Run): boolean {
    return this.#unpacked || [...run.words.slice(1), ...run.reads].some((word) => word.includes('$'))
  }

  /** What a command makes of something that was fetched was fetched as well. */
  follow(run: Run): void {
    const [path = '', ...args] = commandOf(run)
    const program = baseName(path)
    if (!TRANSFORMERS.test(program) || !this.holds(run)) return
    if (/^(?:tar|unzip|cpio|7z)$/.test(program)) this.#unpacked = true
    this.add(
      ...args.filter((word) => !word.startsWith('-')).map((word) => word.replace(/^of=/, '')),
      ...run.writes,
    )
  }
}

const MOST_FOLDERS = 100
