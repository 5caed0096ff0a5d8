import { latin1 } from '@messlatte/bytes'
import { languageOf } from '../../calls/languages.ts'
import type { Artefact, Check, MapOut } from '../../contract.ts'
import { cases, placeOf, provisions } from '../../drafts.ts'
import '../../services/boot/facts.ts'
import { isShellScript } from '../../shell/is-script.ts'
import '../clients/facts.ts'
import { concludeScripts } from './conclude.ts'
import './facts.ts'

/** Byte strings of which one stands in every script that fetches. */
const FETCHES = ['wget ', 'curl ', 'tftp ', 'ftpget ', 'uclient-fetch '] as const

/** And in every one that puts something into place. */
const USES = [
  'mtd write',
  'mtd -r write',
  'mtd_debug write',
  'flashcp',
  'nandwrite',
  'sysupgrade',
  'ubiupdatevol',
  'of=/dev/',
  '/dev/mtd',
  '/dev/mmcblk',
  'rauc install',
  'swupdate',
  'mender install',
  'mender-update install',
  'opkg upgrade',
  'apk upgrade',
  'flash_image',
  'upgrade_tool',
  `'rauc'`,
  `"rauc"`,
  `'mtd'`,
  `"mtd"`,
] as const

const MOST_TEXT = 128 * 1024

export const scriptsCheck: Check = {
  id: 'update.scripts',
  version: 1,
  title: { en: 'Scripts that update', de: 'Skripte, die aktualisieren' },
  provisions: provisions(['5.3-1', '5.3-2', '5.3-7', '5.3-9', '5.3-10', '5.5-1']),
  cases: cases('5.3-1-1', '5.3-2-1', '5.3-7-1', '5.3-9-1', '5.3-10-1', '5.5-1-2'),
  input: ['image'],
  canShow: {
    en: 'That a script fetches something and flashes, installs or runs it, from where, and what it looks at before: followed through variables, functions and files that it sources.',
    de: 'Dass ein Skript etwas lädt und flasht, installiert oder ausführt, von wo, und worauf es vorher sieht: verfolgt durch Variablen, Funktionen und Dateien, die es einbindet.',
  },
  cannotShow: {
    en: 'That the script is ever run, that a forged update is refused on a unit, and what programs do that it calls.',
    de: 'Dass das Skript je läuft, dass ein gefälschtes Update auf einem Gerät abgewiesen wird, und was Programme tun, die es aufruft.',
  },
  states: [
    'update.client',
    'update.fetch-and-execute',
    'update.tls.unchecked',
    'update.transport.plain-http',
  ],
  wants: { literals: true },
  literals: [...FETCHES, ...USES],
  needs: [
    'boot.file',
    'boot.link',
    'boot.path',
    'key.private',
    'key.public',
    'update.client',
    'update.schedule',
  ],
  gives: ['update.part', 'update.script'],
  look,
  conclude: concludeScripts,
}

function look(artefact: Artefact, out: MapOut): void {
  const { inner, type, bytes, hits } = artefact
  if (type !== 'file' || bytes.size > MOST_TEXT) return
  const head = latin1(bytes.view(0, Math.min(120, bytes.size)))
  const language = languageOf(inner, head.slice(0, Math.max(0, head.indexOf('\n'))))
  // Programs in these languages fetch in many ways: only those count that put something into place.
  const isOther = language !== undefined && hits.some(({ literal }) => USE_LITERALS.has(literal))
  if (isOther)
    out.fact('update.script', placeOf(artefact), { text: artefact.text(), language: language.name })
  else if (language === undefined && isShellScript(artefact))
    out.fact('update.script', placeOf(artefact), { text: artefact.text(), language: 'shell' })
}

const USE_LITERALS: ReadonlySet<string> = new Set(USES)
