import { latin1 } from '@messlatte/bytes'
import type { Artefact, Check, MapOut } from '../../contract.ts'
import { cases, placeOf, provisions } from '../../drafts.ts'
import { readShell } from '../../shell/commands.ts'
import { isShellScript } from '../../shell/is-script.ts'
import { CLEAR_NEEDS, concludeClear } from '../clear/conclude.ts'
import { isBinary } from '../clear/found.ts'
import { isLibrary, isNotInUse } from '../clear/paths.ts'
import { valueKind } from '../clear/value.ts'
import { type CommandFind, secretsIn } from './words.ts'

const ID = 'credentials.commands'
const MOST_SCRIPT = 512 * 1024
const MOST_FINDS = 100
/** A command in a program is no longer than what one line of a shell takes there. */
const MOST_COMMAND = 1024
/** A key and an initialisation vector, as SWUpdate and scripts around `openssl enc` read them. */
const KEY_FILES =
  /(?:^|\/)[^/]*(?:aes|swu|enc|decrypt|crypt|update|ota)[^/]*(?:\.(?:key|aes|txt|conf)|[-_]key|key)$/i

export const commandsCheck: Check = {
  id: ID,
  version: 1,
  title: { en: 'Credentials and keys in commands', de: 'Zugangsdaten und Schlüssel in Befehlen' },
  provisions: provisions(['5.1-1', '5.4-1', '5.4-3', '5.4-4']),
  cases: cases('5.1-1-1', '5.1-1-2', '5.4-1-1', '5.4-1-2', '5.4-3-1', '5.4-3-2', '5.4-4-1'),
  input: ['image'],
  canShow: {
    en: 'That a script, or a command inside of a program, hands a fixed password or a fixed symmetric key to a program.',
    de: 'Dass ein Skript oder ein Befehl in einem Programm einem anderen Programm ein festes Passwort oder einen festen symmetrischen Schlüssel übergibt.',
  },
  cannotShow: {
    en: 'That the command is ever run, and what programs do without a shell.',
    de: 'Dass der Befehl je ausgeführt wird und was Programme ohne Shell tun.',
  },
  states: ['credential.command.encryption', 'credential.command.login', 'credential.key-file'],
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
  ],
  needs: [...CLEAR_NEEDS],
  gives: ['credential.clear'],
  look,
  conclude: (facts, out) => concludeClear(ID, facts, out),
}

function look(artefact: Artefact, out: MapOut): void {
  if (artefact.bytes.size === 0 || isNotInUse(artefact) || isLibrary(artefact.inner)) return
  if (artefact.type === 'file' && KEY_FILES.test(artefact.inner)) lookAtKeyFile(artefact, out)
  if (artefact.hits.length === 0) return
  if (isBinary(artefact)) lookAtProgram(artefact, out)
  else if (artefact.type === 'file' && artefact.bytes.size <= MOST_SCRIPT && isShellScript(artefact))
    lookAtScript(artefact, out)
}

function lookAtScript(artefact: Artefact, out: MapOut): void {
  let finds = 0
  for (const { words, text, offset } of readShell(artefact.text())) {
    for (const find of secretsIn(words)) {
      if (++finds > MOST_FINDS) return
      // Where a variable held it, the command is the place.
      const at = text.indexOf(find.value)
      give(artefact, out, find, at < 0 ? offset : offset + at, at < 0 ? text.length : find.value.length)
    }
  }
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
    for (const { words } of readShell(command)) {
      for (const find of secretsIn(words)) {
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
