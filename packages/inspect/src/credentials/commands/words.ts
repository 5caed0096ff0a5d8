import type { ClearFact } from '../clear/facts.ts'
import { isClear, isProse } from '../clear/value.ts'

/** A secret among the words of a command. */
export type CommandFind = Pick<ClearFact, 'form' | 'subject' | 'value'> & {
  readonly kind: 'credential.command.encryption' | 'credential.command.login'
  readonly user?: string
  /** Program and option, as in `openssl -k`. */
  readonly option: string
}

/** What a command gives to the next one, as `echo` and `printf` write it. */
export function writtenBy(words: readonly string[]): string | undefined {
  const [program = '', ...args] = words
  if (!/^\(?(?:echo|printf)$/.test(program)) return undefined
  const rest = args.filter((word) => !/^-[neE]+$/.test(word))
  return rest.join(' ').replace(/\)$/, '').replaceAll('\\n', '\n')
}

/** Programs that set a password which they read from their input. */
export function secretsFrom(input: string, words: readonly string[]): readonly CommandFind[] {
  const [program = '', ...args] = withoutWrappers(words)
  const lines = input.split('\n').filter((line) => line !== '')
  const target = args.find((word) => !word.startsWith('-'))
  switch (baseName(program)) {
    case 'chpasswd':
      return lines.flatMap((line) => pair('web-login', 'chpasswd', line))
    case 'passwd':
      return login('web-login', 'passwd', lines[0], target)
    case 'smbpasswd':
      return login('file-sharing', 'smbpasswd', lines[0], target)
    case 'vncpasswd':
      return login('remote-screen', 'vncpasswd', lines[0])
    default:
      return []
  }
}

type Reader = (args: readonly string[], program: string) => readonly CommandFind[]

/** How programs take secrets on their command lines. */
const PROGRAMS: Readonly<Record<string, Reader>> = {
  openssl,
  sshpass: (args) => login('remote-login', 'sshpass -p', attached(args, '-p')),
  curl: (args) => [
    ...pair('remote-login', 'curl -u', first(args, ['-u', '--user'])),
    ...pair('remote-login', 'curl --proxy-user', first(args, ['--proxy-user'])),
  ],
  wget: (args) =>
    login(
      'remote-login',
      'wget --password',
      long(args, ['--password', '--http-password', '--ftp-password']),
      long(args, ['--user', '--http-user', '--ftp-user']),
    ),
  unzip: (args) => encryption('unzip -P', first(args, ['-P'])),
  zip: (args) => encryption('zip -P', first(args, ['-P', '--password'])),
  '7z': sevenZip,
  '7za': sevenZip,
  '7zr': sevenZip,
  gpg: (args) => encryption('gpg --passphrase', long(args, ['--passphrase'])),
  gpg2: (args) => encryption('gpg --passphrase', long(args, ['--passphrase'])),
  mosquitto_pub: broker,
  mosquitto_sub: broker,
  ftpput: (args) => login('remote-login', 'ftpput -p', attached(args, '-p'), attached(args, '-u')),
  ftpget: (args) => login('remote-login', 'ftpget -p', attached(args, '-p'), attached(args, '-u')),
  ncftpput: (args) => login('remote-login', 'ncftpput -p', attached(args, '-p'), attached(args, '-u')),
  lftp: (args) => pair('remote-login', 'lftp -u', first(args, ['-u', '--user']), ','),
  smbclient: (args) => pair('file-sharing', 'smbclient -U', first(args, ['-U', '--user']), '%'),
  mount: (args) => shareOptions(args),
  'mount.cifs': (args) => shareOptions(args),
  mysql: (args) =>
    login(
      'database',
      'mysql -p',
      long(args, ['--password']) ?? glued(args, '-p'),
      long(args, ['--user']) ?? attached(args, '-u'),
    ),
  mysqldump: (args) =>
    login('database', 'mysqldump -p', long(args, ['--password']) ?? glued(args, '-p'), attached(args, '-u')),
  htpasswd,
  x11vnc: (args) => login('remote-screen', 'x11vnc -passwd', first(args, ['-passwd'])),
  nvram: (args) => (args[0] === 'set' ? args.slice(1).flatMap((word) => assignment('nvram set', word)) : []),
  uci: (args) => {
    const rest = args.filter((word) => !/^-/.test(word))
    return rest[0] === 'set' ? assignment('uci set', rest[1] ?? '') : []
  },
  snmpset: community,
  snmpget: community,
  snmpwalk: community,
  wpa_passphrase: (args) => wifi('wpa_passphrase', 'wifi-client', args[1], args[0]),
  wpa_cli: (args) =>
    wifi('wpa_cli set_network psk', 'wifi-client', args.at(-2) === 'psk' ? unquoted(args.at(-1)) : undefined),
  iwpriv: (args) =>
    wifi(
      'iwpriv set WPAPSK',
      'wifi-access-point',
      args[1] === 'set' ? /^WPAPSK=(.*)$/.exec(args[2] ?? '')?.[1] : undefined,
    ),
}

export function secretsIn(words: readonly string[]): readonly CommandFind[] {
  const [assigned, rest] = withoutAssignments(withoutWrappers(words))
  const program = baseName(rest[0] ?? '')
  const read = Object.hasOwn(PROGRAMS, program) ? PROGRAMS[program] : undefined
  const own = read?.(rest.slice(1), program) ?? []
  const environment = assigned.flatMap(([name, value]) =>
    /^(?:PGPASSWORD|MYSQL_PWD|SSHPASS|RSYNC_PASSWORD)$/.test(name) ? login('remote-login', name, value) : [],
  )
  return [...environment, ...own]
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function withoutWrappers(words: readonly string[]): readonly string[] {
  let rest = words
  for (
    let i = 0;
    i < 4 && /^(?:busybox|toybox|sudo|nice|nohup|env|time|exec|eval)$/.test(baseName(rest[0] ?? ''));
    i++
  )
    rest = rest.slice(1)
  return baseName(rest[0] ?? '') === 'timeout' ? rest.slice(2) : rest
}

function withoutAssignments(
  words: readonly string[],
): readonly [readonly (readonly [string, string])[], readonly string[]] {
  const assigned: (readonly [string, string])[] = []
  for (const word of words) {
    const match = /^([A-Z_]+)=(.*)$/.exec(word)
    if (!match) break
    assigned.push([match[1] as string, match[2] as string])
  }
  return [assigned, words.slice(assigned.length)]
}

/** `enc` and the ciphers by their names take keys; all others passphrases of keys. */
function openssl(args: readonly string[]): readonly CommandFind[] {
  const [command = ''] = args
  const enciphers =
    /^(?:enc|aes-?\d+.*|aria.*|bf.*|camellia.*|cast.*|des.*|idea.*|rc[245].*|seed.*|sm4.*)$/.test(command)
  const finds: CommandFind[] = []
  for (const [at, word] of args.entries()) {
    const value = args[at + 1]
    if (enciphers && word === '-k') finds.push(...encryption('openssl -k', value))
    if (enciphers && word === '-K' && /^[0-9A-Fa-f]{16,64}$/.test(value ?? ''))
      finds.push(...key('openssl -K', value))
    const given = /^-(?:pass|passin|passout|passwd)$/.test(word)
      ? /^pass:(.+)$/.exec(value ?? '')?.[1]
      : undefined
    if (given !== undefined && enciphers) finds.push(...encryption('openssl -pass', given))
    else if (given !== undefined)
      finds.push(...secretOf('credential.command.encryption', 'key-passphrase', `openssl ${word}`, given))
  }
  return finds
}

function sevenZip(args: readonly string[]): readonly CommandFind[] {
  return encryption('7z -p', glued(args, '-p'))
}

function broker(args: readonly string[]): readonly CommandFind[] {
  return login('mqtt', 'mosquitto -P', first(args, ['-P', '--pw']), first(args, ['-u', '--username']))
}

function community(args: readonly string[], program: string): readonly CommandFind[] {
  return login('snmp', `${program} -c`, attached(args, '-c'))
}

/** `htpasswd -b FILE USER PASSWORD`, and without the file after `-n`. */
function htpasswd(args: readonly string[]): readonly CommandFind[] {
  const flags = args.filter((word) => /^-[A-Za-z]/.test(word)).join('')
  const rest = args.filter((word, at) => !word.startsWith('-') && !/^-\w*C$/.test(args[at - 1] ?? ''))
  const wanted = flags.includes('n') ? 2 : 3
  if (!flags.includes('b') || rest.length !== wanted) return []
  return login('web-login', 'htpasswd -b', rest.at(-1), rest.at(-2))
}

const SECRET_SETTING = /(?:pass(?:wd|word|phrase)?|pwd|psk\d?|wpa_?key\d?)$/i
const WIRELESS_KEY = /^wireless\..*\.(?:key\d?|sae_password)$/

/** `name=value`, where the name says that it is a password or a passphrase of Wi-Fi. */
function assignment(option: string, word: string): readonly CommandFind[] {
  const at = word.indexOf('=')
  const [name, value] = [word.slice(0, at), word.slice(at + 1)]
  if (at <= 0) return []
  if (WIRELESS_KEY.test(name) || (SECRET_SETTING.test(name) && /wl|wpa|psk|wifi|ssid|wireless/i.test(name)))
    return wifi(`${option} ${name}`, 'wifi-access-point', value)
  return SECRET_SETTING.test(name) ? login('web-login', `${option} ${name}`, value) : []
}

function shareOptions(args: readonly string[]): readonly CommandFind[] {
  const options = args.find((word) => /(?:^|,)pass(?:word)?=/.test(word)) ?? ''
  return login(
    'file-sharing',
    'mount -o password',
    /(?:^|,)pass(?:word)?=([^,]*)/.exec(options)?.[1],
    /(?:^|,)user(?:name)?=([^,]*)/.exec(options)?.[1],
  )
}

/** The word behind an option. */
function first(args: readonly string[], options: readonly string[]): string | undefined {
  const at = args.findIndex((word) => options.includes(word))
  return at < 0
    ? long(
        args,
        options.filter((option) => option.startsWith('--')),
      )
    : args[at + 1]
}

/** `--option=value` or `--option value`. */
function long(args: readonly string[], options: readonly string[]): string | undefined {
  for (const option of options) {
    const joined = args.find((word) => word.startsWith(`${option}=`))
    if (joined !== undefined) return joined.slice(option.length + 1)
    const at = args.indexOf(option)
    if (at >= 0) return args[at + 1]
  }
  return undefined
}

/** `-pvalue` only. */
function glued(args: readonly string[], option: string): string | undefined {
  return args
    .find((word) => word.startsWith(option) && word.length > option.length && !word.startsWith('--'))
    ?.slice(option.length)
}

/** `-p value` or `-pvalue`. */
function attached(args: readonly string[], option: string): string | undefined {
  const at = args.indexOf(option)
  return at >= 0 ? args[at + 1] : glued(args, option)
}

function unquoted(word: string | undefined): string | undefined {
  return word?.replace(/^["']+|["']+$/g, '')
}

function secretOf(
  kind: CommandFind['kind'],
  subject: CommandFind['subject'],
  option: string,
  value: string | undefined,
  user?: string,
): readonly CommandFind[] {
  if (value === undefined || value.length < 3 || value.length > 256 || value.startsWith('-')) return []
  if (!isClear(value) || isProse(value)) return []
  return [
    {
      kind,
      subject,
      option,
      value,
      form: 'password',
      ...(user === undefined || !isClear(user) ? {} : { user }),
    },
  ]
}

function login(
  subject: CommandFind['subject'],
  option: string,
  value: string | undefined,
  user?: string,
): readonly CommandFind[] {
  return secretOf('credential.command.login', subject, option, value, user)
}

function encryption(option: string, value: string | undefined): readonly CommandFind[] {
  return secretOf('credential.command.encryption', 'encryption', option, value)
}

/** A key in hexadecimal digits is no hash here. */
function key(option: string, value: string | undefined): readonly CommandFind[] {
  if (value === undefined || new Set(value).size < 5) return []
  return [{ kind: 'credential.command.encryption', subject: 'encryption', option, value, form: 'key' }]
}

function wifi(
  option: string,
  subject: CommandFind['subject'],
  value: string | undefined,
  ssid?: string,
): readonly CommandFind[] {
  if (value === undefined || value.length < 8 || value.length > 64) return []
  return login(subject, option, value, ssid)
}

/** `user:password` in one word. */
function pair(
  subject: CommandFind['subject'],
  option: string,
  word: string | undefined,
  between = ':',
): readonly CommandFind[] {
  const at = word?.indexOf(between) ?? -1
  if (word === undefined || at <= 0) return []
  const [user, value] = [word.slice(0, at), word.slice(at + 1)]
  if (/^(?:user(?:name)?|login|name)$/i.test(user) && /^pass(?:word|wd)?$/i.test(value)) return []
  return login(subject, option, value, user)
}
