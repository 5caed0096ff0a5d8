import { latin1 } from '@messlatte/bytes'
import type { Artefact, Check, MapOut } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { CLEAR_NEEDS, concludeClear } from '../clear/conclude.ts'
import { giveSetting } from '../clear/found.ts'
import { isLibrary, isNotInUse } from '../clear/paths.ts'
import { readSettings, type Setting } from '../clear/settings/index.ts'
import type { SubjectName } from '../clear/subjects.ts'
import { isClear, valueKind } from '../clear/value.ts'
import { inferSecret } from '../service-configurations/inferred.ts'
import { isWpsPin } from '../wireless/give.ts'

const ID = 'credentials.nvram'
const KIND = 'credential.nvram'
const MOST_TABLE = 1024 * 1024
const MOST_FINDS = 200

/** Tables of defaults, as makers call them. */
const TABLES =
  /(?:^|\/)[^/]*nvram[^/]*$|(?:^|\/)(?:RT|MT|rt|mt)\d{4}\w*_default\w*$|(?:^|\/)router_defaults?(?:\.\w+)?$|(?:^|\/)(?:usr\/|var\/|etc\/)?etc\/default(?:s|_config|_settings)?(?:\.(?:cfg|txt|dat))?$|(?:^|\/)(?:build|default|prop)\.(?:prop|default)$/
const ENVIRONMENT = /^environment\.txt$/
const NVS = /^[^/]+\/[^/]*(?:pass|pswd|psk|pwd|secret|token|key)[^/]*$/i
/** Settings that many makers have, as they lie in a partition: behind a NUL or the end of a line. */
const MARKS = [
  'http_passwd=',
  'wpa_psk=',
  'WPAPSK1=',
  'secret_code=',
  'wps_device_pin=',
  'pppoe_passwd=',
  'http_passwd\0',
  'wpa_psk\0',
]

export const nvramCheck: Check = {
  id: ID,
  version: 1,
  title: {
    en: 'Credentials in NVRAM, boot environments and defaults',
    de: 'Zugangsdaten in NVRAM, Boot-Umgebungen und Vorgaben',
  },
  provisions: provisions(['5.1-1', '5.4-1', '5.4-3', '5.4-4']),
  cases: cases('5.1-1-1', '5.1-1-2', '5.4-1-1', '5.4-1-2', '5.4-3-1', '5.4-3-2', '5.4-4-1'),
  input: ['image'],
  canShow: {
    en: 'That a password or key is part of a table of defaults, of a boot loader’s environment, of a store of an ESP32, or of Android’s properties.',
    de: 'Dass ein Passwort oder Schlüssel Teil einer Vorgabentabelle, der Umgebung eines Bootloaders, eines ESP32-Speichers oder der Android-Eigenschaften ist.',
  },
  cannotShow: {
    en: 'Which value a unit has after it was made, and which defaults are still used.',
    de: 'Welchen Wert ein Gerät nach der Fertigung hat und welche Vorgaben noch gelten.',
  },
  states: [KIND],
  wants: { paths: [TABLES, ENVIRONMENT, NVS], literals: true },
  literals: MARKS,
  needs: [...CLEAR_NEEDS],
  gives: ['credential.clear'],
  look,
  conclude: (facts, out) => concludeClear(ID, facts, out),
}

function look(artefact: Artefact, out: MapOut): void {
  const { inner, root, bytes, format } = artefact
  if (bytes.size === 0 || isNotInUse(artefact) || isLibrary(inner)) return
  if (root.endsWith(':esp-nvs')) {
    lookAtNvs(artefact, out)
    return
  }
  const table = root.endsWith(':uboot-env') ? ENVIRONMENT.test(inner) : TABLES.test(inner)
  if (table && format === undefined && bytes.size <= MOST_TABLE) lookAtTable(artefact, out)
  else if (artefact.hits.length > 0) lookAtMarks(artefact, out)
}

/** Lines, or settings with NULs between them. */
function lookAtTable(artefact: Artefact, out: MapOut): void {
  const text = artefact.text().replaceAll('\0', '\n')
  if (!isText(text.slice(0, 4096)) || text.startsWith('#!')) return
  const settings = readSettings(artefact.inner, text).filter(({ separator }) => separator !== ' ')
  let finds = 0
  for (const setting of settings) {
    const found = secretOf(artefact, setting, settings)
    if (found && ++finds <= MOST_FINDS) giveSetting(out, artefact, ID, setting, found)
  }
}

function isText(text: string): boolean {
  return ![...text].some((character) => character < '\t' || (character > '\r' && character < ' '))
}

const WEP = /^(?:wl\d?(?:\.\d)?_key\d|Key\dStr\d)$/

function secretOf(artefact: Artefact, setting: Setting, all: readonly Setting[]) {
  const { key, value } = setting
  const store = {
    kind: KIND,
    store: artefact.root.endsWith(':uboot-env') ? ('uboot-env' as const) : ('nvram' as const),
  }
  if (
    /(?:^|_)(?:secret_code|(?:wps|wsc)\w*pin(?:code)?|ap_?pin(?:code)?|device_pin)$|^WscVendorPinCode$/i.test(
      key,
    )
  )
    return isWpsPin(value)
      ? {
          ...store,
          subject: 'wps-pin' as const,
          state: value === '12345670' ? ('default' as const) : ('set' as const),
        }
      : undefined
  if (WEP.test(key))
    return /^(?:.{5}|.{13}|[0-9A-Fa-f]{10}|[0-9A-Fa-f]{26})$/.test(value) && isClear(value)
      ? { ...store, subject: 'wifi-access-point' as const }
      : undefined
  if (/^WPAPSK\d?$/.test(key))
    return value.length >= 8 && isClear(value)
      ? { ...store, subject: 'wifi-access-point' as const }
      : undefined
  const found = inferSecret(artefact.inner.replace(/.*\//, ''), setting, [])
  if (!found) return undefined
  const user = userOf(key, all)
  return {
    ...found,
    ...store,
    subject: subjectIn(key, found.subject),
    ...(user === undefined ? {} : { user }),
    ...(user !== undefined || found.subject !== 'unnamed' ? { grade: 'medium' as const } : {}),
  }
}

/** A router’s own tables are about its own networks; `http_` and `sys_` about its own pages. */
function subjectIn(key: string, inferred: SubjectName): SubjectName {
  if (/^(?:Password|Login_?Password|password)$/.test(key)) return 'web-login'
  if (inferred === 'wifi-client' && !/sta|cli|client|wwan|ure|uplink/i.test(key)) return 'wifi-access-point'
  return inferred
}

function userOf(key: string, all: readonly Setting[]): string | undefined {
  const stem = key.replace(/_?(?:pass\w*|pwd)$/i, '')
  const names = new Set([
    `${stem}_username`,
    `${stem}_user`,
    `${stem}_login`,
    `${stem}user`,
    ...(stem === '' ? ['Login', 'login', 'username', 'user'] : []),
  ])
  return all.find(({ key: other, value }) => names.has(other) && value !== '')?.value
}

/** An entry of ESP-IDF’s store; what was deleted is still readable. */
function lookAtNvs(artefact: Artefact, out: MapOut): void {
  const match = /^([^/]+)\/([^/@]+)(?:@0x[0-9a-f]+)?$/.exec(artefact.inner)
  if (!match || artefact.bytes.size > 1024) return
  const [, namespace = '', key = ''] = match
  const value = artefact.text().replace(/\0[\s\S]*$/, '')
  if (!/^[ -~]{3,128}$/.test(value)) return
  const setting: Setting = {
    section: namespace,
    group: 0,
    key,
    value,
    quoted: true,
    separator: '=',
    offset: 0,
  }
  if (namespace === 'nvs.net80211') {
    const subject = { 'sta.pswd': 'wifi-client', 'ap.passwd': 'wifi-access-point' } as const
    if (key === 'sta.pswd' || key === 'ap.passwd')
      giveSetting(out, artefact, ID, setting, { kind: KIND, subject: subject[key] })
    return
  }
  // A value of its own is no prose, though a passphrase may be made of words.
  const words = { ...setting, key: key === 'pswd' ? 'password' : key, value: value.replaceAll(' ', '-') }
  const found = inferSecret(namespace, words, [])
  if (found) giveSetting(out, artefact, ID, setting, { kind: KIND, ...found })
}

/** Where nothing tells the table: settings by their well-known names. */
function lookAtMarks(artefact: Artefact, out: MapOut): void {
  const elf = artefact.format === 'elf' || latin1(artefact.bytes.view(0, 4)) === '\x7fELF'
  let finds = 0
  for (const { literal, offset } of artefact.hits) {
    const from = Math.max(0, offset - 16)
    const to = Math.min(artefact.bytes.size, offset + literal.length + 80)
    const around = latin1(artefact.bytes.view(from, to - from))
    const head = /(?:^|[\0\n])([\w.]{0,16})$/.exec(around.slice(0, offset - from))?.[1]
    const value = /^[^\0\n]{1,64}(?=[\0\n])/.exec(around.slice(offset - from + literal.length))?.[0]
    if (head === undefined || value === undefined || !/^[!-~]+$/.test(value) || ++finds > MOST_FINDS) continue
    const neighbours = literal.endsWith('\0')
    // Name and default as neighbours among a program’s strings: only where the default is one that everybody knows.
    if (neighbours && (!elf || valueKind(value) !== 'default')) continue
    if (!neighbours && artefact.type === 'file' && !elf && !around.includes('\0')) continue
    const key = head + literal.slice(0, -1)
    const setting: Setting = {
      section: '',
      group: 0,
      key,
      value,
      quoted: false,
      separator: '=',
      offset: offset + literal.length,
    }
    const found = secretOf(artefact, setting, [])
    if (!found) continue
    giveSetting(out, artefact, ID, setting, {
      ...found,
      ...(elf ? { grade: 'low' as const, weakness: 'adjacent' as const } : {}),
    })
  }
}
