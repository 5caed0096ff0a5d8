import { latin1 } from '@messlatte/bytes'
import type { Artefact, Check, MapOut } from '../../contract.ts'
import { cases, placeOf, provisions } from '../../drafts.ts'
import { readShell, type ShellCommand } from '../../shell/commands.ts'
import { isShellScript } from '../../shell/is-script.ts'
import { CLEAR_NEEDS, concludeClear } from '../clear/conclude.ts'
import { isBinary } from '../clear/found.ts'
import { isLibrary, isNotInUse } from '../clear/paths.ts'
import { valueKind } from '../clear/value.ts'
import { madeSecrets } from '../set-by-script.ts'
import { derivedEvidence } from './derived.ts'
import { type CommandFind, secretsFrom, secretsIn, writtenBy } from './words.ts'

const ID = 'credentials.commands'
const MOST_SCRIPT = 512 * 1024
const MOST_FINDS = 100
/** A command in a program is no longer than what one line of a shell takes there. */
const MOST_COMMAND = 1024
/** A key and an initialisation vector, as SWUpdate and scripts around `openssl enc` read them. */
const KEY_FILES =
  /(?:^|\/)[^/]*(?:aes|swu|enc|decrypt|crypt|update|ota)[^/]*(?:\.(?:key|aes|txt|conf)|[-_]key|key)$/i

/** A symmetric key of OpenVPN (`--secret`, `--tls-auth`, `--tls-crypt`): 2,048 bits as lines of hexadecimal digits. */
const STATIC_KEY = '-----BEGIN OpenVPN Static key V1-----'

export const commandsCheck: Check = {
  id: ID,
  version: 2,
  title: { en: 'Credentials and keys in commands', de: 'Zugangsdaten und Schlüssel in Befehlen' },
  provisions: provisions(['5.1-1', '5.1-2', '5.4-1', '5.4-3', '5.4-4']),
  cases: cases(
    '5.1-1-1',
    '5.1-1-2',
    '5.1-2-1',
    '5.1-2-2',
    '5.4-1-1',
    '5.4-1-2',
    '5.4-3-1',
    '5.4-3-2',
    '5.4-4-1',
  ),
  input: ['image'],
  canShow: {
    en: 'That a script, or a command inside of a program, hands a fixed password or a fixed symmetric key to a program, or sets a password that is made out of an address or a serial number.',
    de: 'Dass ein Skript oder ein Befehl in einem Programm einem anderen Programm ein festes Passwort oder einen festen symmetrischen Schlüssel übergibt oder ein Passwort setzt, das aus einer Adresse oder Seriennummer gebildet ist.',
  },
  cannotShow: {
    en: 'That the command is ever run, and what programs do without a shell.',
    de: 'Dass der Befehl je ausgeführt wird und was Programme ohne Shell tun.',
  },
  states: [
    'credential.command.derived',
    'credential.command.encryption',
    'credential.command.login',
    'credential.key-file',
  ],
  wants: { paths: [KEY_FILES], literals: true },
  // What stands in front of a secret, so that few files are read.
  literals: [
    'openssl enc',
    'openssl aes',
    'openssl des',
    'pass pass:',
    'passin pass:',
    'passout pass:',
    'sshpass ',
    'curl ',
    'wget ',
    'unzip ',
    '7za ',
    '7zr ',
    '--passphrase',
    'mosquitto_pub',
    'mosquitto_sub',
    'ftpput ',
    'ftpget ',
    'lftp ',
    'smbclient ',
    'cifs ',
    'mysqldump ',
    'mysql -',
    'PGPASSWORD=',
    'snmpset ',
    'snmpget ',
    'snmpwalk ',
    'wpa_passphrase ',
    'set_network ',
    'set WPAPSK=',
    'chpasswd',
    '| passwd ',
    'smbpasswd -',
    'vncpasswd',
    'htpasswd -',
    'x11vnc ',
    'nvram set ',
    'uci set ',
    'uci -q set ',
    STATIC_KEY,
  ],
  needs: [...CLEAR_NEEDS],
  gives: ['credential.clear'],
  look,
  conclude(facts, out) {
    concludeClear(ID, facts, out)
    for (const made of madeSecrets(facts)) if (made.from === 'identity') out.evidence(derivedEvidence(made))
  },
}

function look(artefact: Artefact, out: MapOut): void {
  if (artefact.bytes.size === 0 || isNotInUse(artefact) || isLibrary(artefact.inner)) return
  if (artefact.type === 'file' && KEY_FILES.test(artefact.inner)) lookAtKeyFile(artefact, out)
  if (artefact.hits.length === 0) return
  lookAtStaticKey(artefact, out)
  if (isBinary(artefact)) lookAtProgram(artefact, out)
  else if (artefact.type === 'file' && artefact.bytes.size <= MOST_SCRIPT && isShellScript(artefact))
    lookAtScript(artefact, out)
}

function lookAtScript(artefact: Artefact, out: MapOut): void {
  let finds = 0
  for (const { words, input, text, offset } of commandsOf(artefact.text())) {
    for (const find of [...secretsIn(words), ...(input ? secretsFrom(input.words, words) : [])]) {
      if (++finds > MOST_FINDS) return
      // Where a variable held it, the command is the place.
      const [written, start] = input?.text.includes(find.value) ? [input.text, input.offset] : [text, offset]
      const at = written.indexOf(find.value)
      give(artefact, out, find, start + Math.max(0, at), at < 0 ? written.length : find.value.length)
    }
  }
}

interface Fed extends Pick<ShellCommand, 'offset' | 'text' | 'words'> {
  /** What the command before it writes into it. */
  readonly input?: { readonly words: string; readonly offset: number; readonly text: string }
}

/** Commands with what goes into them through a pipe or `<<<`. */
function commandsOf(script: string): readonly Fed[] {
  let before: ShellCommand | undefined
  return readShell(script).map((command) => {
    const { words, offset, text } = command
    const here = words.indexOf('<<<')
    const source = before?.piped ? before : undefined
    const input = here > 0 ? words[here + 1] : source && writtenBy(source.words)
    before = command
    if (input === undefined) return { words, offset, text }
    const from = here > 0 ? command : (source as ShellCommand)
    return { words, offset, text, input: { words: input, offset: from.offset, text: from.text } }
  })
}

/** Commands for `system()` among a program’s strings. */
function lookAtProgram(artefact: Artefact, out: MapOut): void {
  const seen = new Set<number>()
  for (const { offset } of artefact.hits) {
    const from = Math.max(0, offset - MOST_COMMAND)
    const around = latin1(
      artefact.bytes.view(from, Math.min(artefact.bytes.size, offset + MOST_COMMAND) - from),
    )
    const start = around.lastIndexOf('\0', offset - from) + 1
    const end = around.indexOf('\0', offset - from)
    if (end < 0 || seen.has(from + start) || seen.size >= MOST_FINDS) continue
    seen.add(from + start)
    const command = around.slice(start, end)
    if (!/^[\t\n\r -~]+$/.test(command) || /\busage\b|<\w+>/i.test(command)) continue
    for (const { words, input } of commandsOf(command)) {
      for (const find of [...secretsIn(words), ...(input ? secretsFrom(input.words, words) : [])]) {
        const at = command.indexOf(find.value)
        give(artefact, out, find, from + start + Math.max(0, at), at < 0 ? command.length : find.value.length)
      }
    }
  }
}

function give(artefact: Artefact, out: MapOut, find: CommandFind, offset: number, length: number): void {
  const { kind, subject, value, form, user, option } = find
  out.fact('credential.clear', placeOf(artefact, offset, length), {
    check: ID,
    kind,
    subject,
    setting: option,
    value,
    form,
    state: valueKind(value) === 'default' ? 'default' : 'set',
    grade: 'medium',
    readers: [],
    ...(user === undefined ? {} : { user }),
  })
}

function lookAtKeyFile(artefact: Artefact, out: MapOut): void {
  if (artefact.bytes.size > 256) return
  const text = artefact.text()
  const match =
    /^(?:key ?= ?)?([0-9A-Fa-f]{64}|[0-9A-Fa-f]{32})(?:[ \t,\r\n]+(?:iv ?= ?)?[0-9A-Fa-f]{32})?\s*$/.exec(
      text,
    )
  const value = match?.[1]
  if (value === undefined || new Set(value).size < 5) return
  out.fact('credential.clear', placeOf(artefact, text.indexOf(value), value.length), {
    check: ID,
    kind: 'credential.key-file',
    subject: 'encryption',
    setting: artefact.name,
    value,
    form: 'key',
    state: 'set',
    grade: match?.[0].trim().length === value.length ? 'low' : 'medium',
    ...(match?.[0].trim().length === value.length ? { weakness: 'reader-unknown' as const } : {}),
    readers: ['swupdate'],
  })
}

function lookAtStaticKey(artefact: Artefact, out: MapOut): void {
  const hit = artefact.hits.find(({ literal }) => literal === STATIC_KEY)
  if (!hit) return
  const start = hit.offset + STATIC_KEY.length
  const text = latin1(artefact.bytes.view(start, Math.min(1024, artefact.bytes.size - start)))
  const body = /^((?:\s{1,4}[0-9a-fA-F]{32}){16})\s{1,4}-----END OpenVPN Static key V1-----/.exec(text)?.[1]
  const value = body?.replaceAll(/\s/g, '')
  if (value === undefined || new Set(value).size < 8) return
  out.fact('credential.clear', placeOf(artefact, hit.offset, STATIC_KEY.length + (body?.length ?? 0)), {
    check: ID,
    kind: 'credential.key-file',
    subject: 'vpn',
    setting: artefact.name,
    value,
    form: 'key',
    state: 'set',
    grade: 'medium',
    readers: ['openvpn'],
  })
}
